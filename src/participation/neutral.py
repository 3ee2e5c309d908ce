"""Whether the city is in a pre-electoral period today, and the sentence that says what it holds (ADR 0279)."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.foundations import clock

from .models import NeutralPeriod


def current(on: date | None = None) -> NeutralPeriod | None:
    """The period that runs on a day, the one that ends last if there are several; one statement."""
    day = on or clock.today()
    running = NeutralPeriod.objects.filter(starts_on__lte=day, ends_on__gte=day)
    return running.order_by("-ends_on", "pk").first()


def ends_at(period: NeutralPeriod) -> datetime:
    """The first moment after it: what was held may come out."""
    return clock.start_of_day(period.ends_on + timedelta(days=1))


def held_words(period: NeutralPeriod) -> str:
    """Why something isn't shown, and until when, for anybody who reads."""
    words = {"name": period.name, "day": date_format(period.ends_on, "DATE_FORMAT")}
    return (
        _("Pre-electoral period (%(name)s): until %(day)s the City shows facts and answers, no praise, no thanks.")
        % words
    )
