"""One round that keeps every rule, or the proof that none exists.

Blocks that some rule binds are placed by a search that tries everything, up to a number of steps; the others fill what
is left. Tables that are alike for all who wait are tried once, and a situation that failed isn't met twice.
"""

import random
from collections import deque
from dataclasses import dataclass, field

from .blocks import Room, room_of, rules_of
from .setup import Clash, Setup

# Steps of one search at most, and looks at one block and one table: large halls have fewer steps.
STEPS, LOOKS = 20_000, 1_000_000


class Undecided(Exception):
    """The search spent its steps without an answer."""


@dataclass
class _Seating:
    room: Room
    number: int
    least: list[int]
    most: list[int]
    dice: random.Random
    steps: int
    failed: set = field(default_factory=set)

    def __post_init__(self):
        tables = len(self.most)
        self.sizes = [0] * tables
        self.seat: dict[int, int] = {}
        # For each table, the blocks that can't come: they aren't allowed, or somebody to avoid is there.
        self.closed = [
            sum(1 << b for b, allowed in enumerate(self.room.allowed[self.number]) if not allowed >> t & 1)
            for t in range(tables)
        ]
        everywhere = (1 << tables) - 1
        self.weights = [block.size for block in self.room.blocks]
        self.bound = [
            b
            for b, block in enumerate(self.room.blocks)
            if block.size > 1 or self.room.allowed[self.number][b] != everywhere or self.room.enemies[b]
        ]
        self.order = list(range(tables))
        self.steps = min(self.steps, max(500, LOOKS // max(1, len(self.bound) * tables)))
        self.dice.shuffle(self.order)

    def solve(self) -> list[int] | None:
        waiting = sum(1 << b for b in self.bound)
        free = sorted(set(range(len(self.room.blocks))) - set(self.bound))
        if not self._place(waiting, sum(self.weights)):
            return None
        self.dice.shuffle(free)
        short = [t for t in self.order for _seat in range(self.least[t] - self.sizes[t])]
        spare = [t for t in self.order for _seat in range(self.most[t] - max(self.sizes[t], self.least[t]))]
        self.dice.shuffle(spare)
        self.seat.update(zip(free, short + spare, strict=False))
        return [self.seat[b] for b in range(len(self.room.blocks))]

    def _place(self, waiting: int, left: int) -> bool:
        owed = sum(max(0, least - size) for least, size in zip(self.least, self.sizes, strict=True))
        room = sum(most - size for most, size in zip(self.most, self.sizes, strict=True))
        if owed > left or room < left:
            return False
        if not waiting:
            return True
        state = (waiting, tuple(sorted(self._likeness(t, waiting) for t in self.order)))
        if state in self.failed:
            return False
        self.steps -= 1
        if self.steps < 0:
            raise Undecided
        block, tables = self._hardest(waiting)
        bit, weight, tried = 1 << block, self.weights[block], set()
        for table in tables:
            likeness = self._likeness(table, waiting)
            if likeness in tried:
                continue
            tried.add(likeness)
            closed = self.closed[table]
            self.closed[table] |= self.room.enemies[block]
            self.sizes[table] += weight
            self.seat[block] = table
            if self._place(waiting & ~bit, left - weight):
                return True
            self.sizes[table] -= weight
            self.closed[table] = closed
        self.failed.add(state)
        return False

    def _likeness(self, table: int, waiting: int) -> tuple[int, int, int]:
        size = self.sizes[table]
        return self.most[table] - size, max(0, self.least[table] - size), self.closed[table] & waiting

    def _hardest(self, waiting: int) -> tuple[int, list[int]]:
        best = None
        for block in self.bound:
            if waiting >> block & 1:
                weight = self.weights[block]
                tables = [
                    t for t in self.order if not self.closed[t] >> block & 1 and self.sizes[t] + weight <= self.most[t]
                ]
                rank = (len(tables), -weight, -self.room.enemies[block].bit_count(), block)
                if best is None or rank < best[0]:
                    best = (rank, block, tables)
                if not tables:
                    break
        return best[1], best[2]


def even(seats: list[int], people: int, slack: int) -> tuple[list[int], list[int]]:
    """The least and the most of each table, ``slack`` away from sizes that differ by one at most (or are full)."""
    level = 0
    while sum(min(one, level + 1) for one in seats) <= people and level < max(seats):
        level += 1
    least = [max(0, min(one, level) - slack) for one in seats]
    return least, [min(one, level + 1 + slack) for one in seats]


def seat(
    setup: Setup, room: Room, number: int, slack: int, dice: random.Random, steps: int = STEPS
) -> list[int] | None:
    """The table of each block in one round, or None when it is proved that there is none. Raises ``Undecided``."""
    least, most = even([table.seats for table in setup.tables], sum(block.size for block in room.blocks), slack)
    return _Seating(room, number, least, most, dice, steps).solve()


def shortage(setup: Setup, room: Room, number: int) -> Clash | None:
    """People who can sit at some tables alone, which have fewer seats than they are: the least such cut, or None."""
    kinds: dict[int, list[int]] = {}
    for rank, block in enumerate(room.blocks):
        kinds.setdefault(room.allowed[number][rank], []).extend(block.members)
    flow = {(kind, t): 0 for kind in kinds for t in range(len(setup.tables)) if kind >> t & 1}
    taken = [0] * len(setup.tables)
    for kind in sorted(kinds):
        for _person in kinds[kind]:
            reached = _augment(kind, flow, taken, [table.seats for table in setup.tables])
            if reached:
                seen_kinds, seen_tables = reached
                people = sorted(member for one in seen_kinds for member in kinds[one])
                seats = sum(setup.tables[t].seats for t in seen_tables)
                return Clash(
                    "too_few_seats",
                    tuple(setup.present[member].name for member in people),
                    tuple(setup.tables[t].name for t in sorted(seen_tables)),
                    number,
                    figures={"people": len(people), "seats": seats, "missing": len(people) - seats},
                )
    return None


def _augment(kind: int, flow: dict, taken: list[int], seats: list[int]):
    """Seats one more of a kind; what was reached when that can't be."""
    kinds, tables, before = {kind}, set(), {}
    waiting = deque([kind])
    while waiting:
        one = waiting.popleft()
        for t in range(len(seats)):
            if one >> t & 1 and t not in tables:
                tables.add(t)
                before[t] = one
                if taken[t] < seats[t]:
                    taken[t] += 1
                    _follow(kind, t, before, flow)
                    return None
                for other in sorted({k for k, table in flow if table == t and flow[k, t]} - kinds):
                    kinds.add(other)
                    before[("kind", other)] = t
                    waiting.append(other)
    return kinds, tables


def _follow(kind: int, table: int, before: dict, flow: dict) -> None:
    while True:
        one = before[table]
        flow[one, table] += 1
        if one == kind:
            return
        table = before["kind", one]
        flow[one, table] -= 1


def conflict(setup: Setup, number: int) -> Clash:
    """A set of rules that can't be kept together in a round, such that without any one of them they can."""
    kept = [rule for rule in rules_of(setup) if rule[0] != "pin" or rule[2] == number]
    widest = max(table.seats for table in setup.tables)
    dice = random.Random(0)  # noqa: S311 - only whether a round exists
    for rule in list(kept):
        without = [one for one in kept if one != rule]
        try:
            found = seat(setup, room_of(setup, keep=without), number, widest, dice, STEPS // 10)
        except Undecided:
            continue
        if found is None:
            kept = without
    names = tuple(sorted({rule[1] for rule in kept} | {rule[2] for rule in kept if rule[0] in ("together", "apart")}))
    return Clash("rules_clash", names, round=number, rules=tuple(kept))
