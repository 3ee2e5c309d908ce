"""What a draw begins from: people, quotas and a number of seats, in one order whatever the order they came in."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

LIST = "list"  # The feature that tells the source list; its quotas reserve seats, minimum = maximum.
Label = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Person:
    """Somebody of the pool. ``household`` is empty when nobody else shares their address, or none is known."""

    ticket: str
    values: Mapping[str, str]
    household: str = ""


@dataclass(frozen=True)
class Quota:
    """How many members hold a value. ``least`` and ``most`` bound what advice may propose instead."""

    feature: str
    value: str
    minimum: int
    maximum: int
    protected: bool = False
    least: int = 0
    most: int | None = None

    @property
    def label(self) -> Label:
        return ((self.feature, self.value),)


@dataclass(frozen=True)
class CrossQuota:
    """How many members hold all of these values, one a feature."""

    values: tuple[tuple[str, str], ...]
    minimum: int
    maximum: int
    protected: bool = False
    least: int = 0
    most: int | None = None

    @property
    def label(self) -> Label:
        return tuple(sorted(self.values))


@dataclass(frozen=True)
class Problem:
    """Something of a pool that no draw can live with, by a code and figures; screens and commands have the words."""

    code: str
    label: Label = ()
    figures: Mapping[str, int | str] = field(default_factory=dict)


class InvalidPool(ValueError):
    """The pool contradicts itself; every ``Problem`` is told at once."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        super().__init__(", ".join(sorted({problem.code for problem in self.problems})))


class Infeasible(ValueError):
    """No panel meets every quota. ``conflict`` names quotas that can't be met together."""

    def __init__(self, conflict=()):
        self.conflict = tuple(conflict)
        super().__init__("no panel meets every quota")


@dataclass(frozen=True)
class Pool:
    """The people and the rules of one draw; two pools of the same content are equal in every later step."""

    people: tuple[Person, ...]
    quotas: tuple[Quota, ...]
    cross_quotas: tuple[CrossQuota, ...] = ()
    seats: int = 0

    def __post_init__(self):
        object.__setattr__(self, "people", tuple(sorted(self.people, key=lambda person: person.ticket)))
        object.__setattr__(self, "quotas", tuple(sorted(self.quotas, key=_quota_order)))
        object.__setattr__(self, "cross_quotas", tuple(sorted(self.cross_quotas, key=_quota_order)))

    @property
    def rules(self) -> tuple[Quota | CrossQuota, ...]:
        """Quotas, then crossed quotas, each kind in the order of its labels."""
        return (*self.quotas, *self.cross_quotas)

    @property
    def features(self) -> tuple[str, ...]:
        """The features some quota speaks of."""
        return tuple(sorted({feature for rule in self.rules for feature, _value in rule.label}))

    def households(self) -> dict[str, tuple[str, ...]]:
        """The tickets of each address that two people share, by the smallest ticket."""
        sharing: dict[str, list[str]] = {}
        for person in self.people:
            if person.household.strip():
                sharing.setdefault(person.household, []).append(person.ticket)
        return {tickets[0]: tuple(tickets) for tickets in sharing.values() if len(tickets) > 1}

    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of the people and of the rules, as the seed and the record of a draw name them."""
        features = self.features
        household_of = {ticket: name for name, tickets in self.households().items() for ticket in tickets}
        people = [
            [one.ticket, [one.values.get(feature, "") for feature in features], household_of.get(one.ticket, "")]
            for one in self.people
        ]
        rules = [[list(map(list, rule.label)), rule.minimum, rule.maximum] for rule in self.rules]
        return {"people": _digest([list(features), people]), "rules": _digest([self.seats, rules])}


def holds(person: Person, label: Label) -> bool:
    """Whether somebody counts in the quota of that label."""
    return all(person.values.get(feature) == value for feature, value in label)


def held_by(pool: Pool) -> dict[Label, int]:
    """How many people of the pool count in each quota."""
    tally = Counter(pair for person in pool.people for pair in person.values.items())
    crossed = {cross.label: sum(holds(one, cross.label) for one in pool.people) for cross in pool.cross_quotas}
    return {quota.label: tally[quota.label[0]] for quota in pool.quotas} | crossed


def problems(pool: Pool) -> tuple[Problem, ...]:
    """Everything that can be said of a pool without solving anything, all at once."""
    return contradictions(pool) or shortages(pool)


def contradictions(pool: Pool) -> tuple[Problem, ...]:
    """What makes people or rules unreadable: nothing can be computed before it is put right."""
    return (*_of_people(pool), *_of_rules(pool))


def shortages(pool: Pool) -> tuple[Problem, ...]:
    """Numbers that can't meet, seen by additions alone."""
    return tuple(_of_numbers(pool))


def _of_people(pool: Pool):
    if pool.seats < 1:
        yield Problem("no_seat")
    for ticket, number in Counter(person.ticket for person in pool.people).items():
        if number > 1:
            yield Problem("ticket_twice", (), {"ticket": ticket, "times": number})
    features = pool.features
    for person in pool.people:
        if not person.ticket.strip():
            yield Problem("empty_ticket")
        for feature in features:
            if not person.values.get(feature, "").strip():
                yield Problem("value_missing", ((feature, ""),), {"ticket": person.ticket})


def _of_rules(pool: Pool):
    for label, number in Counter(rule.label for rule in pool.rules).items():
        if number > 1:
            yield Problem("quota_twice", label, {"times": number})
    for rule in pool.rules:
        if rule.minimum < 0 or rule.maximum < rule.minimum:
            yield Problem("minimum_over_maximum", rule.label, {"minimum": rule.minimum, "maximum": rule.maximum})
    for rule in pool.cross_quotas:
        if len({feature for feature, _value in rule.label}) < len(rule.label) or len(rule.label) < 2:
            yield Problem("crossing_of_one_feature", rule.label)


def _of_numbers(pool: Pool):
    if len(pool.people) < pool.seats:
        yield Problem("fewer_people_than_seats", (), {"people": len(pool.people), "seats": pool.seats})
    counts = held_by(pool)
    for rule in pool.rules:
        if counts[rule.label] < rule.minimum:
            yield Problem(
                "too_few_people",
                rule.label,
                {"minimum": rule.minimum, "people": counts[rule.label], "missing": rule.minimum - counts[rule.label]},
            )
    for feature in sorted({quota.feature for quota in pool.quotas}):
        quotas = [quota for quota in pool.quotas if quota.feature == feature]
        named = ((feature, ""),)
        least = sum(quota.minimum for quota in quotas)
        if least > pool.seats:
            yield Problem("minimums_over_seats", named, {"sum": least, "seats": pool.seats})
        free = len(pool.people) - sum(counts[quota.label] for quota in quotas)
        most = free + sum(min(quota.maximum, counts[quota.label]) for quota in quotas)
        if most < pool.seats:
            yield Problem("maximums_under_seats", named, {"sum": most, "seats": pool.seats})


def _quota_order(rule: Quota | CrossQuota):
    return rule.label, rule.minimum, rule.maximum


def _digest(content) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
