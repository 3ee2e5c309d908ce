"""Seats after the certification: somebody leaves, the next of the sealed reserve comes; otherwise two people sign."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock

from .. import rules
from ..draw_table import table_of
from ..enums import BETWEEN, HOLDING, SITTING, CallReason, CandidateState, Departure, PanelState
from ..frames import of_tickets
from ..models import Candidate, Draw, Panel, Seat, Substitution
from ..pool import engine_pool, lottery_pool, people_of
from . import members, telling
from .calls import ask_call
from .candidates import move_candidate
from .preparing import WrongState, hold, move
from .recording import record

# Why somebody of the reserve of a later draw is passed: a seat of another one is theirs.
SITS = "seated"


class ReserveSpent(WrongState):
    """Nobody of the reserve keeps every quota in this seat."""


def free_seat(candidate: Candidate, why: str) -> None:
    """Empty the seat of somebody who has just left, in the caller's transaction."""
    Seat.objects.filter(holder=candidate).update(holder=None, left_by=candidate, left_because=why)
    members.end_membership(candidate)


def next_of_reserve(seat: Seat) -> Candidate | None:
    """The first of the sealed order who keeps every quota and household in an empty seat; None: the reserve is spent.

    The order is that of the draw that filled the seat last. Seats that are empty too are read as held by those who
    left them, so that each is filled for what it was.
    """
    panel = seat.panel
    _refuse_held(seat)
    # Without their answers nobody can say that the quotas hold: two people sign for them, or nobody does.
    reserve = Candidate.objects.filter(panel=panel, state=CandidateState.RESERVE, profile__isnull=False)
    order = list(reserve.order_by("reserve_rank").values_list("ticket", flat=True))
    if seat.draw.completes_id:
        able = set(order)
        order = [ticket for ticket in ranks_of(seat.draw) if ticket in able]
        # First by the rules that were sealed, which anybody may hold it against; then by those of the whole panel.
        order = _first(seat, order, seat.draw)
    order = _first(seat, order)
    return Candidate.objects.get(panel=panel, ticket=order[0]) if order else None


def _first(seat: Seat, order: list[str], draw: Draw | None = None) -> list[str]:
    """The first of an order who may sit there, alone or none; under the rules of a draw and its seats, when given."""
    from ..lottery import substitute  # numpy loads when somebody is replaced

    panel = seat.panel
    others = Seat.objects.filter(panel=panel).exclude(pk=seat.pk)
    seats = (others.filter(draw=draw) if draw else others).values_list("holder__ticket", "left_by__ticket")
    members = [holder or left for holder, left in seats]
    # Of those who left, whoever was erased counts nowhere: their seat is filled for what the quotas still ask.
    gone = {*(left for holder, left in seats if holder is None), seat.left_by.ticket}
    people = people_of(panel, (*HOLDING, CandidateState.RESERVE)) + of_tickets(panel, gone)
    pool = _sealed_pool(draw, people) if draw else lottery_pool(panel, people)
    found = substitute(pool, [*members, seat.left_by.ticket], seat.left_by.ticket, (), order)
    return [found] if found else []


def _sealed_pool(draw: Draw, people):
    from .. import proof  # beside the engine, which loads with it
    from .drawing import files_of  # here because a draw writes seats through this module's neighbours

    told = proof.read_quotas(files_of(draw)["quotas"])
    return engine_pool(people, told["quotas"], told["crossed"], told["seats"])


def ranks_of(draw: Draw) -> dict[str, int]:
    """The sealed reserve of a certified draw: each ticket and its rank, in the order in which they are called."""
    from .. import proof  # beside the engine, which loads with it
    from .drawing import files_of  # here because a draw writes seats through this module's neighbours

    leaves, row = proof.read_leaves(files_of(draw)["leaves"]), table_of(draw).rows[draw.row]
    return {ticket: rank for rank, ticket in enumerate(proof.reserve_of(draw.seed, draw.row, leaves, row), 1)}


def rank_of(seat: Seat, candidate: Candidate) -> int:
    """The rank of somebody in the reserve that a seat follows."""
    return ranks_of(seat.draw)[candidate.ticket] if seat.draw.completes_id else candidate.reserve_rank


@transaction.atomic
def substitute_next(*, actor, seat: Seat) -> Substitution:
    """Give an empty seat to the next of the sealed reserve, and have them called. Raises ReserveSpent."""
    panel = hold(seat.panel, *SITTING)
    rules.refuse_unless(rules.may_enter(actor, panel))
    held = _hold_seat(seat)
    incoming = next_of_reserve(held)
    if incoming is None:
        raise ReserveSpent(_("Nobody of the reserve keeps every quota in this seat."), code="spent")
    rank = rank_of(held, incoming)
    made = Substitution.objects.create(
        seat=held,
        draw=held.draw,
        outgoing=held.left_by,
        incoming=incoming,
        why=held.left_because,
        is_listed=True,
        rank=rank,
        passed=passed_before(held.draw, rank),
        made_by=getattr(actor, "user", actor),
        made_at=clock.now(),
    )
    _hand_over(held, incoming)
    record(
        "substituted", panel, actor=actor, about=f"seat:{held.number}",
        payload={"outgoing": made.outgoing.ticket, "incoming": incoming.ticket, "rank": made.rank}, at_once=True,
    )  # fmt: skip
    return made


def _refuse_held(seat: Seat) -> None:
    """A seat that somebody has, or that a renewal fills, is given to nobody of the reserve."""
    if seat.left_by is None:
        raise WrongState(_("This seat has somebody."), code="state")
    if seat.left_because == Departure.TERM:
        raise WrongState(_("The term of this seat is over: a renewal fills it."), code="term")


def passed_before(draw: Draw, rank: int) -> list[list[str]]:
    """Those of the reserve of a draw before that rank who no longer wait in it, and why, each told once.

    Whoever withdrew without ever having a seat; and, of a draw made for empty seats, whoever sits by another one.
    """
    made = Substitution.objects.filter(seat__panel=draw.panel)
    own = made.filter(draw=draw)
    told = {ticket for passed in own.values_list("passed", flat=True) for ticket, _why in passed}
    came = set((own if draw.completes_id else made).values_list("incoming__ticket", flat=True))
    left = {CandidateState.WITHDRAWN: Departure.WITHDREW, CandidateState.EXCLUDED: Departure.EXCLUDED}
    if draw.completes_id:
        left |= dict.fromkeys(HOLDING, SITS)
        before = [ticket for ticket, place in ranks_of(draw).items() if place < rank]
        states = dict(Candidate.objects.filter(ticket__in=before).values_list("ticket", "state"))
        rows = [(ticket, states[ticket]) for ticket in before]
    else:
        rows = Candidate.objects.filter(panel=draw.panel, reserve_rank__lt=rank).order_by("reserve_rank")
        rows = rows.values_list("ticket", "state")
    return [
        [ticket, str(left[CandidateState(state)])]
        for ticket, state in rows
        if CandidateState(state) in left and ticket not in told | came
    ]


def _hold_seat(seat: Seat) -> Seat:
    """The seat as it is now. Refused while a draw for empty seats is between its seal and its certification: nobody
    of its pool takes another seat meanwhile."""
    if seat.panel.draws.filter(completes__isnull=False, state__in=BETWEEN).exists():
        raise WrongState(_("A draw for the seats left empty is sealed: end it, or make it void."), code="sealed")
    found = Seat.objects.select_for_update(of=("self",)).select_related("panel", "left_by", "draw")
    return found.get(pk=seat.pk)


@transaction.atomic
def ask_unlisted(*, actor, seat: Seat, incoming: Candidate, reason: str) -> Substitution:
    """Ask that an empty seat goes to somebody who isn't next in the reserve. A guarantor signs it."""
    panel = hold(seat.panel, *SITTING)
    rules.refuse_unless(rules.may_organise(actor, panel))
    held = _hold_seat(seat)
    _refuse_held(held)
    if incoming.panel_id != panel.pk or incoming.state != CandidateState.RESERVE:
        raise ValidationError({"incoming": _("Choose somebody of the reserve.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Write why: everybody reads it.")})
    made = Substitution.objects.create(
        seat=held,
        draw=held.draw,
        outgoing=held.left_by,
        incoming=incoming,
        why=held.left_because,
        is_listed=False,
        reason=reason.strip(),
        made_by=getattr(actor, "user", actor),
        made_at=clock.now(),
    )
    record(
        "substitution_asked", panel, actor=actor, about=f"seat:{held.number}",
        payload={"outgoing": made.outgoing.ticket, "incoming": incoming.ticket},
    )  # fmt: skip
    telling.to_sign(telling.SUBSTITUTION, made)
    return made


@transaction.atomic
def sign_unlisted(*, actor, substitution: Substitution) -> Substitution:
    """Sign such a substitution as a guarantor: the seat changes hands. Refuses whoever asked it."""
    panel = hold(substitution.seat.panel, *SITTING)
    user = getattr(actor, "user", actor)
    rules.refuse_unless(rules.may_watch(actor, panel) and substitution.made_by_id != user.pk)
    seat = _hold_seat(substitution.seat)
    if seat.left_by_id != substitution.outgoing_id:
        raise WrongState(_("This seat has changed since: ask again."), code="state")
    signed = Substitution.objects.filter(pk=substitution.pk, signed_at__isnull=True, is_listed=False).update(
        signed_by=user, signed_at=clock.now()
    )
    if not signed:
        raise WrongState(_("This substitution is already signed."), code="state")
    incoming = Candidate.objects.get(pk=substitution.incoming_id)
    _hand_over(seat, incoming)
    record(
        "substitution_signed", panel, actor=actor, about=f"seat:{seat.number}",
        payload={"incoming": incoming.ticket}, at_once=True,
    )  # fmt: skip
    substitution.refresh_from_db()
    return substitution


def _hand_over(seat: Seat, incoming: Candidate) -> None:
    move_candidate(incoming, CandidateState.DRAWN)
    if not Seat.objects.filter(pk=seat.pk, holder__isnull=True).update(holder=incoming, left_by=None, left_because=""):
        raise WrongState(_("This seat has somebody."), code="state")
    ask_call(candidate=incoming, reason=CallReason.CONFIRM)


@transaction.atomic
def seat_confirmed(*, actor, panel: Panel) -> int:
    """Make members of those who confirmed; the panel is complete once every seat has one. Answers how many."""
    held = hold(panel, *SITTING)
    rules.refuse_unless(rules.may_organise(actor, held))
    count = 0
    for candidate in Candidate.objects.filter(seat__panel=held, state=CandidateState.CONFIRMED):
        move_candidate(candidate, CandidateState.SEATED)
        count += 1
    members.members_confirmed(held)
    if (
        held.state == PanelState.DRAWN
        and not held.seat_rows.exclude(Q(holder__isnull=False) & Q(holder__state=CandidateState.SEATED)).exists()
    ):
        move(held, PanelState.SEATED, actor, "complete")
    return count
