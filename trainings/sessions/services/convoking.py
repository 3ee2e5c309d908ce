"""Convocations: the same event each time, a sequence that grows, a row a channel; the relay sends them."""

from collections.abc import Iterable

from src.foundations import clock, outbox
from src.meetings.events import host
from src.notices.services import send

from ..calendar import context_of
from ..enums import Channel, Method
from ..models import Booking, Convocation

TELL = "trainings_sessions.tell"


def tell(booking: Booking, what: str) -> None:
    """Have somebody told once this transaction is kept."""
    outbox.emit(
        TELL,
        {"booking": booking.pk, "what": what, "sequence": None, "at": booking.changed_at.isoformat()},
        key=f"{TELL}:{booking.pk}:{what}:{booking.changed_at.isoformat()}",
    )


def convoke(bookings: Iterable[Booking], what: str) -> int:
    """Have people told with a line in their calendar; how many. ``what``: convoked, promoted, changed, withdrawn,

    cancelled; the last two take the event away, and go only to who had it: others are told without.
    """
    calls_off, rows, effects = what in ("withdrawn", "cancelled"), [], []
    counted = 0
    for booking in bookings:
        counted += 1
        if calls_off and booking.sequence is None:
            tell(booking, what)
            continue
        booking.sequence = 0 if booking.sequence is None else booking.sequence + 1
        booking.changed_at = clock.now()
        booking.save(update_fields=["sequence", "changed_at"])
        rows += _rows(booking, Method.CANCEL if calls_off else Method.REQUEST)
        payload = {"booking": booking.pk, "what": what, "sequence": booking.sequence, "at": ""}
        effects.append(outbox.Effect(TELL, payload, key=f"{TELL}:{booking.pk}:{booking.sequence}"))
    Convocation.objects.bulk_create(rows)
    outbox.emit_all(effects)
    return counted


def _rows(booking: Booking, method: Method) -> list[Convocation]:
    channels = (Channel.MAIL, Channel.INBOX) if booking.agent.email else (Channel.INBOX, Channel.PAPER)
    return [
        Convocation(
            booking=booking,
            channel=channel,
            method=method,
            ical_uid=event_uid(booking),
            sequence=booking.sequence,
            made_at=clock.now(),
        )
        for channel in channels
    ]


def event_uid(booking: Booking) -> str:
    """What calendars know this person's place by; it never changes."""
    return f"{booking.uid}@{host()}"


def deliver(booking: int, what: str, sequence: int | None, at: str) -> None:
    """Tell one person, now. Nothing when something else was told meanwhile. Safe twice."""
    rows = Booking.objects.select_related("session__track", "session__trainer", "agent")
    found = rows.prefetch_related("session__slots").filter(pk=booking).first()
    if found is None or sequence is not None and found.sequence != sequence:
        return
    if sequence is None and found.changed_at.isoformat() != at:
        return
    if found.session.ends_at <= clock.now():
        # Past: nobody is told to come, nor that they don't.
        return
    send(
        f"trainings_sessions.{what}",
        recipients=[found.agent_id],
        context=context_of(found, with_event=sequence is not None, is_off=what in ("withdrawn", "cancelled")),
        key=f"training-session:{found.uid}:{what}:{at if sequence is None else sequence}",
    )
    if sequence is not None:
        Convocation.objects.filter(
            booking=found, sequence=sequence, channel__in=[Channel.MAIL, Channel.INBOX], sent_at__isnull=True
        ).update(sent_at=clock.now())


def seen(booking: Booking, *channels: Channel) -> None:
    """Write that somebody saw what was sent to them; once."""
    Convocation.objects.filter(
        booking=booking, channel__in=channels, sent_at__isnull=False, seen_at__isnull=True
    ).update(seen_at=clock.now())
