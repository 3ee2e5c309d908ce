"""Answers in figures, for everybody: how many in time, after how many days, what waits, and the cases behind each.

One window (twelve whole months and the present one) and two fixed axes, the direction and the month, never crossed.
A direction with fewer answers than the smallest number is told with the others: a share of four answers says nothing,
and its one late answer would be somebody's (ADR 0270).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, DateField, DurationField, ExpressionWrapper, F, Min, Q
from django.db.models.functions import TruncMonth

from src.foundations import clock
from src.participation.small_numbers import Cell, publishable

from .models import ResponseOwed
from .registry import published_subjects

MONTHS = 12
OTHERS = "autres"
# Owed by the city as a whole: what isn't with a direction yet.
NO_DIRECTION = "ville"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What was answered and what waits, for one direction, for the others together or for the whole city.

    ``key`` is what the address of its cases carries: a direction's code, ``autres``, or "" for the city. Delays in
    days. ``share`` and ``median_days`` are None under the smallest number of answers.
    """

    key: str
    label: str
    answered: int
    in_time: int
    median_days: int | None
    waiting: int
    late: int
    oldest: date | None

    @property
    def share(self) -> int | None:
        """Answers given in time, in whole percents."""
        return _share(self.in_time, self.answered)


@dataclass(frozen=True)
class Month:
    """Answers given in one month, by the whole city."""

    first: date
    answered: int
    in_time: int

    @property
    def share(self) -> int | None:
        """Answers given in time, in whole percents; None under the smallest number."""
        return _share(self.in_time, self.answered)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Everything the page, its files and the API tell."""

    since: date
    k: int
    city: Line
    directions: list[Line]
    months: list[Month]


@dataclass
class _Sum:
    """What is added up for one line."""

    delays: Counter = field(default_factory=Counter)
    in_time: int = 0
    waiting: int = 0
    late: int = 0
    oldest: date | None = None

    def add(self, other: "_Sum") -> None:
        self.delays.update(other.delays)
        self.in_time += other.in_time
        self.waiting += other.waiting
        self.late += other.late
        self.oldest = min((day for day in (self.oldest, other.oldest) if day), default=None)

    @property
    def answered(self) -> int:
        return self.delays.total()

    def line(self, key: str, label: str) -> Line:
        return Line(
            key=key,
            label=label,
            answered=self.answered,
            in_time=self.in_time,
            median_days=_median(self.delays) if self.answered >= smallest() else None,
            waiting=self.waiting,
            late=self.late,
            oldest=self.oldest,
        )


def answer_figures(on: date | None = None) -> Figures:
    """The figures of the day. Three statements, whatever the number of answers.

    They count the answers owed to published subjects: what is in a space of members, in an archive or hidden by
    moderation isn't told outside. A direction's line is shown from eleven answers (the setting) upwards; the others
    are one line, which takes the smallest of the shown when it would be too small itself.
    """
    day = on or clock.today()
    since = first_day(day)
    sums: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    _add_answers(sums, since, day)
    _add_waiting(sums, day)
    city = _Sum()
    for one in sums.values():
        city.add(one)
    return Figures(
        since=since, k=smallest(), city=city.line("", ""), directions=_lines(sums), months=_months(since, day)
    )


def told_directions(figures: Figures) -> dict[str, str]:
    """Code → name of the directions that have a line of their own."""
    return {line.key: line.label for line in figures.directions if line.key != OTHERS}


def published_counts() -> list[dict[str, int]]:
    """The answers of each direction as they are read, for the registry of what is published."""
    lines = answer_figures().directions
    return [{"" if line.key == OTHERS else line.key: line.answered for line in lines if line.answered}]


def published(day: date):
    """Answers owed to published subjects, as far as they are told: answered in the window, or waiting."""
    condition = Q(pk__in=[])
    for kind, references in published_subjects().items():
        condition |= Q(subject_kind=kind, subject_reference__in=references().values("reference"))
    in_window = Q(answered_on__gte=first_day(day), answered_on__lte=day)
    return ResponseOwed.objects.filter(condition, in_window | Q(answered_on__isnull=True, cancelled_on__isnull=True))


def smallest() -> int:
    """The number of answers from which a share is told."""
    return max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)


def first_day(day: date) -> date:
    """The first day told: twelve whole months before the present one."""
    first = day.replace(day=1)
    for _month in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _add_answers(sums, since: date, day: date) -> None:
    delay = ExpressionWrapper(F("answered_on") - F("started_on"), output_field=DurationField())
    rows = (
        published(day)
        .filter(answered_on__isnull=False)
        .order_by()
        .annotate(delay=delay)
        .values_list("unit__direction__code", "unit__direction__name", "delay")
        .annotate(n=Count("pk"), kept=Count("pk", filter=Q(answered_on__lte=F("promised_on"))))
    )
    for code, name, taken, count, kept in rows:
        line = sums[code or NO_DIRECTION, name or ""]
        line.delays[max(0, taken.days)] += count
        line.in_time += kept


def _add_waiting(sums, day: date) -> None:
    late = Q(paused_on__isnull=True, promised_on__lt=day) | Q(paused_until__lt=day, promised_after_pause__lt=day)
    rows = (
        published(day)
        .filter(answered_on__isnull=True)
        .order_by()
        .values_list("unit__direction__code", "unit__direction__name")
        .annotate(n=Count("pk"), late=Count("pk", filter=late), oldest=Min("started_on"))
    )
    for code, name, count, past, oldest in rows:
        line = sums[code or NO_DIRECTION, name or ""]
        line.waiting, line.late, line.oldest = count, past, oldest


def _lines(sums) -> list[Line]:
    shown, _together = publishable(Cell(code, one.answered) for (code, _name), one in sums.items())
    alone = {cell.key for cell in shown}
    others, lines = _Sum(), []
    for (code, name), one in sums.items():
        if code in alone:
            lines.append(one.line(code, name))
        else:
            others.add(one)
    lines.sort(key=lambda line: (line.label, line.key))
    if others.answered or others.waiting:
        lines.append(others.line(OTHERS, ""))
    return lines


def _months(since: date, day: date) -> list[Month]:
    counted = {
        month: (count, kept)
        for month, count, kept in published(day)
        .filter(answered_on__isnull=False)
        .order_by()
        .annotate(month=TruncMonth("answered_on", output_field=DateField()))
        .values_list("month")
        .annotate(n=Count("pk"), kept=Count("pk", filter=Q(answered_on__lte=F("promised_on"))))
    }
    months, first = [], since
    while first <= day:
        months.append(Month(first, *counted.get(first, (0, 0))))
        first = (first + timedelta(days=32)).replace(day=1)
    return months


def _share(in_time: int, answered: int) -> int | None:
    return round(100 * in_time / answered) if answered >= smallest() else None


def _median(delays: Counter) -> int:
    """The middle delay, the lower of two; delays are whole days."""
    middle, seen = (delays.total() + 1) // 2, 0
    for days in sorted(delays):
        seen += delays[days]
        if seen >= middle:
            return days
    raise ValueError("no delay")
