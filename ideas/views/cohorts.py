"""A cohort: its page, the calendar its organisers keep, the people of an application, a project and its mentor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.gates import see_other
from src.participation.models import Space

from .. import selectors, services
from ..forms.cohort import CohortForm, MentorForm, NoteForm, ReleaseForm, TeamForm, milestone_lines
from ..models import Idea
from .gate import calm, screen, signed_in
from .transitions import report


@require_safe
@screen
@signed_in
def cohort(request, slug):
    """A cohort, to whoever sees its space: seats left, projects, milestones, demo day."""
    page = _cohort(request, slug)
    return render(request, "ideas/cohort.html", {"nav_key": "ideas", "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def organise(request, slug):
    """The calendar and the applications, for those who run the cohort."""
    page = _cohort(request, slug)
    if not page.may_organise:
        raise PermissionDenied(_("This page is for those who run the cohort."))
    steps = [(one.due_on, one.name) for one in page.milestones if not one.is_demo_day]
    initial = {"milestones": milestone_lines(steps), "demo_day": page.demo_day.due_on if page.demo_day else None}
    form = CohortForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        calm(request, "step", limit=60)
        try:
            services.plan_milestones(
                page.space,
                steps=form.cleaned_data["milestones"],
                demo_day=form.cleaned_data["demo_day"],
                actor=request.user,
            )
        except ValidationError as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("The calendar of the cohort is kept."))
            return see_other(reverse("ideas:cohort", args=[slug]))
    context = {
        "nav_key": "ideas",
        "page": page,
        "form": form,
        "applications": selectors.applications(request.viewer, page.space),
    }
    return render(request, "ideas/cohort_organise.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def team(request, reference):
    """The people of an application: each says yes for themself, their managers say when they are free."""
    page = _application(request, reference)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    name_form = TeamForm(request.POST if action == "name" else None)
    team = selectors.team_of(request.viewer, page.idea)
    person = _number(request.POST.get("person", ""))
    release_forms = {
        member.user_id: _release_form(request, member, action == "release" and person) for member in team.members
    }
    if request.method == "POST":
        calm(request, "step", limit=60)
        answer = _team_action(request, page, action, person, name_form, release_forms.get(person))
        if answer is not None:
            return answer
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "team": team,
        "members": [(member, release_forms[member.user_id]) for member in team.members],
        "name_form": name_form,
        "error_form": release_forms.get(person) if action == "release" else name_form,
    }
    failed = name_form.errors or any(form.errors for form in release_forms.values())
    return render(request, "ideas/team.html", context, status=422 if failed else 200)


def _team_action(request, page, action, person, name_form, release_form):
    """Do what was pressed; None when the form has to be corrected."""
    idea, here = page.idea, reverse("ideas:team", args=[page.row.reference])
    if action in ("yes", "no"):
        services.answer_for_oneself(idea=idea, actor=request.user, agrees=action == "yes")
        said = _("You are part of this application.") if action == "yes" else _("You aren’t part of it any more.")
        messages.success(request, said)
        return see_other(here if action == "yes" else page.row.url)
    if action == "take_off":
        services.take_name_off(idea=idea, actor=request.user, user_id=person)
        messages.success(request, _("This name is taken off."))
        return see_other(here)
    try:
        if action == "name" and name_form.is_valid():
            services.name_people(idea=idea, actor=request.user, people=name_form.cleaned_data["team"])
            messages.success(request, _("Your colleagues are asked. Each says yes for themself."))
            return see_other(here)
        if action == "release" and release_form is None:
            raise Http404(_("This person isn’t of this application."))
        if action == "release" and release_form.is_valid():
            services.release(idea=idea, actor=request.user, user_id=person, day=release_form.cleaned_data["day"])
            messages.success(request, _("This day is kept."))
            return see_other(here)
    except ValidationError as refusal:
        report(name_form if action == "name" else release_form, refusal)
    return None if action in ("name", "release") else see_other(here)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def accompany(request, reference):
    """A project in its cohort: its milestones for everybody, the mentor's notes for those it concerns."""
    page = _application(request, reference)
    project = selectors.accompaniment(request.viewer, page.idea)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    mentor_form = MentorForm(request.POST if action == "mentor" else None)
    chosen = _number(request.POST.get("milestone", ""))
    forms = {step.milestone.pk: _note_form(request, step, action == "note" and chosen) for step in project.steps}
    if request.method == "POST":
        calm(request, "step", limit=60)
        answer = _accompany_action(request, page, project, action, mentor_form, forms.get(chosen), chosen)
        if answer is not None:
            return answer
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "project": project,
        "steps": [(step, forms[step.milestone.pk]) for step in project.steps],
        "mentor_form": mentor_form,
        "error_form": forms.get(chosen) if action == "note" else mentor_form,
        "graduate_url": f"{page.row.url}etape/graduate/" if page.can.get("graduate") else "",
    }
    failed = mentor_form.errors or any(form.errors for form in forms.values())
    return render(request, "ideas/accompany.html", context, status=422 if failed else 200)


def _accompany_action(request, page, project, action, mentor_form, note_form, chosen):
    here = reverse("ideas:accompany", args=[page.row.reference])
    try:
        if action == "mentor" and mentor_form.is_valid():
            services.name_mentor(idea=page.idea, actor=request.user, mentor=mentor_form.cleaned_data["mentor"])
            messages.success(request, _("The mentor is named, and told."))
            return see_other(here)
        if action == "note":
            if note_form is None:
                raise Http404(_("There is no such milestone."))
            if note_form.is_valid():
                milestone = next(step.milestone for step in project.steps if step.milestone.pk == chosen)
                services.note_milestone(
                    idea=page.idea, actor=request.user, milestone=milestone, **note_form.cleaned_data
                )
                messages.success(request, _("“%(name)s”: your note is kept.") % {"name": milestone.name})
                return see_other(here)
    except ValidationError as refusal:
        report(note_form if action == "note" else mentor_form, refusal)
    return None if action in ("mentor", "note") else see_other(here)


def _release_form(request, member, chosen) -> ReleaseForm:
    initial = {"day": member.released_from}
    data = request.POST if chosen == member.user_id else None
    return ReleaseForm(data, initial=initial, prefix=f"libre-{member.user_id}")


def _note_form(request, step, chosen) -> NoteForm:
    pk = step.milestone.pk
    initial = {"text": step.text, "is_validated": step.is_validated}
    return NoteForm(request.POST if chosen == pk else None, initial=initial, prefix=f"etape-{pk}")


def _cohort(request, slug):
    try:
        return selectors.cohort_page(request.viewer, slug)
    except Space.DoesNotExist:
        raise Http404(_("There is no such cohort.")) from None


def _application(request, reference):
    page = selectors.idea_page(request.viewer, reference)
    if page.idea.space.cohort_seats is None or page.idea.is_imported:
        raise Idea.DoesNotExist
    return page


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
