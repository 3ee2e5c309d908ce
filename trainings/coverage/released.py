"""What of coverage may be told to those who don't read names: shares in steps so wide that nobody shows. Pure.

A share is told as a step of a fixed grid ("between 60 and 65 %"). The step is as wide as ``k`` people at least, so
whoever knows how many are asked still finds ``k`` possible counts. Everybody and nobody are never told as such. A
total is told only if, taken away from it, the others leave each place as wide as it was (ADR 0424).
"""

from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1, 2, 5, 10, 20, 25, 50)
# Denominators are rounded too: who joined or left isn't read from them.
ROUNDED_TO = 10


@dataclass(frozen=True)
class Share:
    """One place: how many are asked and how many are covered."""

    key: object
    asked: int
    covered: int


@dataclass(frozen=True)
class Told:
    """What is told of one place; without a step, nothing."""

    key: object
    low: int | None = None
    high: int | None = None
    asked: int = 0

    @property
    def is_told(self) -> bool:
        return self.low is not None


def step_of(asked: int, k: int) -> int | None:
    """The finest step that holds k people; None when even half of them don't."""
    return next((step for step in STEPS if asked * step >= k * 100), None)


def told(share: Share, k: int) -> Told:
    """One place in its step; both ends of the scale are a step like another."""
    step = step_of(share.asked, k)
    if step is None:
        return Told(share.key)
    low = min(share.covered * 100 // share.asked // step * step, 100 - step)
    return Told(share.key, low, low + step, rounded(share.asked))


def rounded(asked: int) -> int:
    return round(asked / ROUNDED_TO) * ROUNDED_TO


def possible(one: Told, asked: int) -> tuple[int, int]:
    """The counts that a reader who knows how many are asked can't tell apart: the first and the last."""
    if not one.is_told:
        return 0, asked
    last = asked if one.high == 100 else -(-one.high * asked // 100) - 1
    return -(-one.low * asked // 100), last


def together(shares: Iterable[Share], k: int) -> tuple[list[Told], Told | None]:
    """Each place, and the whole where it takes nothing away from what is hidden of any place."""
    shares = list(shares)
    each = [told(share, k) for share in shares]
    whole = told(Share(None, sum(one.asked for one in shares), sum(one.covered for one in shares)), k)
    if len(shares) < 2 or not whole.is_told:
        return each, None
    spans = [possible(one, share.asked) for one, share in zip(each, shares, strict=True)]
    least, most = possible(whole, sum(share.asked for share in shares))
    lows, highs = sum(low for low, _high in spans), sum(high for _low, high in spans)
    for share, (low, high) in zip(shares, spans, strict=True):
        first = max(low, least - (highs - high))
        last = min(high, most - (lows - low))
        if last - first + 1 < min(k, share.asked + 1):
            return each, None
    return each, whole
