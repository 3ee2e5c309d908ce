"""What the same people answered before and after, told as groups of k at least. Pure, without Django.

Every figure is of those who answered a question both times. Values are put together until each bar holds k of them
before *and* after; a question that keeps fewer than two bars isn't told. Nothing here says why anybody moved.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

# Under this, a change is said to be clear: one time in twenty, chance alone would show as much.
CLEAR = Fraction(1, 20)
UP, DOWN, NONE = "up", "down", "none"


@dataclass(frozen=True)
class Bar:
    """Values counted together: how many gave them before, how many after."""

    values: tuple
    before: int
    after: int


@dataclass(frozen=True)
class Moves:
    """How many went up, stayed, went down."""

    up: int
    same: int
    down: int


@dataclass(frozen=True)
class Shift:
    """What is told of one question. ``bars`` is empty when nothing is; ``moves`` is None when one is too small.

    ``means``, ``chance`` and ``verdict`` are of scales alone.
    """

    people: int
    bars: tuple[Bar, ...] = ()
    means: tuple[Fraction, Fraction] | None = None
    moves: Moves | None = None
    chance: Fraction | None = None
    verdict: str = ""

    @property
    def is_told(self) -> bool:
        return bool(self.bars)


def sign_test(up: int, down: int) -> Fraction:
    """How often chance alone would part those who moved as unevenly, or more: the exact two-sided sign test.

    Those who didn't move are left out. W. J. Dixon and A. M. Mood, "The statistical sign test", Journal of the
    American Statistical Association 41 (236), 1946, p. 557-566; W. J. Conover, Practical Nonparametric Statistics,
    3rd ed., 1999, section 3.4. With m = up + down and s the smaller of them:
    min(1, 2 x sum for i from 0 to s of C(m, i) / 2^m).
    """
    moved, smaller = up + down, min(up, down)
    tail = sum(comb(moved, number) for number in range(smaller + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**moved))


def of_scale(pairs: Sequence[tuple[int, int]], least: int, most: int, k: int) -> Shift:
    """A scale: its bars in order, both means, who moved which way, and whether it is more than chance would do."""
    people = len(pairs)
    if people < k:
        return Shift(people)
    bars = neighbours(_cells(pairs, range(least, most + 1)), k)
    if len(bars) < 2:
        return Shift(people)
    moves = Moves(
        up=sum(after > before for before, after in pairs),
        same=sum(after == before for before, after in pairs),
        down=sum(after < before for before, after in pairs),
    )
    chance = sign_test(moves.up, moves.down)
    verdict = NONE if chance >= CLEAR else UP if moves.up > moves.down else DOWN
    means = tuple(Fraction(sum(pair[side] for pair in pairs), people) for side in (0, 1))
    # One that is too small would be found from the two others.
    told = moves if min(moves.up, moves.same, moves.down) >= k else None
    return Shift(people, bars, means, told, chance if told else None, verdict)


def of_choices(pairs: Sequence[tuple[str, str]], choices: Iterable[str], k: int) -> Shift:
    """Choices without an order: each that is large enough before and after, then the others together."""
    people = len(pairs)
    bars = together(_cells(pairs, choices), k) if people >= k else ()
    return Shift(people, bars if len(bars) >= 2 else ())


def _cells(pairs: Sequence[tuple], values: Iterable) -> list[Bar]:
    then, now = Counter(before for before, _after in pairs), Counter(after for _before, after in pairs)
    return [Bar((value,), then[value], now[value]) for value in values]


def neighbours(cells: Sequence[Bar], k: int) -> tuple[Bar, ...]:
    """Cells in their order, each put with the next ones until it may be told; what is left goes with the last."""
    bars, held = [], []
    for cell in cells:
        held.append(cell)
        if _may_be_told(held, k):
            bars.append(held)
            held = []
    if held:
        bars = [*bars[:-1], [*bars[-1], *held]] if bars else []
    while bars and not _may_be_told(bars[-1], k):
        bars = [*bars[:-2], [*bars[-2], *bars[-1]]] if len(bars) > 1 else []
    return tuple(_sum(bar) for bar in bars)


def together(cells: Sequence[Bar], k: int) -> tuple[Bar, ...]:
    """Cells large enough on both sides, the others as one; the smallest shown join these while they are too few."""
    shown = [cell for cell in cells if min(cell.before, cell.after) >= k]
    others = [cell for cell in cells if min(cell.before, cell.after) < k and cell.before + cell.after]
    while others and shown and not _may_be_told(others, k):
        smallest = min(min(cell.before, cell.after) for cell in shown)
        others += [cell for cell in shown if min(cell.before, cell.after) == smallest]
        shown = [cell for cell in shown if min(cell.before, cell.after) > smallest]
    if others and not _may_be_told(others, k):
        return ()
    return (*shown, *((_sum(others),) if others else ()))


def _may_be_told(cells: Sequence[Bar], k: int) -> bool:
    return all(_side_may_be_told([getattr(cell, side) for cell in cells], k) for side in ("before", "after"))


def _side_may_be_told(counts: Sequence[int], k: int) -> bool:
    """k of them; and not so many that each must be as large as a small one can be."""
    is_forced = len(counts) > 1 and max(counts) < k and sum(counts) == (k - 1) * len(counts)
    return sum(counts) >= k and not is_forced


def _sum(cells: Sequence[Bar]) -> Bar:
    values = tuple(value for cell in cells for value in cell.values)
    return Bar(values, sum(cell.before for cell in cells), sum(cell.after for cell in cells))
