"""The table of a draw, read once a process: it never changes, and a public page is asked by a whole hall at once."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from .models import Draw
from .services.drawing import files_of

# Tables kept in memory; a thousand panels of a hundred people are some megabytes.
KEPT = 4


@dataclass(frozen=True)
class Table:
    """The panels in order, and how many hold each ticket."""

    rows: list[tuple[str, ...]]
    counts: Counter


def table_of(draw: Draw) -> Table:
    """The table of a draw that was checked; one statement the first time, none afterwards."""
    return _read(draw.pk, draw.table_sha256)


@lru_cache(maxsize=KEPT)
def _read(pk: int, _sha256: str) -> Table:
    from . import proof  # beside the engine, which loads with it

    rows = proof.read_table(files_of(Draw(pk=pk))["table"])
    return Table(rows, Counter(ticket for row in rows for ticket in row))
