"""When mails leave people in peace: nights, weekends and public holidays, duties excepted."""

import datetime

from django.conf import settings
from django.utils import timezone

from src.foundations import clock


def next_open(moment: datetime.datetime) -> datetime.datetime:
    """The moment itself on a working day within hours, else the next working day's first hour, in the city's time."""
    hours = settings.TERRAIN_MAIL_HOURS
    if hours is None:
        return moment
    opens, closes = (datetime.time(hour % 24) for hour in hours)
    local = timezone.localtime(moment)
    day = local.date()
    if clock.is_working_day(day) and opens <= local.time() and (closes <= opens or local.time() < closes):
        return moment
    if not (clock.is_working_day(day) and local.time() < opens):
        day = clock.add_working_days(day, 1)
    return timezone.make_aware(datetime.datetime.combine(day, opens))
