"""Who is there: by the code of the room, by the signed sheet, corrected with a reason."""

import hmac
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock, sealing

from .. import rules
from ..enums import MET, HalfDay, Via
from ..models import Attendance, Session
from .planning import hold
from .stipends import follow_presence

PURPOSE = sealing.register_purpose("panel-presence")
# A code holds for a quarter of an hour, and the one before it too: somebody is still typing it.
TURN = 15 * 60
DIGITS = 6
EARLY, LATE = timedelta(hours=1), timedelta(hours=2)
LONGEST_REASON = 300


def room_code(*, actor, session: Session, half_day: int) -> str:
    """The code to write on the board now, for one half-day. Organisers and facilitators, on the day itself."""
    rules.refuse_unless(rules.prepares(actor, session.panel))
    _on_the_day(session)
    if half_day not in session.half_numbers:
        raise WrongState(_("This session has no such half-day."), code="half")
    return _code(session, half_day, _turn())


def seconds_left() -> int:
    """How long the code of now is still the one on the board."""
    return TURN - int(clock.now().timestamp()) % TURN


def _turn() -> int:
    return int(clock.now().timestamp()) // TURN


def _code(session: Session, half_day: int, turn: int) -> str:
    drawn = int(sealing.keyed_hash(f"{session.uid}:{half_day}:{turn}", PURPOSE)[:15], 16)
    return f"{drawn % 10**DIGITS:0{DIGITS}d}"


def _on_the_day(session: Session) -> None:
    if session.state not in MET or not session.starts_at - EARLY <= clock.now() <= session.ends_at + LATE:
        raise WrongState(_("Presence is given on the day of the session, in the room."), code="day")


@transaction.atomic
def sign_in(*, membership: Membership, session: Session, code: str) -> Attendance:
    """A member types the code of the room: they are there for this half-day. Twice is once.

    Refuses another code, another day, somebody of another panel. Written absent by the team meanwhile, they see with
    it: a code doesn't undo what the team wrote.
    """
    held = hold(session, *MET)
    if membership.panel_id != held.panel_id or membership.left_on is not None:
        raise WrongState(_("You don’t sit on this panel."), code="member")
    _on_the_day(held)
    typed, turn = "".join(sign for sign in code if sign.isdigit()), _turn()
    half = next(
        (
            half
            for half in held.half_numbers
            for before in (0, 1)
            if hmac.compare_digest(_code(held, half, turn - before), typed)
        ),
        None,
    )
    if half is None:
        raise ValidationError({"code": _("This isn’t the code of the room now. Read it again on the board.")})
    made, _new = Attendance.objects.get_or_create(
        session=held,
        membership=membership,
        half_day=half,
        defaults={"is_present": True, "via": Via.CODE, "marked_at": clock.now()},
    )
    if not made.is_present:
        raise WrongState(_("The team wrote that you weren’t there: see with it."), code="absent")
    follow_presence(made)
    return made


def expected_at(session: Session):
    """The members who sat on the day of a session."""
    found = Membership.objects.filter(panel_id=session.panel_id, since__lte=session.day)
    return found.exclude(left_on__lt=session.day).select_related("candidate").order_by("number")


@transaction.atomic
def mark_sheet(*, actor, session: Session, half_day: int, present: set[int]) -> int:
    """Write a half-day from the signed sheet: those of ``present`` (numbers) were there, nobody else.

    A member written already stays as they are: that is corrected one by one, with a reason. Answers how many were
    written. Refuses before the session begins, and numbers of nobody.
    """
    held = hold(session, *MET)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    if held.starts_at > clock.now():
        raise WrongState(_("This session hasn’t begun."), code="early")
    if half_day not in held.half_numbers:
        raise WrongState(_("This session has no such half-day."), code="half")
    members = {one.number: one for one in expected_at(held)}
    if unknown := sorted(present - set(members)):
        numbers = ", ".join(str(number) for number in unknown)
        raise ValidationError({"present": _("Nobody has this number: %(numbers)s.") % {"numbers": numbers}})
    known = set(Attendance.objects.filter(session=held, half_day=half_day).values_list("membership_id", flat=True))
    now, user = clock.now(), getattr(actor, "user", actor)
    made = [
        Attendance(
            session=held,
            membership=one,
            half_day=half_day,
            is_present=number in present,
            via=Via.PAPER,
            marked_at=now,
            marked_by=user,
        )
        for number, one in members.items()
        if one.pk not in known
    ]
    for one in Attendance.objects.bulk_create(made):
        follow_presence(one)
    record(
        "presence_marked", held.panel, actor=actor, about=f"session:{held.number}/half-day:{half_day}",
        payload={"count": len(made)},
    )  # fmt: skip
    return len(made)


@transaction.atomic
def correct(*, actor, session: Session, member: Membership, half_day: int, is_present: bool, because: str):
    """Write again whether somebody was there, and why. What was sent to be paid gets a line that takes it back.

    Refuses without a reason, before the session begins, somebody who didn't sit then.
    """
    held = hold(session, *MET)
    rules.refuse_unless(rules.prepares(actor, held.panel))
    why = because.strip()
    if not why or len(why) > LONGEST_REASON:
        raise ValidationError({"because": _("Say why, in 300 characters at most: the member reads it.")})
    if held.starts_at > clock.now():
        raise WrongState(_("This session hasn’t begun."), code="early")
    if half_day not in held.half_numbers:
        raise WrongState(_("This session has no such half-day."), code="half")
    if not expected_at(held).filter(pk=member.pk).exists():
        raise WrongState(_("This person didn’t sit on the panel that day."), code="member")
    row, _new = Attendance.objects.update_or_create(
        session=held,
        membership=member,
        half_day=half_day,
        defaults={
            "is_present": is_present,
            "via": Via.PAPER,
            "marked_at": clock.now(),
            "marked_by": getattr(actor, "user", actor),
            "corrected_because": why,
        },
    )
    follow_presence(row)
    record(
        "presence_corrected", held.panel, actor=actor,
        about=f"session:{held.number}/half-day:{HalfDay(half_day).value}/member:{member.number}",
        payload={"present": is_present},
    )  # fmt: skip
    return row
