"""The candidates' desk: tickets and states for the team; one ticket, with what each role may do of it."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import exports
from src.foundations.gates import add_errors, see_other

from .. import candidate_listing, rules, selectors
from ..enums import CANDIDATE_MOVES, HOLDING, OVER, CallReason, CandidateState, PanelState
from ..forms.candidates import DecideForm, FilterForm, GuardianForm, NeedsForm, ReasonForm, WithdrawForm
from ..forms.contact import ContactForm
from ..services import calls, candidates
from ..vault import Guardian
from .confirming import done
from .gate import METHODS, address, missing, open_to

team = open_to(lambda viewer, panel: bool(rules.role_in(viewer, panel)))


def _unkept(response):
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@team
def listed(request, panel):
    """The tickets, page by page, with what waits; nobody's name."""
    form = FilterForm(request.GET, lists=panel.source_lists.all())
    asked = form.asked
    page = candidate_listing.page(request.viewer, panel, asked, request.GET.get("page") or "")
    context = {
        "nav_key": "panels",
        "panel": panel,
        "page": page,
        "filter_form": form,
        "asked": asked,
        "reset_url": request.path if asked else "",
        "next_page": _page_url(asked, page.next_cursor),
        "previous_page": _page_url(asked, page.previous_cursor),
        "file_url": address(panel, "candidates_file") + ("?" + urlencode(asked) if asked else ""),
    }
    return _unkept(render(request, "panels/candidates/list.html", context))


def _page_url(asked: dict, cursor: str) -> str:
    return "?" + urlencode({**asked, "page": cursor}) if cursor else ""


@require_safe
@team
def file(request, panel):
    """Tickets and states alone, as a file."""
    asked = FilterForm(request.GET, lists=panel.source_lists.all()).asked
    rows = candidate_listing.found(request.viewer, panel, asked)
    lines = ((one.ticket, one.get_state_display()) for one in rows.iterator(chunk_size=500))
    return exports.csv_response(f"tickets-{panel.slug}", [_("Ticket"), _("State")], lines)


def of_ticket(view, door=team):
    """Give a view the candidate of its address, of this panel, among those the viewer may know of."""

    @wraps(view)
    def checked(request, panel, ticket, **kwargs):
        found = selectors.candidates_of(request.viewer, panel).filter(ticket=ticket.upper()[:7]).first()
        if found is None:
            raise missing()
        found.panel = panel
        return _unkept(view(request, panel, found, **kwargs))

    return door(checked)


@require_safe
@of_ticket
def one(request, panel, candidate):
    """A ticket: where it stands, what waits, and what this role may do."""
    return _one(request, panel, candidate)


def _one(request, panel, candidate, *, status=200, **forms):
    viewer = request.viewer
    enters = rules.may_enter(viewer, panel)
    stands = candidate.state not in OVER
    needs = candidates.read_needs(actor=viewer, candidate=candidate) if enters and candidate.has_needs else []
    context = {
        "nav_key": "panels",
        "panel": panel,
        "candidate": candidate,
        "decisions": candidate.decisions.all(),
        "agreements": candidate.consents.filter(withdrawn_at__isnull=True),
        "enters": enters,
        "may_withdraw": enters and CandidateState.WITHDRAWN in CANDIDATE_MOVES[CandidateState(candidate.state)],
        "may_exclude": rules.may_organise(viewer, panel)
        and CandidateState.EXCLUDED in CANDIDATE_MOVES[CandidateState(candidate.state)],
        "may_read_contact": stands and rules.may_organise(viewer, panel),
        "may_read_profile": stands and rules.may_read_profile(viewer, panel),
        "may_ask_call": enters and stands and not candidate.is_to_call,
        "decide_form": forms.get("decide_form") or DecideForm(),
        "guardian_form": forms.get("guardian_form") or GuardianForm(),
        "needs_form": forms.get("needs_form") or NeedsForm(initial={"needs": needs}),
        "form": next((form for form in forms.values() if form is not None), None),
        "decides": enters and panel.state == PanelState.RECRUITING and candidate.state in DECIDED,
        "says_needs": enters and stands,
        "asks_guardian": enters and stands and candidate.waits_for_guardian,
    }
    return render(request, "panels/candidates/one.html", context, status=status)


DECIDED = (CandidateState.VOLUNTEERED, CandidateState.ELIGIBLE, CandidateState.INELIGIBLE)


def _gesture(request, panel, candidate, name: str, form, act, done: str):
    """Do it and come back, or the same page with every fault and what was typed."""
    rules.refuse_unless(rules.may_enter(request.viewer, panel))
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except candidates.WrongState:
            raise
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, done)
            return see_other(address(panel, "candidate", ticket=candidate.ticket))
    return _one(request, panel, candidate, status=422, **{name: form})


@require_POST
@of_ticket
def decide(request, panel, candidate):
    """Say whether somebody may be drawn, and why not."""
    form = DecideForm(request.POST)
    return _gesture(
        request, panel, candidate, "decide_form", form,
        lambda said: candidates.decide_eligibility(actor=request.user, candidate=candidate, **form.decided),
        _("The decision is written."),
    )  # fmt: skip


@require_POST
@of_ticket
def guardian(request, panel, candidate):
    """Keep that a parent or guardian agrees."""
    return _gesture(
        request, panel, candidate, "guardian_form", GuardianForm(request.POST),
        lambda said: candidates.record_guardian(
            actor=request.user,
            candidate=candidate,
            guardian=Guardian(name=said["name"], phone=said["phone"]),
            channel=said["channel"],
        ),
        _("The agreement is kept."),
    )  # fmt: skip


@require_POST
@of_ticket
def needs(request, panel, candidate):
    """Keep what somebody needs to come, in place of what was said before."""
    if candidate.state in OVER:
        raise candidates.WrongState(_("This person takes part no more: nothing is kept of them."), code="state")
    return _gesture(
        request, panel, candidate, "needs_form", NeedsForm(request.POST),
        lambda said: candidates.say_needs(actor=request.user, candidate=candidate, needs=tuple(said["needs"])),
        _("It is kept."),
    )  # fmt: skip


@require_POST
@of_ticket
def ask_call(request, panel, candidate):
    """Put somebody in the queue of calls, to complete their registration; once at a time."""
    rules.refuse_unless(rules.may_enter(request.viewer, panel))
    if candidate.state in OVER:
        raise candidates.WrongState(_("This person takes part no more: nobody calls them."), code="state")
    reason = CallReason.CONFIRM if candidate.state == CandidateState.DRAWN else CallReason.CHECK
    calls.ask_call(candidate=candidate, reason=reason)
    messages.success(request, _("This ticket is in the queue of calls."))
    return see_other(address(panel, "candidate", ticket=candidate.ticket))


@require_http_methods(METHODS)
@of_ticket
def withdraw(request, panel, candidate):
    """Write down that somebody goes; what it changes is told first."""
    rules.refuse_unless(rules.may_enter(request.viewer, panel))
    holds = candidate.state in HOLDING
    form = WithdrawForm(request.POST if request.method == "POST" else None) if holds else None
    if request.method == "POST" and (form is None or form.is_valid()):
        why = {"why": form.cleaned_data["why"]} if form else {}
        candidates.withdraw(actor=request.user, candidate=candidate, **why)
        messages.success(request, _("Written: this person takes part no more."))
        return see_other(address(panel, "candidate", ticket=candidate.ticket))
    confirm = {
        "title": _("Withdraw this ticket?"),
        "text": _("The person asked for it. They won’t be drawn, and their agreements end. It can’t be undone."),
        "submit": _("Withdraw this ticket"),
    }
    return _confirm(request, panel, candidate, confirm, form)


@require_http_methods(METHODS)
@of_ticket
def exclude(request, panel, candidate):
    """Take out somebody who can’t sit; an organiser, in the journal."""
    rules.refuse_unless(rules.may_organise(request.viewer, panel))
    if request.method == "POST":
        candidates.exclude(actor=request.user, candidate=candidate)
        messages.success(request, _("Written: this ticket is excluded."))
        return see_other(address(panel, "candidate", ticket=candidate.ticket))
    confirm = {
        "title": _("Exclude this ticket?"),
        "text": _(
            "For somebody who can’t sit: elected since, or registered twice. The journal keeps that you did it. It "
            "can’t be undone."
        ),
        "submit": _("Exclude this ticket"),
    }
    return _confirm(request, panel, candidate, confirm, None)


def _confirm(request, panel, candidate, confirm, form):
    context = {
        "nav_key": "panels",
        "panel": panel,
        "candidate": candidate,
        "confirm": confirm,
        "form": form,
        "back": address(panel, "candidate", ticket=candidate.ticket),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "panels/candidates/confirm.html", context, status=status)


@require_POST
@of_ticket
def contact(request, panel, candidate):
    """How to reach somebody, for an organiser who writes to them: in the answer, without the ticket; journaled."""
    found = candidates.read_contact(actor=request.viewer, candidate=candidate)
    return _contact(request, panel, ContactForm(contact=found), contact=found)


@sensitive_post_parameters()
@require_POST
@of_ticket
def change_contact(request, panel, candidate):
    """Write how to reach somebody again: from the page that tells it, without the ticket; journaled."""
    rules.refuse_unless(rules.may_organise(request.viewer, panel))
    form = ContactForm(request.POST)
    if done(
        form,
        lambda: candidates.change_contact(actor=request.viewer, candidate=candidate, contact=form.contact),
    ):
        messages.success(request, _("It is corrected."))
        return see_other(address(panel, "candidate", ticket=candidate.ticket))
    return _contact(request, panel, form, status=422)


def _contact(request, panel, form, *, contact=None, status=200):
    context = {
        "nav_key": "panels",
        "panel": panel,
        "contact": contact,
        "form": form if rules.may_organise(request.viewer, panel) else None,
    }
    return render(request, "panels/candidates/contact.html", context, status=status)


@sensitive_post_parameters()
@require_http_methods(METHODS)
@of_ticket
def profile(request, panel, candidate):
    """One profile for a keeper or a guarantor who says why first; drawn in the answer, kept nowhere; journaled."""
    rules.refuse_unless(rules.may_read_profile(request.viewer, panel))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    read = None
    if request.method == "POST" and form.is_valid():
        try:
            values = candidates.read_profile(actor=request.user, candidate=candidate, **form.cleaned_data)
        except candidates.WrongState:
            raise
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            read = _in_words(panel, values)
    context = {"nav_key": "panels", "panel": panel, "candidate": candidate, "form": form, "read": read}
    return render(request, "panels/candidates/profile.html", context, status=422 if form.errors else 200)


def _in_words(panel, values: dict[str, str]) -> list[tuple[str, str]]:
    told = []
    for criterion in panel.criteria.prefetch_related("values"):
        labels = {value.key: value.label for value in criterion.values.all()}
        said = values.get(criterion.key, "")
        told.append((criterion.label, labels.get(said, said)))
    return told
