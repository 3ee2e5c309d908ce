"""The row that came out, written in seats: those of the whole panel, or those left empty that a draw completes."""

from django.utils.translation import gettext as _

from src.foundations import clock

from ..enums import CallReason, CandidateState, Departure
from ..models import Candidate, Draw, Panel, Seat, Substitution
from .calls import ask_call
from .candidates import move_candidate


def seat(draw: Draw, row: tuple[str, ...]) -> None:
    """Give each seat of the panel to a ticket of the row; whoever left since the seal leaves theirs empty."""
    panel = draw.panel
    people = _of(panel, row)
    seats = []
    for number, ticket in enumerate(row, 1):
        one = people[ticket]
        if one.state == CandidateState.IN_POOL:
            move_candidate(one, CandidateState.DRAWN)
            seats.append(Seat(panel=panel, draw=draw, number=number, holder=one))
        else:
            seats.append(Seat(panel=panel, draw=draw, number=number, left_by=one, left_because=_why(one)))
    Seat.objects.bulk_create(seats)
    for made in seats:
        if made.holder is not None:
            ask_call(candidate=made.holder, reason=CallReason.CONFIRM)


def rank(panel: Panel, reserve: list[str]) -> None:
    """The sealed order, as numbers that stay whoever leaves."""
    ranks = {ticket: place for place, ticket in enumerate(reserve, 1)}
    people = list(Candidate.objects.filter(panel=panel, ticket__in=reserve).exclude(state=CandidateState.ERASED))
    for one in people:
        one.reserve_rank = ranks[one.ticket]
        if one.state == CandidateState.IN_POOL:
            one.state = CandidateState.RESERVE
    Candidate.objects.bulk_update(people, ["reserve_rank", "state"], batch_size=200)


def fill(draw: Draw, row: tuple[str, ...], *, signer) -> None:
    """Give the empty seats that a certified draw completes, in their order, to the tickets of its row.

    Each is kept as a substitution: the record of the first draw tells everybody who came in whose seat.
    """
    panel, now = draw.panel, clock.now()
    people = _of(panel, row)
    found = Seat.objects.filter(panel=panel, number__in=draw.fills, holder__isnull=True).select_related("left_by")
    for one, ticket in zip(found.order_by("number"), row, strict=True):
        incoming = people[ticket]
        Substitution.objects.create(
            seat=one,
            draw=draw,
            outgoing=one.left_by,
            incoming=incoming,
            why=one.left_because,
            is_listed=False,
            is_drawn=True,
            reason=_("Draw %(number)d, made for the seats left empty.") % {"number": draw.number},
            made_by=draw.made_by,
            signed_by=signer,
            signed_at=now,
            made_at=now,
        )
        held = Seat.objects.filter(pk=one.pk)
        if incoming.state == CandidateState.RESERVE:
            move_candidate(incoming, CandidateState.DRAWN)
            held.update(holder=incoming, left_by=None, left_because="", draw=draw)
            ask_call(candidate=incoming, reason=CallReason.CONFIRM)
        else:
            held.update(left_by=incoming, left_because=_why(incoming), draw=draw)


def _of(panel: Panel, row: tuple[str, ...]) -> dict[str, Candidate]:
    return {one.ticket: one for one in Candidate.objects.filter(panel=panel, ticket__in=row)}


def _why(candidate: Candidate) -> str:
    return Departure.EXCLUDED if candidate.state == CandidateState.EXCLUDED else Departure.WITHDREW
