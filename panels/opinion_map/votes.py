"""Votes as one table, people by statements, in one order whatever the order they came in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

AGREE, PASS, DISAGREE, UNSEEN = 1, 0, -1, 2
MODERATED_OUT = -1


@dataclass(frozen=True)
class Statement:
    """A statement people vote on; ``moderated`` is -1 when moderation took it out."""

    key: str
    text: str = ""
    moderated: int = 0


@dataclass(frozen=True, eq=False)
class Votes:
    """``table[person, statement]`` is 1 (agrees), 0 (passes), -1 (disagrees) or 2 (never saw it)."""

    people: tuple[str, ...]
    statements: tuple[Statement, ...]
    table: np.ndarray

    def __post_init__(self):
        if len(set(self.people)) < len(self.people) or len({s.key for s in self.statements}) < len(self.statements):
            raise ValueError("a key is there twice")
        table = np.asarray(self.table, np.int8).reshape(len(self.people), len(self.statements))
        if table.size and not np.isin(table, (AGREE, PASS, DISAGREE, UNSEEN)).all():
            raise ValueError("a vote is none of 1, 0, -1, 2")
        rows = sorted(range(len(self.people)), key=lambda rank: natural(self.people[rank]))
        columns = sorted(range(len(self.statements)), key=lambda rank: natural(self.statements[rank].key))
        object.__setattr__(self, "people", tuple(self.people[rank] for rank in rows))
        object.__setattr__(self, "statements", tuple(self.statements[rank] for rank in columns))
        object.__setattr__(self, "table", table[np.ix_(rows, columns)])

    @classmethod
    def of(cls, statements, cast: Mapping[tuple[str, str], int]) -> "Votes":
        """From ``{(person, statement key): vote}``; somebody who cast nothing isn't there."""
        statements = tuple(statements)
        people = sorted({person for person, _key in cast}, key=natural)
        rows = {person: rank for rank, person in enumerate(people)}
        columns = {statement.key: rank for rank, statement in enumerate(statements)}
        table = np.full((len(people), len(statements)), UNSEEN, np.int8)
        for (person, key), vote in cast.items():
            table[rows[person], columns[key]] = vote
        return cls(tuple(people), statements, table)


def natural(key: str) -> tuple[int, int, str]:
    """Numbers in their order, then other words."""
    return (0, int(key), key) if key.isascii() and key.isdigit() and len(key) < 19 else (1, 0, key)
