"""When a group should meet: months, usual days and public holidays. Pure, without a database."""

import calendar
from datetime import date, timedelta

from src.foundations import clock

WEEK = timedelta(days=7)


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later; the last day of the month when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(since: date, months: int) -> date:
    """The last day on which the agreed rhythm is kept, for a group that met (or agreed to meet) on ``since``."""
    return add_months(since, months)


def proposed(*, since: date, months: int, weekday: int, today: date, count: int = 3) -> list[date]:
    """Days to propose, soonest first, each on the usual day of the week and none on a public holiday.

    The first is the last usual day that keeps the rhythm, or the soonest one when that day has passed; the others
    follow week by week.
    """
    limit = due_on(since, months)
    day = limit - timedelta(days=(limit.weekday() - weekday) % 7)
    if day <= today:
        day = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    found: list[date] = []
    while len(found) < count:
        if clock.is_working_day(day):
            found.append(day)
        day += WEEK
    return found
