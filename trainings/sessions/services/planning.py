"""What organisers do with a session: prepared, opened, changed, confirmed, cancelled."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.directory.models import Unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from trainings.models import Module, Track

from .. import rules
from ..enums import CHANGEABLE, SEATED, BookingState, SessionState
from ..models import Booking, Session, SessionSlot
from ..models.session import MOST_SEATS
from .convoking import convoke, tell
from .holding import MovedOn, hold_organised, move, note, refuse_unless_in
from .seats import fill, shrink, write

FIELDS = ("title", "place", "trainer", "capacity")


@transaction.atomic
def create(*, actor, track: Track, module: Module, unit: Unit, slots, **fields) -> Session:
    """Prepare a session of a module; nobody knows of it. ``slots``: pairs of moments, a half-day each, in order.

    Refuses a module that is neither followed in a session nor a quiz, another number of half-days than the module
    asks, days in the past or that overlap, and a trainer who isn't one.
    """
    rules.refuse_unless(rules.may_organise(actor, unit))
    if module.version.track_id != track.pk or not (module.is_session or module.is_quiz):
        raise ValidationError({"module": _("Choose a module that is followed in a session, or a quiz.")})
    _check(slots, fields, module)
    row = Session(
        track=track,
        module_key=module.stable_key,
        unit=unit,
        starts_at=slots[0][0],
        ends_at=slots[-1][1],
        changed_at=clock.now(),
        **{name: fields[name] for name in FIELDS},
    )
    row.save()
    _write_slots(row, slots)
    note("created", row, actor)
    return row


def _check(slots, fields, module: Module | None) -> None:
    if not slots:
        raise ValidationError({"slots": _("Give at least one half-day.")})
    wanted = module.content["half_days"] if module is not None and module.is_session else len(slots)
    if len(slots) != wanted:
        raise ValidationError(
            {
                "slots": ngettext(
                    "This module lasts %(n)d half-day: give as many.",
                    "This module lasts %(n)d half-days: give as many.",
                    wanted,
                )
                % {"n": wanted}
            }
        )
    last = clock.now()
    for starts, ends in slots:
        if starts <= last:
            raise ValidationError({"slots": _("Half-days are to come, and each begins after the one before ends.")})
        if ends <= starts:
            raise ValidationError({"slots": _("A half-day ends after it begins.")})
        last = ends
    if not 1 <= fields["capacity"] <= MOST_SEATS:
        raise ValidationError({"capacity": _("Between 1 and %(n)d seats.") % {"n": MOST_SEATS}})
    trainer = fields["trainer"]
    if trainer is None or not as_viewer(trainer).has_role(Role.TRAINER):
        raise ValidationError({"trainer": _("Choose somebody who has the role of trainer.")})


def _write_slots(row: Session, slots) -> None:
    kept = {one.number: one for one in row.slots.all()}
    for number, (starts, ends) in enumerate(slots, start=1):
        slot = kept.pop(number, None) or SessionSlot(session=row, number=number)
        slot.starts_at, slot.ends_at = starts, ends
        slot.save()
    for left in kept.values():
        left.delete()


@transaction.atomic
def change(*, actor, session: Session, slots, **fields) -> Session:
    """Write a session again. A new day, hour or place is told to those who were convoked, in the same event.

    Fewer seats than people refuses; more seats go to those who wait. Refuses a session that began.
    """
    held = hold_organised(actor, session)
    refuse_unless_in(held, *CHANGEABLE)
    if held.starts_at <= clock.now() and not held.is_draft:
        raise MovedOn(_("This session has begun: it no longer changes."), code="begun")
    _check(slots, fields, module_of(held))
    seated = Booking.objects.filter(session=held).seated().count()
    if fields["capacity"] < seated:
        raise ValidationError({"capacity": _("%(n)d people have a seat: keep as many.") % {"n": seated}})
    if Booking.objects.active().filter(session=held, agent=fields["trainer"]).exists():
        raise ValidationError(
            {"trainer": _("This person has a place at the session: nobody writes their own presence.")}
        )
    before = _told_of(held)
    shrink(held, fields["capacity"])
    for name in FIELDS:
        setattr(held, name, fields[name])
    held.starts_at, held.ends_at, held.changed_at = slots[0][0], slots[-1][1], clock.now()
    held.save()
    _write_slots(held, slots)
    note("changed", held, actor)
    if _told_of(held) != before:
        convoked = Booking.objects.filter(session=held, sequence__isnull=False).seated().select_related("agent")
        convoke(list(convoked), "changed")
    announce(held, fill(held))
    return held


def module_of(session: Session) -> Module:
    """The module of a session, in the last version that has it."""
    rows = Module.objects.with_content().filter(version__track_id=session.track_id, stable_key=session.module_key)
    return rows.select_related("version").order_by("-version__number").first()


def _told_of(held: Session):
    """What a convocation says that would make another one."""
    times = list(held.slots.order_by("number").values_list("starts_at", "ends_at"))
    return times, held.place, held.title


def announce(held: Session, promoted: list[Booking]) -> None:
    """Tell those to whom a freed seat went: with a convocation when the session is confirmed."""
    if held.is_confirmed:
        convoke(promoted, "promoted")
        return
    for booking in promoted:
        tell(booking, "promoted")


@transaction.atomic
def open_bookings(*, actor, session: Session) -> Session:
    """Show a session to agents, who may take a seat."""
    held = hold_organised(actor, session)
    refuse_unless_in(held, SessionState.DRAFT)
    if held.starts_at <= clock.now():
        raise MovedOn(_("Its day is past: change it first."), code="past")
    move(held, SessionState.OPEN)
    note("opened", held, actor)
    return held


@transaction.atomic
def confirm(*, actor, session: Session) -> int:
    """Say that it takes place: those who have a seat are convoked; how many. Refuses a room without anybody."""
    held = hold_organised(actor, session)
    refuse_unless_in(held, SessionState.OPEN)
    if held.starts_at <= clock.now():
        raise MovedOn(_("Its day is past: change it first."), code="past")
    people = list(Booking.objects.filter(session=held).seated().select_related("agent"))
    if not people:
        raise MovedOn(_("Nobody has a seat yet: there is nobody to convoke."), code="empty")
    move(held, SessionState.CONFIRMED)
    told = convoke(people, "convoked")
    note("confirmed", held, actor, convoked=told)
    return told


@transaction.atomic
def cancel(*, actor, session: Session, because: str) -> int:
    """Cancel a session: everybody with a place is told why, and their event goes. Returns how many.

    Refuses without a reason, and once presence was written.
    """
    held = hold_organised(actor, session)
    refuse_unless_in(held, *CHANGEABLE)
    reason = because.strip()
    if not reason:
        raise ValidationError({"because": _("Say why it is cancelled: people read it.")})
    held.cancelled_because = reason[:500]
    held.state, held.changed_at = SessionState.CANCELLED, clock.now()
    held.save(update_fields=["state", "cancelled_because", "changed_at"])
    people = list(Booking.objects.filter(session=held).active().select_related("agent"))
    for booking in people:
        write(booking, BookingState.CANCELLED)
    told = convoke(people, "cancelled")
    note("cancelled", held, actor, told=told)
    return told


def to_tell(session: Session) -> dict:
    """Who a confirmation, a change or a cancellation tells, and by what."""
    rows = Booking.objects.filter(session=session).active().select_related("agent__current_affectation__unit")
    people = list(rows.order_by("agent__last_name", "agent__first_name", "pk"))
    seated = [one for one in people if one.state in SEATED]
    return {
        "seated": seated,
        "waiting": [one for one in people if one.is_waiting],
        "by_mail": sum(bool(one.agent.email) for one in seated),
        "on_paper": sum(not one.agent.email for one in seated),
    }
