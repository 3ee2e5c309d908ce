"""What a draw gives back: the table, what it can be held against, and the record of the run."""

from collections.abc import Mapping
from dataclasses import dataclass

from .pool import Pool
from .reserve import reserve_order


class Cancelled(Exception):
    """Somebody stopped the draw between two panels; nothing is kept of it."""


@dataclass(frozen=True)
class Lottery:
    """A table of panels, each as likely as the others, and what was proved about it.

    No lottery whatever guarantees more than ``bound`` to everybody who has a chance; ``floor`` is how many times the
    least seated of these people appear in the table; ``counts`` how many times each person does. ``record["result"]``
    is a function of pool, number of panels and seed; versions and timings are beside it.
    """

    pool: Pool
    seed: bytes
    rows: tuple[tuple[str, ...], ...]
    bound: float
    counts: Mapping[str, int]
    floor: int
    record: Mapping

    @property
    def panels(self) -> int:
        return len(self.rows)

    @property
    def minimum(self) -> float:
        """The least chance in this table of those who have one."""
        return self.floor / len(self.rows)

    def chance(self, ticket: str) -> float:
        """A person's chance: their appearances over the number of panels."""
        return self.counts[ticket] / len(self.rows)

    @property
    def certain(self) -> tuple[str, ...]:
        """Those who sit in every panel."""
        return tuple(ticket for ticket, count in self.counts.items() if count == len(self.rows))

    @property
    def without_chance(self) -> tuple[str, ...]:
        """Those who sit in none."""
        return tuple(ticket for ticket, count in self.counts.items() if not count)

    def reserve(self, number: int) -> tuple[str, ...]:
        """The reserve of the row of that number, counted from zero, in the order substitutes are called."""
        return reserve_order(self.seed, number, self.rows[number], [person.ticket for person in self.pool.people])
