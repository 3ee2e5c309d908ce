"""Who is there: one tap of the trainer, the code of the room, the signed sheet; until the sheet is locked."""

import hmac
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, sealing

from .. import rules
from ..enums import COUNTED, RUNNING, MarkMethod, Presence, SessionState
from ..models import AttendanceMark, Booking, Session, SessionSlot
from .holding import MovedOn, hold, move, note, refuse_unless_in

PURPOSE = sealing.register_purpose("training-room-code")
# Another code each minute; the one before still holds: somebody is typing it.
TURN = 60
DIGITS = 6
EARLY, LATE = timedelta(hours=1), timedelta(hours=1)


def room_code(*, actor, session: Session, slot: SessionSlot) -> str:
    """The code to show now for one half-day; its trainer, from an hour before until an hour after."""
    rules.refuse_unless(rules.leads(actor, session))
    _in_time(session, slot)
    return _code(session, slot, _turn())


def seconds_left() -> int:
    """How long the code of now is still shown."""
    return TURN - int(clock.now().timestamp()) % TURN


def _turn() -> int:
    return int(clock.now().timestamp()) // TURN


def _code(session: Session, slot: SessionSlot, turn: int) -> str:
    drawn = int(sealing.keyed_hash(f"{session.reference}:{slot.number}:{turn}", PURPOSE)[:15], 16)
    return f"{drawn % 10**DIGITS:0{DIGITS}d}"


def is_on_now(slot: SessionSlot) -> bool:
    """Whether one may come in by the code of the room."""
    return slot.starts_at - EARLY <= clock.now() <= slot.ends_at + LATE


def is_on(session: Session) -> bool:
    """Whether one may come in now, at one of its half-days."""
    return session.is_running and any(is_on_now(slot) for slot in session.slots.all())


def has_begun(slot: SessionSlot) -> bool:
    """Whether presence may be written: from an hour before."""
    return slot.starts_at - EARLY <= clock.now()


def _in_time(session: Session, slot: SessionSlot) -> None:
    if session.state not in RUNNING or not is_on_now(slot):
        raise MovedOn(_("Presence is given in the room, on the day of the session."), code="day")


@transaction.atomic
def sign_in(*, booking: Booking, code: str, method: MarkMethod = MarkMethod.ROOM_QR) -> AttendanceMark:
    """Somebody types the code of the room: they are there for this half-day. Twice is once.

    Refuses another code, another day, somebody without a seat. What the trainer wrote meanwhile stays.
    """
    held = hold(booking.session_id)
    refuse_unless_in(held, *RUNNING)
    mine = Booking.objects.get(pk=booking.pk)
    if not mine.is_seated:
        raise MovedOn(_("You have no seat at this session: see the trainer."), code="seat")
    slots = [slot for slot in held.slots.all() if is_on_now(slot)]
    if not slots:
        raise MovedOn(_("Presence is given in the room, on the day of the session."), code="day")
    typed, turn = "".join(sign for sign in code if sign in "0123456789"), _turn()
    slot = next(
        (slot for slot in slots for before in (0, 1) if hmac.compare_digest(_code(held, slot, turn - before), typed)),
        None,
    )
    if slot is None:
        raise ValidationError({"code": _("This isn’t the code of the room now. Read it again on the screen.")})
    made, _new = AttendanceMark.objects.get_or_create(
        booking=mine,
        slot=slot,
        defaults={"status": Presence.PRESENT, "method": method, "by": None, "at": clock.now()},
    )
    if made.status not in COUNTED:
        raise MovedOn(_("The trainer wrote that you weren’t there: see with them."), code="absent")
    _begun(held)
    return made


def _begun(held: Session) -> None:
    """The first presence says that the session is held."""
    if held.is_confirmed:
        move(held, SessionState.HELD)


def _hold_led(actor, session: Session, slot: SessionSlot) -> Session:
    held = hold(session)
    rules.refuse_unless(rules.leads(actor, held))
    refuse_unless_in(held, *RUNNING)
    if slot.session_id != held.pk or not has_begun(slot):
        raise MovedOn(_("This half-day hasn’t begun."), code="early")
    return held


@transaction.atomic
def mark(
    *,
    actor,
    session: Session,
    booking: Booking,
    slot: SessionSlot,
    status: Presence,
    method: MarkMethod = MarkMethod.TRAINER,
) -> AttendanceMark:
    """Write somebody's presence at a half-day; the last one written counts. Its trainer, never for themself.

    Refuses before the half-day, once the sheet is locked, somebody without a seat.
    """
    held = _hold_led(actor, session, slot)
    if booking.session_id != held.pk or not Booking.objects.seated().filter(pk=booking.pk).exists():
        raise MovedOn(_("This person has no seat at this session."), code="seat")
    rules.refuse_unless(booking.agent_id != as_viewer(actor).user_id)
    made, _new = AttendanceMark.objects.update_or_create(
        booking=booking,
        slot=slot,
        defaults={"status": status, "method": method, "by": as_viewer(actor).user, "at": clock.now()},
    )
    _begun(held)
    return made


@transaction.atomic
def clear(*, actor, session: Session, booking: Booking, slot: SessionSlot) -> bool:
    """Undo what was written of somebody at a half-day; whether there was something."""
    held = _hold_led(actor, session, slot)
    return bool(AttendanceMark.objects.filter(booking=booking, slot=slot, booking__session=held).delete()[0])


@transaction.atomic
def mark_rest_absent(*, actor, session: Session, slot: SessionSlot, method: MarkMethod = MarkMethod.TRAINER) -> int:
    """Write absent those of whom nothing is written at a half-day; how many."""
    held = _hold_led(actor, session, slot)
    left = Booking.objects.filter(session=held).seated().exclude(marks__slot=slot)
    made = AttendanceMark.objects.bulk_create(
        AttendanceMark(
            booking=one,
            slot=slot,
            status=Presence.ABSENT,
            method=method,
            by=as_viewer(actor).user,
            at=clock.now(),
        )
        for one in left
    )
    _begun(held)
    note("rest_absent", held, actor, slot=slot.number, count=len(made))
    return len(made)
