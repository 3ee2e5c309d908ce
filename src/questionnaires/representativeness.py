"""Who answered beside who was asked, category by category, as gaps with their interval.

Two readings. After closing, from exact counts, once, in the release. While it is open, for organisers alone: counts by
tens and an hour old, of categories of fifty people at least, and what follows from these alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from .breakdowns import rounded
from .people_tree import Group, second, tree

# 95 %.
Z = 1.959964
PERCENT = 100
TENS = 10
LEAST_PEOPLE = 50
# Points under its share from which somebody is asked to go and see.
NOTABLE = 5


@dataclass(frozen=True)
class Gap:
    """A category: shares among those who answered and those who were asked, in points; ``low`` and ``high`` bound the
    gap."""

    share: float
    staff: float
    low: float
    high: float

    @property
    def points(self) -> int:
        """The gap in whole points; negative when too few answered."""
        return round(self.share - self.staff)

    @property
    def is_notable(self) -> bool:
        """Too few: five points or more, and chance alone wouldn't do it."""
        return self.points <= -NOTABLE and self.high < 0


def wilson(counted: int, number: int, z: float = Z) -> tuple[float, float]:
    """The score interval of a share ``counted / number``.

    With p the share and n the number: centre (p + z²/2n) / (1 + z²/n), half width
    z √(p(1−p)/n + z²/4n²) / (1 + z²/n). E. B. Wilson, « Probable inference, the law of succession, and statistical
    inference », Journal of the American Statistical Association 22 (158), 1927, p. 209–212.
    """
    if not number:
        return 0.0, 1.0
    share, square = counted / number, z * z / number
    centre = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / number + square / (4 * number)) / (1 + square)
    return max(0.0, centre - half), min(1.0, centre + half)


def gap(counted: int, number: int, people: int, everybody: int) -> Gap:
    """The gap of one category: ``counted`` of the ``number`` who answered, ``people`` of ``everybody`` asked.

    The people asked are known, not sampled: the interval is that of the share among those who answered, less the
    share of the people asked.
    """
    low, high = wilson(counted, number)
    staff = people / everybody
    return _in_points(counted / number, staff, low, high)


def gap_by_tens(tens: int, number: int, people: int, everybody: int) -> Gap:
    """The same from counts rounded down to tens: the widest interval over all the counts they may stand for."""
    most, many = tens + TENS - 1, number + TENS - 1
    low, _high = wilson(tens, many)
    _low, high = wilson(min(most, number), number)
    share = min(1.0, (tens + most) / (number + many))
    return _in_points(share, people / everybody, low, high)


def _in_points(share: float, staff: float, low: float, high: float) -> Gap:
    return Gap(PERCENT * share, PERCENT * staff, PERCENT * (low - staff), PERCENT * (high - staff))


@dataclass(frozen=True)
class Line:
    """One category of one axis, as it is told."""

    axis: int
    group: Group
    people: int
    answers: int
    gap: Gap


def after(groups: Sequence[Group], answered: Mapping, frame: Mapping, k: int) -> list[dict]:
    """The lines of the release, from exact counts; counts rounded to five, shares and gaps to one point."""
    everybody, number = sum(frame.values()), sum(answered.values())
    lines = []
    for axis, group in _told(groups):
        people, counted = _sum(frame, group), _sum(answered, group)
        if not people:
            continue
        found = gap(counted, number, people, everybody)
        lines.append(
            {
                "axis": axis,
                "code": group.code,
                "codes": list(group.codes),
                "people": people,
                "answers": rounded(counted, k),
                "share": round(found.share),
                "staff": round(found.staff),
                "gap": found.points,
                "low": round(found.low),
                "high": round(found.high),
                "notable": found.is_notable,
            }
        )
    return lines


def while_open(answered: Mapping, frame: Mapping, k: int) -> list[Line]:
    """The lines an organiser reads while it is open; none under fifty answers.

    Every figure follows from the counts by tens and the people asked.
    """
    number = sum(answered.values()) // TENS * TENS
    groups = tree(answered, frame, k, LEAST_PEOPLE)
    if number < LEAST_PEOPLE or len(groups) < 2:
        return []
    everybody = sum(frame.values())
    lines = []
    for axis, group in _told(groups):
        people, tens = _sum(frame, group), _sum(answered, group) // TENS * TENS
        if people >= LEAST_PEOPLE:
            lines.append(Line(axis, group, people, tens, gap_by_tens(tens, number, people, everybody)))
    return lines


def _told(groups: Sequence[Group]) -> Iterable[tuple[int, Group]]:
    if len(groups) < 2:
        return []
    return [*((0, group) for group in groups), *((1, group) for group in second(groups))]


def _sum(counts: Mapping, group: Group) -> int:
    return sum(counts.get(atom, 0) for atom in group.atoms)


def atom_of(axes: Sequence[str], segments: Mapping[str, str], unknown: str) -> tuple[str, str]:
    """The two categories of somebody's segment; one unknown is with the others."""
    first, *rest = [segments.get(axis, unknown) for axis in axes]
    return first, rest[0] if rest else ""


def count_atoms(axes: Sequence[str], segments: Iterable[Mapping[str, str]], unknown: str) -> Counter:
    """How many answered, by pair of categories."""
    return Counter(atom_of(axes, one, unknown) for one in segments)


def frame_atoms(cells: Iterable[Sequence]) -> dict[tuple[str, str], int]:
    """The people asked, by pair of categories; the second is "" with one axis."""
    return {(cell[0], cell[1] if len(cell) > 2 else ""): cell[-1] for cell in cells}
