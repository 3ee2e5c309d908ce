"""The only clock: every date of the product comes from here, so that a test can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

import holidays
from django.conf import settings
from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This moment, aware."""
    return _told.get() or timezone.now()


@contextmanager
def told_as(moment: datetime) -> Iterator[None]:
    """Tell another moment in this thread: the demo city lives its past by the verbs people use. Refused elsewhere."""
    if not settings.TERRAIN_DEMO:
        raise RuntimeError("The clock is moved in the demo city alone.")
    before = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(before)


def today() -> date:
    """The day it is in the city."""
    return timezone.localdate(now())


def week_of(moment: datetime | date | None = None) -> date:
    """The Monday of the week a moment or a day falls in, in the city's time."""
    if moment is None:
        day = today()
    elif isinstance(moment, datetime):
        day = timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()
    else:
        day = moment
    return day - timedelta(days=day.weekday())


def start_of_day(day: date) -> datetime:
    """Midnight of a day in the city, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def week_start_moment(moment: datetime | date | None = None) -> datetime:
    """Midnight of the Monday of that week: the only moment kept of what isn't signed."""
    return start_of_day(week_of(moment))


_HOLIDAYS = holidays.France()


def is_working_day(day: date) -> bool:
    """Monday to Friday, public holidays of France excepted."""
    return day.weekday() < 5 and day not in _HOLIDAYS


def add_working_days(day: date, n: int) -> date:
    """The working day ``n`` working days after ``day`` (before, when negative)."""
    step = timedelta(days=1 if n >= 0 else -1)
    left = abs(n)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day
