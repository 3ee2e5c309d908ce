"""What everybody reads of ratings: sums of released periods, answers to reports, evaluations beside. Few statements.

Nothing here reads a rating or a month: only ``RatingPeriod``, so that what isn't told can't be told by accident.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from src.accountability.models import ResponseOwed
from src.foundations import clock
from src.participation.small_numbers import Cell, publishable

from .models import IndependentEvaluation, ProblemReport, RatingPeriod, RatingPoint
from .months import Totals, month_of, months_before, next_month, wilson
from .services.figures import smallest

MONTHS = 12
OTHERS = "autres"


@dataclass(frozen=True)
class Share:
    """Ratings, and the share of satisfied with its 95 % interval, in whole percents."""

    answers: int
    satisfied: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.satisfied / self.answers) if self.answers else None

    @property
    def low(self) -> int | None:
        return int(100 * wilson(self.satisfied, self.answers)[0]) if self.answers else None

    @property
    def high(self) -> int | None:
        return -int(-100 * wilson(self.satisfied, self.answers)[1] // 1) if self.answers else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.answers + other.answers, self.satisfied + other.satisfied)


@dataclass(frozen=True)
class PeriodLine:
    """A released period of a point."""

    first: date
    last: date
    share: Share
    totals: Totals
    # How many the check flagged; None unless they and the others are numerous enough.
    flagged: int | None


@dataclass
class PointLine:
    """A point over twelve months."""

    point: RatingPoint
    share: Share
    periods: list[PeriodLine] = field(default_factory=list)
    evaluation: IndependentEvaluation | None = None
    late: int = 0

    @property
    def is_unusual(self) -> bool:
        return any(period.flagged for period in self.periods)


@dataclass(frozen=True)
class Answers:
    """Answers to problem reports over twelve months; share and median from the smallest number upwards."""

    key: str
    label: str
    answered: int
    in_time: int | None
    median_days: int | None
    waiting: int
    late: int


@dataclass
class Quality:
    """The page, its files and the API."""

    k: int
    since: date
    until: date
    city: Share
    directions: list[tuple[str, str, Share]]
    points: list[PointLine]
    answers: list[Answers]
    city_answers: Answers


def quality(today: date | None = None) -> Quality:
    """The figures of the last twelve whole months: city, directions, points. Four statements, whatever the number.

    A period belongs to the window when its last month does. A direction is the sum of what its points tell: nothing
    that is held back at a point is inside, so that no subtraction gives it.
    """
    day = today or clock.today()
    until = month_of(day) - timedelta(days=1)
    since = months_before(month_of(day), MONTHS)
    lines = {point.pk: PointLine(point, Share(0, 0)) for point in _points()}
    for row in RatingPeriod.objects.filter(last__gte=since, last__lt=month_of(day)).order_by("point_id", "first"):
        line = lines[row.point_id]
        line.periods.append(_period(row))
        line.share += Share(row.total, row.satisfied)
    for evaluation in evaluations():
        line = lines.get(evaluation.point_id)
        if line is not None and line.evaluation is None:
            line.evaluation = evaluation
    directions: dict[tuple[str, str], Share] = defaultdict(lambda: Share(0, 0))
    city = Share(0, 0)
    for line in lines.values():
        city += line.share
        if line.share.answers:
            directions[direction_of(line.point.unit)] += line.share
    answers, city_answers, late = _answers(day, since)
    for point, count in late.items():
        lines[point].late = count
    return Quality(
        k=smallest(),
        since=since,
        until=until,
        city=city,
        directions=[
            (code, name, share) for (code, name), share in sorted(directions.items(), key=lambda one: one[0][1])
        ],
        points=list(lines.values()),
        answers=answers,
        city_answers=city_answers,
    )


def _points():
    return RatingPoint.objects.select_related("unit__direction").order_by("name", "pk")


def evaluations():
    """Published evaluations, the latest first."""
    return IndependentEvaluation.objects.filter(is_published=True).order_by("-evaluated_on", "-pk")


def _period(row: RatingPeriod) -> PeriodLine:
    totals = Totals((row.very_good, row.good, row.average, row.bad, row.very_bad), row.flagged or 0)
    return PeriodLine(row.first, row.last, Share(row.total, row.satisfied), totals, row.flagged)


def direction_of(unit) -> tuple[str, str]:
    """Code and name of the direction a unit is told with."""
    direction = unit.direction or unit
    return direction.code, direction.name


def periods_of(point: RatingPoint) -> list[PeriodLine]:
    """Every released period of a point, the latest first."""
    return [_period(row) for row in RatingPeriod.objects.filter(point=point).order_by("-last")]


def months_words(first: date, last: date) -> tuple[date, date | None]:
    """The months of a period as they are written: one, or first and last."""
    return (first, None) if next_month(first) == next_month(last) else (first, last)


def _owed(day: date, since: date):
    rows = ResponseOwed.objects.filter(subject_kind=ProblemReport.SUBJECT, cancelled_on__isnull=True)
    return rows.filter(answered_on__isnull=True) | rows.filter(answered_on__gte=since, answered_on__lte=day)


def _answers(day: date, since: date):
    """Answers by direction, those with few told together; and late ones by point. Two statements."""
    found: dict[tuple[str, str], list[ResponseOwed]] = defaultdict(list)
    late_reports = {}
    for owed in _owed(day, since).select_related("unit__direction").order_by("pk"):
        found[direction_of(owed.unit)].append(owed)
        if owed.is_late(day):
            late_reports[owed.subject_reference] = True
    late: dict[int, int] = defaultdict(int)
    if late_reports:
        rows = ProblemReport.objects.filter(reference__in=list(late_reports)).order_by("pk")
        for point in rows.values_list("point_id", flat=True):
            late[point] += 1
    counts = {code: sum(owed.answered_on is not None for owed in rows) for (code, _name), rows in found.items()}
    shown, _together = publishable(Cell(code, count) for code, count in counts.items())
    told = {cell.key for cell in shown}
    lines = [_line(code, name, rows, day) for (code, name), rows in found.items() if code in told]
    merged = [owed for (code, _name), rows in found.items() if code not in told for owed in rows]
    lines.sort(key=lambda line: line.label)
    if merged and told:
        lines.append(_line(OTHERS, "", merged, day))
    everything = [owed for rows in found.values() for owed in rows]
    return lines, _line("", "", everything, day), late


def _line(key: str, label: str, rows: list[ResponseOwed], day: date) -> Answers:
    answered = [owed for owed in rows if owed.answered_on is not None]
    enough = len(answered) >= smallest()
    in_time = sum(owed.answered_on <= owed.promised_on for owed in answered)
    delays = [(owed.answered_on - owed.started_on).days for owed in answered]
    return Answers(
        key=key,
        label=label,
        answered=len(answered),
        in_time=round(100 * in_time / len(answered)) if enough else None,
        median_days=round(median(delays)) if enough else None,
        waiting=len(rows) - len(answered),
        late=sum(owed.is_late(day) for owed in rows),
    )


@dataclass(frozen=True)
class OpenReport:
    """A report that waits, as everybody sees it: never its words."""

    week: date
    promised_on: date
    days_late: int


def waiting_reports(point: RatingPoint, day: date | None = None) -> list[OpenReport]:
    """Reports of a point that wait, the oldest promise first; two statements."""
    day = day or clock.today()
    references = list(ProblemReport.objects.filter(point=point, state="open").values_list("reference", flat=True))
    rows = ResponseOwed.objects.open().filter(subject_kind=ProblemReport.SUBJECT, subject_reference__in=references)
    return [
        OpenReport(owed.started_on, owed.promised(day), owed.days_late(day))
        for owed in rows.order_by("promised_on", "pk")
    ]
