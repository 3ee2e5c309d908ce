"""Reminders that climb: the owner before the day, then correspondent, direction and secretary general after it."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from src.foundations import outbox

from ..models import OwedReminder, ResponseOwed
from . import owing

TOPIC = "accountability.escalated"
OWNER, CORRESPONDENT, DIRECTION, SECRETARY_GENERAL = range(4)
# Days after the promised day on which each level is told.
DEFAULT_DAYS = {CORRESPONDENT: 1, DIRECTION: 8, SECRETARY_GENERAL: 15}
_CHUNK = 200


def escalation_days() -> dict[int, int]:
    """Level → days after the promised day."""
    configured = getattr(settings, "TERRAIN_ESCALATION_DAYS", None)
    return dict(configured) if configured else dict(DEFAULT_DAYS)


def levels_due(owed: ResponseOwed, on: date) -> list[int]:
    """The levels that must have been told by the day ``on``, lowest first; none while paused or once closed."""
    if not owed.is_open or owed.is_paused(on):
        return []
    promised = owed.promised(on)
    levels = []
    if on >= promised - timedelta(days=settings.TERRAIN_OWNER_WARNING_DAYS):
        levels.append(OWNER)
    levels += [level for level, days in sorted(escalation_days().items()) if on >= promised + timedelta(days=days)]
    return levels


def escalate(now: datetime) -> int:
    """Remind whoever is due and return how many reminders were written. Run twice, it writes nothing more.

    After an outage, each level that was missed is told, lowest first. Pauses that ran out are ended first. Each
    reminder leaves one outbox row: topic ``accountability.escalated``, ``{"owed": id, "level": level}``.
    """
    today = timezone.localdate(now)
    for owed in ResponseOwed.objects.open().filter(paused_until__lt=today).order_by("pk"):
        owing.resume(owed, on=today)
    horizon = today + timedelta(days=settings.TERRAIN_OWNER_WARNING_DAYS)
    written, last = 0, 0
    while True:
        due = list(
            ResponseOwed.objects.open()
            .filter(Q(paused_on__isnull=True), promised_on__lte=horizon, pk__gt=last)
            .prefetch_related("reminders")
            .order_by("pk")[:_CHUNK]
        )
        if not due:
            return written
        last = due[-1].pk
        written += _remind(due, today)


def _remind(due: list[ResponseOwed], today: date) -> int:
    written = 0
    for owed in due:
        promised = owed.promised(today)
        told = {reminder.level for reminder in owed.reminders.all() if reminder.promised_on == promised}
        missing = [level for level in levels_due(owed, today) if level not in told]
        if missing:
            written += _write(owed, promised, missing, today)
    return written


@transaction.atomic
def _write(owed: ResponseOwed, promised: date, levels: list[int], today: date) -> int:
    """Write the reminders of one debt, unless somebody answered it or moved its date since it was read."""
    held = ResponseOwed.objects.open().filter(pk=owed.pk, promised_on=promised, paused_on__isnull=True)
    if not held.update(escalation_level=max(owed.escalation_level, *levels), last_reminder_on=today):
        return 0
    known = set(OwedReminder.objects.filter(owed=owed, promised_on=promised).values_list("level", flat=True))
    new = [level for level in levels if level not in known]
    OwedReminder.objects.bulk_create(
        [OwedReminder(owed=owed, level=level, promised_on=promised, on=today) for level in new]
    )
    for level in new:
        outbox.emit(
            TOPIC, {"owed": owed.pk, "level": level}, key=f"owed:{owed.pk}:{promised.isoformat()}:level:{level}"
        )
    return len(new)
