"""The memory of refusals on screen: a condition marked as met, the question put to supporters, what staff watch."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.gates import see_other
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, selectors, services
from ..forms.reopening import STATES, WORDS, ConditionFilterForm, ConditionFilters, MeetForm, ReopenForm
from ..services.reopening import why_not_reopen
from .gate import calm, screen, signed_in
from .listing import filter_choices
from .reporting import tell_form
from .words import answer_tone, badge_of

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def meet(request, reference):
    """Say that a condition is met: what has changed, then what follows, read again before people are asked."""
    page = selectors.idea_page(request.viewer, reference)
    if not page.can.get("meet"):
        if rules.answers_for(request.viewer, page.idea):
            raise TransitionNotAllowed(why_not_reopen(page.idea))
        raise PermissionDenied(_("Only those who answer for the direction say that a condition is met."))
    refusal = why_not_reopen(page.idea) or _why_not_now(page)
    if refusal:
        raise TransitionNotAllowed(refusal)
    left = [view for view in page.conditions if view.met_on is None]
    form = MeetForm(request.POST if request.method == "POST" else None, conditions=left)
    confirming = False
    if request.method == "POST" and form.is_valid():
        confirming = request.POST.get("action") != "correct"
        if request.POST.get("action") == "confirm":
            calm(request, "meet", limit=20)
            try:
                services.meet_condition(
                    idea=page.idea,
                    condition=form.chosen().condition,
                    actor=request.user,
                    text=form.cleaned_data["text"],
                )
            except ValidationError as error:
                confirming = False
                tell_form(form, error)
            else:
                messages.success(request, _("The condition is met. Those who supported the idea are asked."))
                return see_other(page.row.url)
    context = {
        **_about(page),
        "form": form,
        "confirming": confirming,
        "chosen": form.chosen() if confirming else None,
        "supports": page.idea.counts.supports,
    }
    return render(request, "ideas/meet.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def reopen(request, reference):
    """The question put to those who supported a refused idea, and to its author; then its result."""
    page = selectors.idea_page(request.viewer, reference)
    opened = selectors.question_of(request.viewer, page.idea)
    if opened is None:
        raise TransitionNotAllowed(_("Nothing is asked about this idea: none of its conditions is met."))
    view = selectors.round_view(request.viewer, page.idea, opened)
    posted = request.method == "POST"
    if view.is_open and not view.asks_me and (posted or not page.can.get("meet")):
        raise PermissionDenied(_("The question is put to those who supported this idea, and to its author."))
    if posted and not view.is_open:
        raise TransitionNotAllowed(_("The question is closed: the answers are counted."))
    form = (
        ReopenForm(request.POST if posted else None, initial={"answer": WORDS.get(view.my_wish, "")})
        if view.asks_me
        else None
    )
    if posted and form.is_valid():
        calm(request, "reopen", limit=30)
        services.answer_reopening(opened=opened, actor=request.user, wish=form.wish())
        messages.success(request, _("Your answer is noted. You can change it until the question closes."))
        return see_other(page.row.url)
    context = {**_about(page), "form": form, "view": view, "condition": opened.condition}
    return render(request, "ideas/reopen.html", context, status=422 if form is not None and form.errors else 200)


@require_safe
@screen
@signed_in
def conditions(request):
    """What would change the city's refusals, for those who answer for a unit: by kind, direction and word."""
    if not rules.answers_somewhere(request.viewer):
        raise PermissionDenied(_("Conditions are watched by those who answer for a direction."))
    filters = ConditionFilters.read(request.GET)
    found = selectors.watched_conditions(
        request.viewer,
        state=STATES[filters.state][1],
        kind=filters.kind,
        direction=filters.direction,
        q=filters.q,
        cursor=request.GET.get("page") or "",
        size=PAGE_SIZE,
    )
    context = {
        "nav_key": "ideas",
        "filters": filters,
        "state_label": STATES[filters.state][0],
        "rows": found.rows,
        "filter_form": ConditionFilterForm(filters, directions=filter_choices(request.viewer)[0]),
        "reset_url": request.path if filters.asked else "",
        "next_page": f"?{filters.query(page=found.next_cursor)}" if found.next_cursor else "",
        "previous_page": f"?{filters.query(page=found.previous_cursor)}" if found.previous_cursor else "",
    }
    return render(request, "ideas/conditions.html", context)


def conditions_card(viewer) -> dict | None:
    """The list as a card of the workshop; None for who answers for no unit."""
    if not rules.answers_somewhere(viewer):
        return None
    return {
        "name": "conditions",
        "label": _("Conditions to watch"),
        "icon": "hourglass",
        "text": _("What could change a “no” or a “later”: say so the day it happens."),
        "count": selectors.conditions_in_hand(viewer),
        "url": reverse("ideas:conditions"),
    }


def _about(page) -> dict:
    return {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "answer_tone": answer_tone(page.answer.outcome) if page.answer else "",
    }


def _why_not_now(page) -> str:
    if any(view.round is not None and view.round.state == "open" for view in page.conditions):
        return _("Those who supported this idea are already being asked: wait for the end of their answers.")
    if all(view.met_on is not None for view in page.conditions):
        return _("Every condition of this answer is already met.")
    return ""
