"""Trends between the editions of a barometer: shares with their interval, and what changed. Without a database.

A share is told of the people who answered a question. Its interval is Wilson's (``representativeness.wilson``),
that of a change is Newcombe's; both say what chance alone allows, had those who answered been drawn by lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, sqrt

from .representativeness import Z, wilson

PERCENT = 100


class Verdict(StrEnum):
    """What a change is said to be."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True)
class Share:
    """``counted`` of the ``number`` people who answered; ``low`` and ``high`` bound the share (95 %), from 0 to 1."""

    counted: float
    number: int

    @property
    def value(self) -> float:
        return self.counted / self.number

    @property
    def low(self) -> float:
        return wilson(self.counted, self.number)[0]

    @property
    def high(self) -> float:
        return wilson(self.counted, self.number)[1]

    @property
    def percent(self) -> int:
        """In whole points, as it is told."""
        return round(PERCENT * self.value)


@dataclass(frozen=True)
class Change:
    """From one edition to a later one; in points, ``low`` and ``high`` bound what chance would allow (95 %)."""

    points: float
    low: float
    high: float

    @property
    def told(self) -> tuple[int, int, int]:
        """In whole points, as it is told: the bounds outwards, so that it never says more than the figures."""
        return round(self.points), floor(self.low), ceil(self.high)

    @property
    def verdict(self) -> Verdict:
        """Up or down when chance alone wouldn't do it: the whole interval, as told, is on one side of zero."""
        _points, low, high = self.told
        if low > 0:
            return Verdict.UP
        return Verdict.DOWN if high < 0 else Verdict.NONE


def newcombe(before: Share, after: Share, z: float = Z) -> tuple[float, float]:
    """The interval of the difference of two shares of different people, ``after`` less ``before``.

    With p and (l, u) each share and its Wilson interval, d = p₂ − p₁: from d − √((p₂−l₂)² + (u₁−p₁)²) to
    d + √((u₂−p₂)² + (p₁−l₁)²). R. G. Newcombe, « Interval estimation for the difference between independent
    proportions: comparison of eleven methods », Statistics in Medicine 17 (8), 1998, p. 873–890, method 10.
    """
    (low1, high1), (low2, high2) = wilson(before.counted, before.number, z), wilson(after.counted, after.number, z)
    p1, p2 = before.value, after.value
    difference = p2 - p1
    return (
        difference - sqrt((p2 - low2) ** 2 + (high1 - p1) ** 2),
        difference + sqrt((high2 - p2) ** 2 + (p1 - low1) ** 2),
    )


def change(before: Share, after: Share, rounding: float = 0) -> Change:
    """What changed from one share to another, in points; ``rounding``: what their rounding may hide, on each side."""
    low, high = newcombe(before, after)
    return Change(PERCENT * (after.value - before.value), PERCENT * low - rounding, PERCENT * high + rounding)


def is_flat(shares: Sequence[Share]) -> bool:
    """Whether nothing moved over a line of two editions or more: no change is net, from one to any other."""
    if len(shares) < 2:
        return False
    pairs = [(one, other) for place, one in enumerate(shares) for other in shares[place + 1 :]]
    return all(change(one, other).verdict == Verdict.NONE for one, other in pairs)
