"""Ninety days without news: its owner hears of it, then its direction fifteen days later; everybody sees it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from src.foundations import outbox

from ..models import Measure, MeasureReminder

TOPIC = "accountability.measure_silent"
OWNER, DIRECTION = range(2)
# Days after the ninety on which each level is told.
DAYS = {OWNER: 0, DIRECTION: 15}
_CHUNK = 200


def levels_due(measure: Measure, on: date) -> list[int]:
    """The levels that must have been told by the day ``on``, lowest first."""
    days = measure.silent_days(on)
    return [level for level, after in sorted(DAYS.items()) if days > measure.SILENCE.days + after] if days else []


def remind_silent(now: datetime) -> int:
    """Tell whoever must hear of a silence; answers how many reminders were written. Run twice, it writes no more.

    No job makes a measure silent: that is computed when it is read. Each reminder leaves one outbox row.
    """
    today = timezone.localdate(now)
    written, last = 0, 0
    while True:
        silent = list(
            Measure.objects.silent(today).filter(pk__gt=last).prefetch_related("reminders").order_by("pk")[:_CHUNK]
        )
        if not silent:
            return written
        last = silent[-1].pk
        for measure in silent:
            told = {each.level for each in measure.reminders.all() if each.silent_since == measure.heard_on}
            for level in levels_due(measure, today):
                written += level not in told and _write(measure, level, today)


def _write(measure: Measure, level: int, today: date) -> int:
    """One reminder, unless somebody gave news, or another turn of the clock wrote it meanwhile."""
    try:
        with transaction.atomic():
            MeasureReminder.objects.create(measure=measure, level=level, silent_since=measure.heard_on, on=today)
            key = f"{TOPIC}:{measure.pk}:{measure.heard_on.isoformat()}:{level}"
            outbox.emit(TOPIC, {"measure": measure.pk, "level": level}, key=key)
    except IntegrityError:
        return 0
    return 1
