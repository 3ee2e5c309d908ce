"""Moments at which a ballot may open and close, offered before they are typed, or beside a refusal."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from src.foundations import clock

from . import rules
from .models.ballot import LEAST_OPEN

OPENS_AT, CLOSES_AT = time(9), time(18)
DAYS = 8


def first_dates(now: datetime | None = None) -> tuple[datetime, datetime]:
    """The next working morning, and the first working evening eight days later."""
    today = timezone.localdate(now or clock.now())
    opens_on = clock.add_working_days(today, 1)
    closes_on = opens_on + timedelta(days=DAYS)
    while not clock.is_working_day(closes_on):
        closes_on += timedelta(days=1)
    return _moment(opens_on, OPENS_AT), _moment(closes_on, CLOSES_AT)


def nearest_closing(opens_at: datetime, closes_at: datetime) -> datetime:
    """The first moment from what was asked on at which a ballot may close: never refused for the same reason."""
    asked = timezone.localtime(max(closes_at, opens_at + LEAST_OPEN))
    if rules.closes_when_people_work(asked):
        return asked
    day = asked.date()
    if clock.is_working_day(day) and asked.hour < rules.FIRST_HOUR:
        return _moment(day, time(rules.FIRST_HOUR))
    return _moment(clock.add_working_days(day, 1), time(rules.FIRST_HOUR))


def _moment(day, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
