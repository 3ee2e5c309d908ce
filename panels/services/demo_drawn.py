"""The rest of the first panel's story: trials, a draw made void, one certified, calls, seats, substitutions."""

from django.db import transaction

from ..demo_content import (
    BEACON,
    CHECKED_BECAUSE,
    DICE,
    DICE_AT,
    LEAVING,
    NO_CHANCE,
    OUTCOMES,
    PLACE,
    READ_BECAUSE,
    VOID_BECAUSE,
    WITNESSES,
)
from ..enums import Beacon, CallOutcome, CandidateState
from ..jobs import make_table
from ..models import Candidate, Draw, Seat
from . import calls, candidates, drawing, preparing, seats

# Enough for a trial, and for a row that a public number gives.
FEW = 100


def draw_and_seat(story) -> None:
    """Tell it, from the last days of registration to yesterday."""
    _made(story, 20, rows=FEW, is_trial=True)
    with story.on(15):
        preparing.close_registration(actor=story.organiser, panel=story.panel)
    story.again()
    _made(story, 14, rows=FEW, is_trial=True)
    _voided(story)
    _certified(story)
    _called(story)
    _seated(story)


def _made(story, ago: int, **fields) -> Draw:
    with story.on(ago, 10):
        found = drawing.prepare_draw(actor=story.organiser, panel=story.panel, **fields)
        make_table(run_id=str(found.run_id), draw=found.pk)
    return Draw.objects.select_related("panel").get(pk=found.pk)


def _sealed(story, draw: Draw, ago: int, *, beacon: str, name: str, on: int) -> Draw:
    with story.on(ago, 11):
        why = NO_CHANCE if draw.engine["without_chance"] else ""
        return drawing.seal_draw(
            actor=story.organiser, draw=draw, beacon=beacon, beacon_name=name, beacon_on=story.days[on],
            no_chance_because=why,
        )  # fmt: skip


def _voided(story) -> None:
    draw = _made(story, 13, rows=FEW)
    _sealed(story, draw, 12, beacon=Beacon.PUBLIC_NUMBER, name=BEACON, on=11)
    with story.on(10):
        drawing.void_draw(actor=story.people["garant"], draw=draw, because=VOID_BECAUSE)


def _certified(story) -> None:
    draw = _made(story, 9)
    _sealed(story, draw, 8, beacon=Beacon.DICE, name=DICE_AT, on=5)
    with story.on(7, 14):
        drawing.profiles_for_guarantors(actor=story.people["garant"], draw=draw, reason=CHECKED_BECAUSE)
    with story.on(5, 18):
        drawing.reveal_draw(actor=story.organiser, draw=draw, value=DICE)
    with story.on(5, 19):
        drawing.certify_draw(actor=story.people["garant"], draw=draw, place=PLACE, witnesses=WITNESSES)
    story.again()


def _called(story) -> None:
    """Everybody drawn is called once, in two days, by two people; two leave their seat to the next of the reserve."""
    count = Seat.objects.filter(panel=story.panel, holder__isnull=False).count()
    leaving = dict(LEAVING)
    for place in range(count):
        ago, turn = (4, place) if place < count // 2 else (3, place - count // 2)
        actor = story.facilitator(place)
        with story.on(ago, 9 + turn // 4, turn % 4 * 14):
            call = calls.take_next(actor=actor, panel=story.panel)
            outcome = OUTCOMES.get(place, CallOutcome.YES)
            due = min(leaving, default=count)
            if place >= due and place not in OUTCOMES and _is_replaceable(story, call.candidate):
                outcome = leaving.pop(due)
            later = story.moment(0, 18) if outcome == CallOutcome.CALL_AGAIN else None
            calls.finish_call(actor=actor, call=call, outcome=outcome, call_at=later)
            if outcome in LEAVING.values():
                seats.substitute_next(actor=actor, seat=_seat_left_by(call.candidate))


def _seated(story) -> None:
    """The first who came in says yes, the other is still to call. Yesterday a member withdrew: their seat is empty."""
    facilitator = story.facilitator(0)
    with story.on(2, 9):
        call = calls.take_next(actor=facilitator, panel=story.panel)
        calls.finish_call(actor=facilitator, call=call, outcome=CallOutcome.YES)
    with story.on(2, 15):
        one = Candidate.objects.filter(panel=story.panel, state=CandidateState.CONFIRMED).order_by("ticket").first()
        candidates.read_profile(actor=story.people["dpo"], candidate=one, reason=READ_BECAUSE)
        seats.seat_confirmed(actor=story.organiser, panel=story.panel)
    with story.on(1, 17):
        members = Candidate.objects.filter(panel=story.panel, state=CandidateState.SEATED).order_by("ticket")
        leaving = next(one for one in members if _is_replaceable(story, one))
        candidates.withdraw(candidate=leaving, actor=facilitator)


def _seat_left_by(candidate: Candidate) -> Seat:
    return Seat.objects.select_related("panel", "left_by").get(left_by=candidate)


def _is_replaceable(story, candidate: Candidate) -> bool:
    """Whether somebody of the reserve keeps every quota in their seat: tried, then taken back."""
    with transaction.atomic():
        candidates.withdraw(candidate=candidate, actor=story.facilitator(0))
        found = seats.next_of_reserve(_seat_left_by(candidate)) is not None
        transaction.set_rollback(True)
    return found
