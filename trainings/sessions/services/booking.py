"""Taking a place, changing it, giving it up; inviting."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.enums import AccountKind
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock
from trainings.learning.services import enrol

from .. import rules
from ..enums import ACTIVE, BOOKABLE, BookingState
from ..models import Booking, Session
from .convoking import convoke, tell
from .holding import MovedOn, hold, hold_organised, note, refuse_unless_in
from .planning import announce
from .seats import fill, put, write

MOST_INVITED = 200


@transaction.atomic
def book(*, actor, session: Session) -> Booking:
    """Take a seat, or the end of the waiting list when the room is full; the training begins if it wasn't.

    Somebody who has a place at another session of the same module leaves it for this one, and keeps it when this one
    is full. Twice is once. Refuses a session that is closed to bookings, or begun, and its trainer.
    """
    viewer = as_viewer(actor)
    rules.refuse_unless(rules.may_book(viewer))
    # Two sessions taken at once by one person: the second sees the first.
    agent = User.objects.select_for_update(of=("self",)).get(pk=viewer.user_id)
    other = _elsewhere(agent, session)
    # Always in the same order, so that two people who swap never wait for each other.
    held = {pk: hold(pk) for pk in sorted({session.pk} | ({other.session_id} if other else set()))}
    here = held[session.pk]
    _refuse_unless_bookable(here)
    if here.trainer_id == agent.pk:
        raise MovedOn(_("You lead this session: choose another one to attend."), code="trainer")
    mine = Booking.objects.filter(session=here, agent=agent).first()
    if mine is not None and mine.is_active and not mine.is_invited:
        return mine
    if other is not None and _is_full(here) and not (mine and mine.is_invited):
        raise MovedOn(_("This session is full: you keep your place at the other one."), code="full")
    enrol(actor=agent, track=here.track)
    booking = _take(mine, agent, here)
    if other is not None:
        _leave(other, held[other.session_id])
    note("booked", here, agent, state=booking.state, moved=other is not None)
    return booking


def _elsewhere(agent: User, session: Session) -> Booking | None:
    """The place somebody has at another session to come of the same module."""
    rows = Booking.objects.active().filter(
        agent=agent, session__state__in=BOOKABLE, session__starts_at__gt=clock.now()
    )
    rows = rows.filter(session__track=session.track_id, session__module_key=session.module_key)
    return rows.exclude(session=session).order_by("pk").first()


def _refuse_unless_bookable(held: Session) -> None:
    refuse_unless_in(held, *BOOKABLE)
    if held.starts_at <= clock.now():
        raise MovedOn(_("This session has begun."), code="begun")


def _is_full(held: Session) -> bool:
    return Booking.objects.filter(session=held).seated().count() >= held.capacity


def _take(mine: Booking | None, agent: User, held: Session) -> Booking:
    if mine is not None and mine.is_invited:
        booking = write(mine, BookingState.CONFIRMED, seat=mine.seat)
        if held.is_confirmed and booking.sequence is not None:
            # Already in their calendar.
            return booking
    else:
        made = mine or Booking(session=held, agent=agent, booked_at=clock.now(), changed_at=clock.now())
        booking = put(made, held, BookingState.CONFIRMED)
    booking.agent = agent
    if booking.is_waiting:
        tell(booking, "waiting")
    elif held.is_confirmed:
        convoke([booking], "convoked")
    else:
        tell(booking, "booked")
    return booking


def _leave(booking: Booking, held: Session) -> None:
    """Free a place; the first who waits gets it. Who was convoked has their event taken away."""
    was_seated = booking.is_seated
    state = BookingState.DECLINED if booking.is_invited else BookingState.CANCELLED
    write(booking, state)
    if booking.sequence is not None:
        convoke([booking], "withdrawn")
    if was_seated:
        announce(held, fill(held))


@transaction.atomic
def give_up(*, actor, booking: Booking) -> Booking:
    """« Je ne pourrai pas venir »: no reason is asked. The seat goes to the first who waits. Twice is once.

    Refuses somebody else's place, and once the session has begun.
    """
    held = hold(booking.session_id)
    mine = Booking.objects.select_related("agent").get(pk=booking.pk)
    rules.refuse_unless(as_viewer(actor).user_id == mine.agent_id)
    if not mine.is_active:
        return mine
    _refuse_unless_bookable(held)
    _leave(mine, held)
    note("given_up", held, mine.agent)
    return mine


@transaction.atomic
def invite(*, actor, session: Session, names: Iterable[str]) -> tuple[int, int]:
    """Hold a seat for people, by personnel number or identifier; those after the last seat wait. They are told.

    How many were invited, how many wait. All or none: refuses numbers of nobody, and people outside of the branches
    where the actor organises. Who has a place already stays as they are.
    """
    held = hold_organised(actor, session)
    _refuse_unless_bookable(held)
    asked = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not asked or len(asked) > MOST_INVITED:
        raise ValidationError({"names": _("Write from 1 to %(n)d numbers, one a line.") % {"n": MOST_INVITED}})
    people = _people(actor, asked, held.trainer_id)
    mine = {one.agent_id: one for one in Booking.objects.filter(session=held, agent__in=people)}
    invited = waiting = 0
    for agent in people:
        row = mine.get(agent.pk)
        if row is not None and row.state in ACTIVE:
            continue
        row = row or Booking(session=held, agent=agent, booked_at=clock.now(), changed_at=clock.now())
        row.agent = agent
        booking = put(row, held, BookingState.INVITED)
        if booking.is_waiting:
            waiting += 1
            tell(booking, "waiting")
            continue
        invited += 1
        if held.is_confirmed:
            convoke([booking], "convoked")
        else:
            tell(booking, "invited")
    note("invited", held, actor, invited=invited, waiting=waiting)
    return invited, waiting


def _people(actor, asked: list[str], lead: int | None) -> list[User]:
    """Those named, but the trainer."""
    viewer = as_viewer(actor)
    rows = User.objects.filter(Q(personnel_number__in=asked) | Q(username__in=asked))
    rows = rows.filter(is_active=True, kind=AccountKind.AGENT).select_related("current_affectation__unit")
    by_name: dict[str, User] = {}
    for one in rows:
        post = one.current_affectation
        if post is not None and one.pk != lead and rules.may_organise(viewer, post.unit):
            by_name |= {one.username: one, one.personnel_number or one.username: one}
    if unknown := [name for name in asked if name not in by_name]:
        told = ", ".join(unknown[:10])
        raise ValidationError({"names": _("Nobody of your units has this number: %(names)s.") % {"names": told}})
    return list({by_name[name].pk: by_name[name] for name in asked}.values())
