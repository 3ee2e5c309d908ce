"""Months, and which of them may be told together: pure arithmetic, without Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

# Two-sided 95 %.
Z = 1.959964


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_before(month: date, count: int) -> date:
    """The first day of the month ``count`` months earlier."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Totals:
    """Five totals, very good first, and how many of the whole were flagged."""

    grades: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    flagged: int = 0

    @property
    def total(self) -> int:
        return sum(self.grades)

    def __add__(self, other: "Totals") -> "Totals":
        summed = tuple(a + b for a, b in zip(self.grades, other.grades, strict=True))
        return Totals(summed, self.flagged + other.flagged)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Period:
    """Whole months told together."""

    first: date
    last: date
    totals: Totals


def periods(months: Iterable[tuple[date, Totals]], k: int) -> list[Period]:
    """The periods that whole months make, in their order: each closes with the month in which it reaches ``k``.

    What is left at the end, under ``k``, waits and is told nowhere. Each period stands for itself, so that any sum or
    difference of what is told is a sum or difference of cells of at least ``k``.
    """
    found, first, running = [], None, Totals()
    for month, totals in sorted(months, key=lambda pair: pair[0]):
        if not totals.total and first is None:
            continue
        first = first or month
        running += totals
        if running.total >= k:
            found.append(Period(first, month, running))
            first, running = None, Totals()
    return found


def told_flagged(totals: Totals, k: int) -> int | None:
    """How many were flagged, when neither they nor the others are fewer than ``k``; None otherwise."""
    return totals.flagged if min(totals.flagged, totals.total - totals.flagged) >= k else None


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share, from 0 to 1 (E. B. Wilson, 1927, without continuity correction).

    It stays within 0 and 1 and remains honest for small numbers, which the usual one doesn't.
    """
    if whole <= 0:
        return (0.0, 1.0)
    share, square = part / whole, Z * Z
    middle = share + square / (2 * whole)
    half = Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return (max(0.0, (middle - half) / (1 + square / whole)), min(1.0, (middle + half) / (1 + square / whole)))
