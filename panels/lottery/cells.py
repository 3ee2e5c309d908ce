"""People whom no rule tells apart make one cell: the programs count seats a cell, not people."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .pool import Label, Pool, holds
from .solver import Matrix, Program

SEATS: Label = ()


@dataclass(frozen=True)
class Cell:
    """People in the same quotas and, where an address is shared, of the same household."""

    rules: tuple[int, ...]
    household: str
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """The cells of a pool, in one order, and the rules a panel meets as rows over them.

    Row 0 is the number of seats; then the rules of the pool, in its order; then one row a household that several cells
    share. A household inside one cell is that cell's cap.
    """

    pool: Pool
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, pool: Pool) -> "Cells":
        household_of = {ticket: name for name, tickets in pool.households().items() for ticket in tickets}
        simple = {quota.label[0]: place for place, quota in enumerate(pool.quotas)}
        crossed = [(len(simple) + place, cross.label) for place, cross in enumerate(pool.cross_quotas)]
        found: dict[tuple, list[str]] = {}
        for person in pool.people:
            plain = sorted(simple[pair] for pair in person.values.items() if pair in simple)
            rules = (*plain, *(place for place, label in crossed if holds(person, label)))
            found.setdefault((rules, household_of.get(person.ticket, "")), []).append(person.ticket)
        return cls(pool, tuple(Cell(*key, tuple(tickets)) for key, tickets in sorted(found.items())))

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def sizes(self) -> np.ndarray:
        """How many people are in each cell."""
        return np.array([len(cell.tickets) for cell in self.cells], dtype=np.int64)

    @cached_property
    def caps(self) -> np.ndarray:
        """The most seats one panel gives each cell."""
        return np.array([1 if cell.household else len(cell.tickets) for cell in self.cells], dtype=np.int64)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The label of each row that isn't a household."""
        return (SEATS, *(rule.label for rule in self.pool.rules))

    @cached_property
    def ruled(self) -> np.ndarray:
        """Rows × cells, 0 or 1: the seats and the rules, without the households."""
        table = np.zeros((len(self.labels), len(self)), dtype=np.int8)
        table[0] = 1
        for place, cell in enumerate(self.cells):
            table[[1 + rule for rule in cell.rules], place] = 1
        return table

    @cached_property
    def households(self) -> tuple[tuple[int, ...], ...]:
        """The cells of each household that lives in several."""
        places: dict[str, list[int]] = {}
        for place, cell in enumerate(self.cells):
            if cell.household:
                places.setdefault(cell.household, []).append(place)
        return tuple(tuple(one) for _name, one in sorted(places.items()) if len(one) > 1)

    @cached_property
    def household_of(self) -> np.ndarray:
        """The number of the household of each cell, -1 when it is in none that lives in several cells."""
        numbers = np.full(len(self), -1, dtype=np.int64)
        for number, places in enumerate(self.households):
            numbers[list(places)] = number
        return numbers

    @cached_property
    def row_bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """The least and the most of every row."""
        rules = self.pool.rules
        many = len(self.households)
        lower = [self.pool.seats, *(rule.minimum for rule in rules), *[0] * many]
        upper = [self.pool.seats, *(rule.maximum for rule in rules), *[1] * many]
        return np.array(lower, dtype=float), np.array(upper, dtype=float)

    @cached_property
    def rows(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Every row as its columns and their values."""
        places = [np.flatnonzero(row) for row in self.ruled] + [np.array(one) for one in self.households]
        return [(columns, np.ones(len(columns))) for columns in places]

    def program(self, *, whole: bool = False, options: dict | None = None) -> Program:
        """Panels as a program, linear or of whole numbers, whose objective is still to be set."""
        lower, upper = self.row_bounds
        return Program(
            costs=np.zeros(len(self)),
            lower=np.zeros(len(self)),
            upper=self.caps,
            matrix=Matrix.of(self.rows),
            row_lower=lower,
            row_upper=upper,
            whole=np.ones(len(self), dtype=bool) if whole else None,
            options=options,
        )
