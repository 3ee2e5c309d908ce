"""What a plan gives, counted again from its tables."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from .setup import Setup

Round = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Gap:
    """How far one table is from everybody in one value, as a share of its people."""

    share: float
    round: int
    table: str
    trait: str
    value: str


@dataclass(frozen=True)
class Figures:
    """The counts of a plan, rounds held before included.

    ``bound``: a person meets at most Σ over rounds (people at their table - 1) others, and at most everybody else
    (n - 1). Summed over people and halved, since a meeting has two ends: Σ over tables of s(s - 1)/2, at most
    n(n - 1)/2. It supposes that nobody meets twice, whatever the rules. ``reachable`` takes rules off: people kept
    together meet each other once and no more, people kept apart never do.
    """

    meetings: int
    distinct: int
    bound: int
    reachable: int
    repeats: int
    kept_together: int
    most_times: int
    gap: Gap | None

    @property
    def coverage(self) -> float:
        """The part of the bound that is met."""
        return self.distinct / self.bound if self.bound else 1.0


def figures(setup: Setup, rounds: tuple[Round, ...], joined: set[tuple[str, str]]) -> Figures:
    """The figures of rounds; ``joined`` are the pairs whom the rules keep together."""
    tables = [names for one in setup.held for names in one]
    tables += [names for one in rounds for names in one.values()]
    times = Counter(pair for names in tables for pair in combinations(sorted(names), 2))
    people = {name for names in tables for name in names}
    meetings, pairs = sum(times.values()), len(people) * (len(people) - 1) // 2
    again = {pair: count - 1 for pair, count in times.items() if count > 1}
    together = sum(count for pair, count in again.items() if pair in joined)
    never = sum(pair not in times for pair in setup.apart if people.issuperset(pair) and pair[0] != pair[1])
    return Figures(
        meetings=meetings,
        distinct=len(times),
        bound=min(meetings, pairs),
        reachable=min(meetings - together, pairs - never),
        repeats=sum(again.values()) - together,
        kept_together=together,
        most_times=max((count for pair, count in times.items() if pair not in joined), default=0),
        gap=_gap(setup, rounds),
    )


def _gap(setup: Setup, rounds: tuple[Round, ...]) -> Gap | None:
    traits = {one.name: one.traits for one in setup.people}
    worst = None
    for number, tables in enumerate(rounds):
        everybody = [name for names in tables.values() for name in names]
        overall = Counter(pair for name in everybody for pair in traits[name].items())
        for table, names in sorted(tables.items()):
            here = Counter(pair for name in names for pair in traits[name].items())
            for (trait, value), count in sorted(overall.items()):
                share = abs(here[trait, value] / len(names) - count / len(everybody)) if names else 0.0
                if worst is None or share > worst.share:
                    worst = Gap(share, number, table, trait, value)
    return worst
