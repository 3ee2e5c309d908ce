"""Keeping what coverage was, once a month: what curves and the public figures are drawn from."""

from datetime import date

from django.db import transaction

from src.foundations import clock
from trainings.obligations.models import Obligation

from .. import selectors
from ..models import CoverageMonth


@transaction.atomic
def keep_month(day: date | None = None) -> int:
    """Write the month of a day for each active obligation, if it isn't there yet; twice in a month writes nothing."""
    month = (day or clock.today()).replace(day=1)
    kept = set(CoverageMonth.objects.filter(month=month).values_list("obligation_id", flat=True))
    missing = list(Obligation.objects.active().exclude(pk__in=kept))
    rows = [
        CoverageMonth(
            obligation_id=obligation, direction_id=direction, month=month, asked=count.asked, covered=count.covered
        )
        for (obligation, direction), count in selectors.by_direction(missing).items()
        if direction is not None and count.asked
    ]
    CoverageMonth.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
