"""Calls to make, shared between facilitators: one takes a call for a while, and says what came of it."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from src.foundations import clock

from .. import rules
from ..enums import CallOutcome, CallReason, CallState, CandidateState, Departure
from ..models import Call, Candidate, Panel
from .candidates import move_candidate, withdraw
from .preparing import WrongState, hold
from .recording import record

ENDING = {CallOutcome.YES, CallOutcome.NO, CallOutcome.WRONG_NUMBER}


@transaction.atomic
def ask_call(*, candidate: Candidate, reason: str, at: datetime.datetime | None = None) -> Call:
    """Put somebody in the queue; once at a time. Does nothing for somebody who already waits."""
    made, _new = Call.objects.exclude(state=CallState.DONE).get_or_create(
        candidate=candidate,
        defaults={"reason": reason, "state": CallState.WAITING, "call_at": at or clock.now()},
    )
    return made


def take_next(*, actor, panel: Panel) -> Call | None:
    """Take the next call of a panel for half an hour; None when nobody waits. Two facilitators never have the same.

    Somebody who already has one gets that one again.
    """
    rules.refuse_unless(rules.may_enter(actor, panel))
    user = getattr(actor, "user", actor)
    for _turn in range(20):
        now = clock.now()
        mine = Call.objects.filter(candidate__panel=panel).held_by(user).select_related("candidate__panel").first()
        if mine is not None:
            return mine
        found = Call.objects.filter(candidate__panel=panel).to_make(now).values_list("pk", flat=True).first()
        if found is None:
            return None
        taken = (
            Call.objects.to_make(now)
            .filter(pk=found)
            .update(state=CallState.TAKEN, taken_by=user, taken_until=now + hold_for())
        )
        if taken:
            return Call.objects.select_related("candidate__panel").get(pk=found)
    return None


@transaction.atomic
def give_back(*, actor, call: Call) -> None:
    """Let somebody else make the call."""
    _hold_mine(actor, call)
    Call.objects.filter(pk=call.pk).update(state=CallState.WAITING, taken_by=None, taken_until=None)


@transaction.atomic
def finish_call(*, actor, call: Call, outcome: str, call_at: datetime.datetime | None = None) -> Call:
    """Say what came of a call. Yes confirms a seat; no frees it; no answer puts it back, so many times, then frees it.

    Refuses a call that somebody else has, or whose time is over: somebody else may be calling.
    """
    held = _hold_mine(actor, call)
    panel = hold(held.candidate.panel)
    if outcome not in CallOutcome.values:
        raise ValidationError({"outcome": _("Choose what came of the call.")})
    now, tries = clock.now(), held.tries + 1
    exhausted = outcome == CallOutcome.NO_ANSWER and tries >= settings.TERRAIN_PANEL_CALL_TRIES
    if outcome in ENDING or exhausted:
        Call.objects.filter(pk=held.pk).update(
            state=CallState.DONE, outcome=outcome, tries=tries, taken_until=None, done_at=now
        )
    else:
        later = call_at or now + datetime.timedelta(hours=settings.TERRAIN_PANEL_CALL_AGAIN_HOURS)
        if later <= now:
            raise ValidationError({"call_at": _("This moment is past: choose a later one.")})
        Call.objects.filter(pk=held.pk).update(
            state=CallState.WAITING, outcome=outcome, tries=F("tries") + 1, taken_by=None, taken_until=None,
            call_at=later,
        )  # fmt: skip
    record(
        "call_made", panel, actor=actor, about=held.candidate.ticket,
        payload={"outcome": str(outcome), "reason": str(held.reason), "tries": tries},
    )  # fmt: skip
    if held.reason == CallReason.CONFIRM:
        _follow(actor, held.candidate, outcome, exhausted)
    held.refresh_from_db()
    return held


def _follow(actor, candidate: Candidate, outcome: str, exhausted: bool) -> None:
    """What a call about a seat changes for the person."""
    candidate = Candidate.objects.select_related("panel").get(pk=candidate.pk)
    if candidate.state != CandidateState.DRAWN:
        return
    if outcome == CallOutcome.YES:
        move_candidate(candidate, CandidateState.CONFIRMED)
    elif outcome == CallOutcome.NO:
        withdraw(actor=actor, candidate=candidate, why=Departure.DECLINED)
    elif exhausted or outcome == CallOutcome.WRONG_NUMBER:
        withdraw(actor=actor, candidate=candidate, why=Departure.UNREACHABLE)


def _hold_mine(actor, call: Call) -> Call:
    rules.refuse_unless(rules.may_enter(actor, call.candidate.panel))
    user = getattr(actor, "user", actor)
    held = Call.objects.held_by(user).select_related("candidate__panel").filter(pk=call.pk).first()
    if held is None:
        raise WrongState(_("This call isn’t in your hands any more: take the next one."), code="state")
    return held


def hold_for() -> datetime.timedelta:
    """How long a call is kept for whoever took it."""
    return datetime.timedelta(minutes=settings.TERRAIN_PANEL_CALL_MINUTES)
