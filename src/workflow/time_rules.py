"""How long a subject has rested in a stage, in working days; a moment rounded to its week never counts early."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from src.foundations import clock


def counted_from(moment: datetime) -> date:
    """The day a delay counts from.

    Moves of sealed authors keep only midnight of their Monday: their delay counts from that week's Sunday, so that
    nobody loses days for having withheld their name.
    """
    week = clock.week_of(moment)
    if moment == clock.week_start_moment(week):
        return week + timedelta(days=6)
    return timezone.localdate(moment)


def due_on(stage_since: datetime, days: int) -> date:
    """The day by which a delay of so many working days has passed."""
    return clock.add_working_days(counted_from(stage_since), days)


def is_due(stage_since: datetime, days: int, now: datetime) -> bool:
    return due_on(stage_since, days) <= timezone.localdate(now)


def automatic_since(today: date, days: int) -> date:
    """The latest day of arrival whose delay of so many working days has passed today."""
    day = today - timedelta(days=days)
    while clock.add_working_days(day, days) > today:
        day -= timedelta(days=1)
    return day
