"""Adding ratings up: months recounted from the rows, periods released once and for good."""

from collections import defaultdict
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from src.foundations import clock

from ..models import Rating, RatingMonth, RatingPeriod
from ..months import Totals, month_of, next_month, periods, told_flagged
from .rating import COLUMNS

GRADES = tuple(COLUMNS[grade] for grade in (5, 4, 3, 2, 1))


def smallest() -> int:
    """The smallest number of ratings that is told."""
    return max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)


@transaction.atomic
def recount() -> int:
    """Rebuild every month whose ratings are still all held, in one reading; returns how many months.

    Totals don't move when nothing was lost: it is what repairs them, and what a test compares them with.
    """
    _hold_months()
    held = next_month(clock.today() - timedelta(days=settings.TERRAIN_RATING_DAYS))
    counted = _months_of(Rating.objects.filter(day__gte=held))
    RatingMonth.objects.filter(month__gte=held).delete()
    RatingMonth.objects.bulk_create(
        [
            RatingMonth(point_id=point, month=month, **dict(zip(GRADES, totals.grades, strict=True)))
            for (point, month), totals in sorted(counted.items())
        ],
        batch_size=1000,
    )
    return len(counted)


def _hold_months() -> None:
    """Ratings that come meanwhile wait to be counted: read before them, a total would replace theirs."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(RatingMonth._meta.db_table)} IN EXCLUSIVE MODE")


def _months_of(ratings) -> dict[tuple[int, date], Totals]:
    """Point and month → totals; one statement."""
    rows = (
        ratings.order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("point_id", "month", "grade")
        .annotate(n=Count("pk"), flagged=Count("pk", filter=Q(flags__gt=0)))
    )
    found: dict[tuple[int, date], Totals] = defaultdict(Totals)
    for point, month, grade, count, flagged in rows:
        grades = tuple(count if one == grade else 0 for one in (5, 4, 3, 2, 1))
        found[point, month] += Totals(grades, flagged)  # type: ignore[arg-type]
    return found


def release(today: date | None = None) -> int:
    """Release the periods that whole months make since the last one told; returns how many. Twice: none more.

    A month is told when it is over, with the months before it that waited. Three statements when there is nothing.
    """
    this_month = month_of(today or clock.today())
    told: dict[int, date] = {}
    for point, last in RatingPeriod.objects.order_by().values_list("point_id", "last"):
        told[point] = max(last, told.get(point, last))
    waiting = defaultdict(list)
    for row in RatingMonth.objects.filter(month__lt=this_month).order_by("point_id", "month"):
        if row.point_id not in told or row.month > told[row.point_id]:
            waiting[row.point_id].append(row)
    if not waiting:
        return 0
    k = smallest()
    first = min(row.month for rows in waiting.values() for row in rows)
    flagged = _flagged(first, next_month(this_month))
    made = []
    for point, rows in waiting.items():
        months = [(row.month, _totals(row, flagged.get((point, row.month), 0))) for row in rows]
        made += [
            RatingPeriod(
                point_id=point,
                first=period.first,
                last=period.last,
                flagged=told_flagged(period.totals, k),
                **dict(zip(GRADES, period.totals.grades, strict=True)),
            )
            for period in periods(months, k)
        ]
    with transaction.atomic():
        RatingPeriod.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    return len(made)


def _flagged(first: date, end: date) -> dict[tuple[int, date], int]:
    rows = (
        Rating.objects.filter(flags__gt=0, day__gte=first, day__lt=end)
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("point_id", "month")
        .annotate(n=Count("pk"))
    )
    return {(point, month): count for point, month, count in rows}


def _totals(row, flagged: int = 0) -> Totals:
    return Totals((row.very_good, row.good, row.average, row.bad, row.very_bad), flagged)
