"""Replies: everybody reads them, missing ones too; the city gives them; members grade them; the yearly hearing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from panels.models import Membership
from panels.rules import may_organise
from panels.views.confirming import data_of, done
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.gates import see_other

from .. import measures, rules, selectors
from ..enums import GradeWay, Outcome
from ..forms.replying import AccountForm, AnswerForm, AssignForm, GradesForm, HearingForm, MeasureForm, SlipForm
from ..models import Hearing
from ..services import grading, hearing, replying
from ..services.replying import panel_of
from .gate import (
    METHODS,
    calm,
    missing,
    opinion_given,
    organiser,
    owed,
    reply_of,
    runner,
    screen,
    signed_in,
    sitting,
    url,
)
from .pages import form_page


@require_safe
@screen
def replies(request, panel):
    """Each recommendation adopted and what the city answered, or that it hasn't and for how long; grades, hearings."""
    opinion = opinion_given(panel)
    rows = selectors.replies_of(opinion)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "opinion": opinion,
        "replies": rows,
        "late": sum(one.late > 0 for one in rows),
        "hearings": selectors.hearings_of(panel),
        "organises": may_organise(request.viewer, panel),
        "answers": {one.reference for one in rows if one.awaited_on and rules.may_answer(request.viewer, one)},
        "k": 11,
        "today": clock.today(),
        "plans": may_organise(request.viewer, panel) and panel.state in hearing.OPEN,
    }
    return render(request, "opinions/replies.html", context)


@require_safe
@signed_in
@screen
def owed_list(request):
    """What the directions for which somebody decides owe to panels, the nearest day first."""
    if not request.viewer.has_role(Role.DECISION_MAKER):
        raise PermissionDenied(_("Those who decide for a direction find here what it owes to panels."))
    rows = selectors.owed_by(request.viewer)
    today = clock.today()
    for one in rows:
        one.late = one.days_late(today)
    return render(request, "opinions/owed.html", {"nav_key": "panels", "rows": rows})


@require_http_methods(METHODS)
@owed
def answer(request, reply):
    """Publish an answer, signed by somebody by name."""
    panel = panel_of(reply)
    last = reply.answer
    initial = {"signed_name": request.user.get_full_name(), "after": last.number if last else 0}
    form = AnswerForm(data_of(request), initial=initial)

    def keep():
        replying.answer(actor=request.viewer, reply=reply, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("The reply is published."))
        if form.cleaned_data["outcome"] in (Outcome.ACCEPTED, Outcome.CHANGED):
            return see_other(_measure_url(reply))
        return see_other(measures.url_of(reply))
    means = [_("Everybody reads it at once, with the name of who signs. It stays: nobody changes it afterwards.")]
    return form_page(
        request, panel, _("Reply to recommendation %(n)d") % {"n": reply.article.number},
        pgettext("button", "Publish the reply"), form=form, means=means, quoted=reply.article.text,
        back=_owed_url(), back_label=_("Replies owed to panels"),
    )  # fmt: skip


@require_http_methods(METHODS)
@owed
def measure(request, reply):
    """Begin the measure that an accepted recommendation becomes."""
    panel = panel_of(reply)
    form = MeasureForm(data_of(request), initial={"title": reply.article.title})
    made = []

    def keep():
        made.append(replying.begin_measure(actor=request.viewer, reply=reply, **form.cleaned_data))

    if done(form, keep):
        messages.success(request, _("The measure is begun: everybody follows it."))
        return see_other(made[0].get_absolute_url())
    given = reply.answer
    accepts = given is not None and given.outcome in (Outcome.ACCEPTED, Outcome.CHANGED)
    return form_page(
        request, panel, _("The measure it becomes"), pgettext("button", "Begin the measure"),
        form=form if accepts else None,
        faults=[] if accepts else [_("A measure is born of a recommendation that is accepted.")],
        means=[_("Everybody follows it among the commitments of the city.")], quoted=reply.article.text,
        back=measures.url_of(reply), back_label=_("Replies of the city"),
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def assign(request, panel, reference):
    """Have another direction answer."""
    reply = _of(panel, reference)
    form = AssignForm(data_of(request), initial={"unit": reply.unit_id})

    def keep():
        replying.assign(actor=request.viewer, reply=reply, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("This direction owes the reply; the day doesn’t move."))
        return see_other(url(panel, "replies"))
    return form_page(
        request, panel, _("Who answers recommendation %(n)d") % {"n": reply.article.number},
        pgettext("button", "Save"), form=form, quoted=reply.article.text, back=url(panel, "replies"),
        back_label=_("Replies of the city"),
    )  # fmt: skip


@require_http_methods(METHODS)
@sitting
def grades(request, panel, member):
    """A member says of each reply whether it answers, from their account."""
    return graded(request, panel, member, back=url(panel, "within"), back_label=_("The opinion of the panel"))


def graded(request, panel, member, *, back, back_label, way=GradeWay.ACCOUNT):
    """The replies with three words under each; what somebody chose before is chosen already, for them alone."""
    opinion = opinion_given(panel)
    rows = [one for one in selectors.replies_of(opinion) if one.given]
    mine = grading.own_grades(member)
    initial = {f"reply_{number}": value for number, value in mine.items()}
    form = GradesForm(data_of(request), replies=rows, initial=initial)

    def keep():
        grading.grade(membership=member, values=form.values(), way=way)

    calm(request, "grades", 30)
    if done(form, keep):
        messages.success(request, _("It is kept. You may change it until the panel is over."))
        return see_other(request.path)
    fields = [(one, form[f"reply_{one.article.number}"]) for one in rows]
    context = {
        "nav_key": "panels", "panel": panel, "fields": fields, "form": form, "back": back, "back_label": back_label,
        "open": rules.grading_is_open(panel), "k": 11,
    }  # fmt: skip
    return render(request, "opinions/grades.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@runner
def slips(request, panel):
    """Type the grades of a paper that came back."""
    opinion = opinion_given(panel)
    rows = [one for one in selectors.replies_of(opinion) if one.given]
    form = SlipForm(data_of(request), replies=rows)

    def keep():
        member = Membership.objects.filter(panel=panel, number=form.cleaned_data["member"]).first()
        if member is None:
            form.add_error("member", _("Nobody has this number on the panel."))
            return
        grading.grade(membership=member, values=form.values(), way=GradeWay.PAPER, actor=request.viewer)

    if done(form, keep) and not form.errors:
        messages.success(request, _("It is kept: type the next slip."))
        return see_other(request.path)
    return form_page(
        request, panel, _("Grades that came on paper"), pgettext("button", "Save"), form=form,
        means=[_("Type what is ticked; what isn’t stays empty. Destroy the paper afterwards, and tell nobody.")],
        back=url(panel, "replies"), back_label=_("Replies of the city"),
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def plan(request, panel):
    """Say when and where the next hearing is."""
    opinion_given(panel)
    form = HearingForm(data_of(request))

    def keep():
        hearing.plan_hearing(actor=request.viewer, panel=panel, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("The hearing is announced; everybody reads its day and its place."))
        return see_other(url(panel, "replies"))
    return form_page(
        request, panel, _("Plan the yearly hearing"), pgettext("button", "Save"), form=form,
        means=[_("Once a year the city says what became of each recommendation, and members answer.")],
        back=url(panel, "replies"), back_label=_("Replies of the city"),
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def account(request, panel, number):
    """Publish what was said at a hearing."""
    found = Hearing.objects.filter(panel=panel, number=number).first()
    if found is None:
        raise missing()
    found.panel = panel
    rows = list(measures.of_panel(panel))
    form = AccountForm(data_of(request), measures=rows)

    def keep():
        told = form.cleaned_data
        hearing.tell_hearing(
            actor=request.viewer, hearing=found, city_words=told["city_words"], member_words=told["member_words"],
            said=form.said(),
        )  # fmt: skip

    if done(form, keep):
        messages.success(request, _("The account is published."))
        return see_other(url(panel, "replies"))
    return form_page(
        request, panel, _("Account of the hearing"), pgettext("button", "Publish the account"), form=form,
        means=[_("Everybody reads it. It stays: nobody changes it afterwards.")], back=url(panel, "replies"),
        back_label=_("Replies of the city"),
    )  # fmt: skip


def _of(panel, reference):
    reply = reply_of(reference)
    if reply.article.opinion.panel_id != panel.pk:
        raise missing()
    return reply


def _measure_url(reply) -> str:
    return reverse("panel_opinions:measure", kwargs={"reference": reply.reference})


def _owed_url() -> str:
    return reverse("panel_opinions:owed")
