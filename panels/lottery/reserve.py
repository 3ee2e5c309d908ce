"""The sealed reserve: in what order the others are called when a member leaves, fixed by the seed with the table."""

import hashlib
import random
from dataclasses import dataclass, replace

import numpy as np

from .pool import Label, Pool, holds


def reserve_order(seed: bytes, number: int, row, tickets) -> tuple[str, ...]:
    """Everybody who isn't in the row of that number, counted from zero, in the order they are called.

    By SHA-256 of ``seed in hexadecimal|number|ticket``, the smallest first.
    """
    members = set(row)
    others = [ticket for ticket in tickets if ticket not in members]
    prefix = f"{seed.hex()}|{number}|"
    return tuple(sorted(others, key=lambda ticket: hashlib.sha256((prefix + ticket).encode()).digest()))


def substitute(pool: Pool, row_members, leaving: str, unavailable, order) -> str | None:
    """The first of ``order`` who keeps every quota and household in the place of ``leaving``; None if there is nobody.

    ``row_members`` sit today, ``leaving`` among them; ``unavailable`` refused, left or couldn't be reached. Refuses
    with ``ValueError`` when nobody of that ticket sits.
    """
    seats = _Seats(pool, row_members, leaving)
    passed = {*unavailable, *row_members}
    known = {person.ticket: person for person in pool.people}
    return next((ticket for ticket in order if ticket not in passed and seats.takes(known[ticket])), None)


def residual_pool(pool: Pool, row_members, leaving, unavailable=()) -> Pool:
    """What a new draw has to fill once the reserve is spent: the seats of those who leave, and what quotas still ask.

    People who sit, who left, who are unavailable or who share a home with a member are no longer in it.
    """
    leaving = set(leaving)
    staying = [person for person in pool.people if person.ticket in set(row_members) - leaving]
    homes = {person.household for person in staying if person.household.strip()}
    gone = {*row_members, *unavailable}
    people = [one for one in pool.people if one.ticket not in gone and one.household not in homes]

    def left(rule):
        seated = sum(holds(person, rule.label) for person in staying)
        return replace(rule, minimum=max(0, rule.minimum - seated), maximum=max(0, rule.maximum - seated))

    return Pool(
        tuple(people),
        tuple(left(quota) for quota in pool.quotas),
        tuple(left(cross) for cross in pool.cross_quotas),
        pool.seats - len(staying),
    )


class _Seats:
    """A panel without the person who leaves: who may take the empty seat."""

    def __init__(self, pool: Pool, members, leaving: str):
        if leaving not in members:
            raise ValueError(f"{leaving} does not sit")
        staying = [one for one in pool.people if one.ticket in set(members) and one.ticket != leaving]
        self.homes = {one.household for one in staying if one.household.strip()}
        self.must, self.mustnt = [], []
        for rule in pool.rules:
            seated = sum(holds(one, rule.label) for one in staying)
            if seated < rule.minimum:
                self.must.append(rule.label)
            if seated >= rule.maximum:
                self.mustnt.append(rule.label)

    def takes(self, person) -> bool:
        return (
            person.household not in self.homes
            and all(holds(person, label) for label in self.must)
            and not any(holds(person, label) for label in self.mustnt)
        )


@dataclass(frozen=True)
class Depth:
    """How deep the reserve is for those who hold what a quota asks.

    ``leavers`` of them were simulated, ``replaced`` found a substitute; ``possible`` is how many people of the reserve
    could take the seat they leave, at the median departure and at the worst.
    """

    label: Label
    people: int
    leavers: int
    replaced: int
    possible_median: int
    possible_worst: int


def reserve_per_profile(
    pool: Pool, rows, *, seed: bytes, drop_out: float = 0.2, refusal: float = 0.3, trials: int = 100
) -> tuple[Depth, ...]:
    """Drop-outs simulated on ``trials`` rows of the table, to know whom the reserve can't replace, the worst first.

    Each member leaves with the chance ``drop_out``, each person called refuses with the chance ``refusal``; those
    replaced stay. The same inputs give the same figures. A quota none of whose people left isn't told.
    """
    dice = random.Random(hashlib.sha256(seed + b"|drop-outs").digest())  # noqa: S311 - a simulation, not a draw
    labels = [rule.label for rule in pool.rules]
    seen = [_Seen() for _label in labels]
    people = _People(pool, labels)
    for number in sorted(dice.sample(range(len(rows)), min(trials, len(rows)))):
        reserve = reserve_order(seed, number, rows[number], people.place)
        order = np.array([people.place[one] for one in reserve], dtype=int)
        members = people.seats_of(rows[number])
        free = ~members
        for leaving in [ticket for ticket in rows[number] if dice.random() < drop_out]:
            place = people.place[leaving]
            members[place] = False
            able = order[(free & people.able(members))[order]]
            came = None
            for called in able:
                free[called] = False
                if dice.random() >= refusal:
                    came = called
                    break
            # Nobody came: the seat is read as before, so that the next departures are of a whole panel.
            members[place if came is None else came] = True
            for rule in np.flatnonzero(people.held[place]):
                seen[rule].add(len(able), came is not None)
    sizes = people.held.sum(axis=0)
    found = [one.told(label, int(size)) for one, label, size in zip(seen, labels, sizes, strict=True) if one.possible]
    return tuple(sorted(found, key=lambda one: (one.replaced / one.leavers, one.possible_worst, one.label)))


class _People:
    """People × rules, so that a departure is read at once for everybody."""

    def __init__(self, pool: Pool, labels):
        self.place = {person.ticket: number for number, person in enumerate(pool.people)}
        self.held = np.array([[holds(person, label) for label in labels] for person in pool.people], dtype=bool)
        self.least = np.array([rule.minimum for rule in pool.rules])
        self.most = np.array([rule.maximum for rule in pool.rules])
        homes = {name: number for number, name in enumerate(sorted({person.household for person in pool.people}))}
        self.home = np.array([homes[one.household] if one.household.strip() else -1 for one in pool.people])

    def seats_of(self, row) -> np.ndarray:
        members = np.zeros(len(self.place), dtype=bool)
        members[[self.place[ticket] for ticket in row]] = True
        return members

    def able(self, members: np.ndarray) -> np.ndarray:
        """Who could take the one seat that is empty."""
        held = self.held[members].sum(axis=0)
        must, mustnt = held < self.least, held >= self.most
        at_home = (self.home >= 0) & np.isin(self.home, self.home[members])
        return self.held[:, must].all(axis=1) & ~self.held[:, mustnt].any(axis=1) & ~at_home


class _Seen:
    def __init__(self):
        self.possible: list[int] = []
        self.replaced = 0

    def add(self, possible: int, replaced: bool) -> None:
        self.possible.append(possible)
        self.replaced += replaced

    def told(self, label: Label, people: int) -> Depth:
        ranked = sorted(self.possible)
        return Depth(label, people, len(ranked), self.replaced, ranked[len(ranked) // 2], ranked[0])
