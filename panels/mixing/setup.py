"""What a table plan begins from: people, tables, rounds and rules, in one order whatever the order they came in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True)
class Person:
    """Somebody to seat. Their table must offer each of ``needs``; ``traits`` are coarse, and spread over tables."""

    name: str
    needs: frozenset[str] = frozenset()
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table of so many seats, and what it offers: no step, an interpreter, a hearing loop…"""

    name: str
    seats: int
    offers: frozenset[str] = frozenset()


@dataclass(frozen=True, order=True)
class Pin:
    """One person held at one table in one round, counted from 0."""

    person: str
    round: int
    table: str


@dataclass(frozen=True)
class Clash:
    """Why no plan exists, by a code and what it is about; ``words.py`` has the sentences."""

    code: str
    people: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    round: int | None = None
    labels: tuple[str, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)
    rules: tuple[tuple, ...] = ()


class Impossible(ValueError):
    """No plan can be made; every ``Clash`` is told at once."""

    def __init__(self, clashes: Iterable[Clash]):
        self.clashes = tuple(clashes)
        super().__init__(", ".join(sorted({clash.code for clash in self.clashes})))


@dataclass(frozen=True)
class Setup:
    """One plan's people, tables and rules; two of the same content are equal in every later step.

    ``together`` and ``apart`` are pairs of names, ``held`` the tables of rounds that took place (names by table),
    ``absent`` who isn't seated. A rule about somebody absent binds nobody.
    """

    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    rounds: int
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    pins: tuple[Pin, ...] = ()
    held: tuple[tuple[tuple[str, ...], ...], ...] = ()
    absent: frozenset[str] = frozenset()

    def __post_init__(self):
        for name, value in (
            ("people", sorted(self.people, key=lambda one: (one.name, sorted(one.needs), sorted(one.traits.items())))),
            ("tables", sorted(self.tables, key=lambda one: (one.name, one.seats, sorted(one.offers)))),
            ("together", sorted({tuple(sorted(pair)) for pair in self.together})),
            ("apart", sorted({tuple(sorted(pair)) for pair in self.apart})),
            ("pins", sorted(set(self.pins))),
            ("held", sorted(tuple(sorted(tuple(sorted(table)) for table in one)) for one in self.held)),
        ):
            object.__setattr__(self, name, tuple(value))
        object.__setattr__(self, "absent", frozenset(self.absent))

    @property
    def present(self) -> tuple[Person, ...]:
        """Who is seated, in order."""
        return tuple(one for one in self.people if one.name not in self.absent)


def tables_for(people: int, capacity: int, offers: Iterable[Iterable[str]] = ()) -> tuple[Table, ...]:
    """The fewest tables of ``capacity`` seats for so many people; the first offer what ``offers`` says, in order."""
    offered = [frozenset(one) for one in offers]
    number = max(1, ceil(people / capacity), len(offered))
    offered += [frozenset()] * (number - len(offered))
    width = len(str(number))
    return tuple(Table(f"{rank:0{width}}", capacity, offered[rank - 1]) for rank in range(1, number + 1))
