"""Who is heard and how it balances; what members ask, support, and are answered."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panels.views.confirming import confirm, data_of, done
from src.foundations.gates import see_other

from .. import rules, selectors
from ..balance import balance_of
from ..enums import Proposer
from ..forms.matter import AnswerForm, AskForm, HearingForm
from ..services import hearing as services
from .gate import METHODS, address, answer, calm, inside, of_hearing, of_request, of_session, page, preparer, sitting


@require_safe
@inside
def hearings(request, panel):
    """Everybody heard, the balance, then whom members ask to hear."""
    found = list(selectors.hearings_of(request.viewer, panel).counted())
    mine = rules.membership_id(request.viewer, panel)
    requests = list(selectors.requests_of(panel, mine))
    return page(
        request,
        "hearings",
        panel,
        hearings=found,
        balance=balance_of(found),
        waiting=[one for one in requests if one.is_open],
        answered=[one for one in requests if not one.is_open],
        sits=mine is not None,
        prepares=rules.prepares(request.viewer, panel),
    )


@require_http_methods(METHODS)
@sitting
def ask(request, panel, member):
    """Ask to hear somebody."""
    form = AskForm(data_of(request))
    if request.method == "POST":
        calm(request, "hearing-ask", 10, 3600)
    if done(form, lambda: services.ask_to_hear(membership=member, **form.cleaned_data)):
        messages.success(request, _("It is asked: the others may support it, the team answers."))
        return see_other(address(panel, "hearings"))
    return answer(
        request, panel, form, title=_("Ask to hear somebody"), submit=pgettext("button", "Ask"),
        back=address(panel, "hearings"),
        means=[_("The other members read what you write, with your badge. The team answers with a reason.")],
    )  # fmt: skip


@require_POST
@sitting
@of_request
def support(request, panel, member, asked):
    """Support a request, or no longer."""
    calm(request, "hearing-support", 60)
    services.support_request(membership=member, request=asked, supports="drop" not in request.POST)
    return see_other(address(panel, "hearings"))


@require_http_methods(METHODS)
@preparer
@of_request
def answer_request(request, panel, asked):
    """Answer a request, with a reason."""
    form = AnswerForm(data_of(request))

    def act():
        said = form.cleaned_data
        services.answer_request(
            actor=request.viewer, request=asked, accepts=said["accepts"] == "yes", answer=said["answer"]
        )

    if done(form, act):
        messages.success(request, _("It is answered: members read it."))
        return see_other(address(panel, "hearings"))
    means = [_("Asked: %(who)s") % {"who": asked.who}, _("Why: %(reason)s") % {"reason": asked.reason}]
    return answer(
        request, panel, form, title=_("Answer a request"), submit=pgettext("button", "Answer"),
        back=address(panel, "hearings"), means=means,
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_session
def add(request, panel, session):
    """Write who is heard at a session; from a request of members when it names one."""
    named = request.GET.get("demande", "")[:6]
    asked = selectors.requests_of(panel).filter(reference=named).first() if named else None
    initial = {"name": asked.who, "proposed_by": Proposer.MEMBERS} if asked else {"proposed_by": Proposer.ORGANISERS}
    form = HearingForm(data_of(request), initial=initial)
    if done(
        form,
        lambda: services.plan_hearing(actor=request.viewer, session=session, request=asked, **form.cleaned_data),
    ):
        messages.success(request, _("It is written: the balance counts it."))
        return see_other(address(panel, "prepare", session=session.reference))
    return answer(
        request, panel, form, title=_("Somebody to hear"), submit=pgettext("button", "Save"),
        back=address(panel, "prepare", session=session.reference),
        means=[_("Name, quality, stance and interests are told to everybody: the person knows it and agrees.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_hearing
def change(request, panel, hearing):
    """Write again what somebody declares."""
    form = HearingForm(data_of(request), hearing=hearing)
    back = address(panel, "prepare", session=hearing.session.reference)
    if done(form, lambda: services.change_hearing(actor=request.viewer, hearing=hearing, **form.cleaned_data)):
        messages.success(request, _("It is saved."))
        return see_other(back)
    return answer(
        request, panel, form, title=_("Somebody to hear"), submit=pgettext("button", "Save"), back=back,
        means=[_("The journal keeps which lines were written again.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_hearing
def remove(request, panel, hearing):
    """Take away somebody who doesn't come."""
    back = address(panel, "prepare", session=hearing.session.reference)
    if request.method == "POST":
        services.remove_hearing(actor=request.viewer, hearing=hearing)
        messages.success(request, _("This person is taken away."))
        return see_other(back)
    return confirm(
        request, panel, _("Take %(name)s away?") % {"name": hearing.name},
        [_("Members no longer read that this person is heard, and the balance no longer counts them.")],
        pgettext("button", "Take away"), back=back, danger=True,
    )  # fmt: skip
