"""How much of each, and the size of a batch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

BATCH = 2000


@dataclass(frozen=True)
class Sizes:
    """How much of each; units are counts of rows."""

    agents: int = 53_000
    ideas: int = 10_000
    supports: int = 200_000
    comments: int = 50_000
    measures: int = 10_000
    directions: int = 25


def in_batches(rows: Iterable, size: int = BATCH) -> Iterator[list]:
    """Cut an iterable into lists of ``size``."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
