"""The registry of published tables: each page, file and answer that tells counts, so that none is forgotten by the
test that attacks them all (``tests/security/test_published_tables.py``)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedTable:
    """A table of counts where it is read: ``addresses`` as the URLconf writes them, and what it counts.

    ``read()`` gives, table by table, the counts shown by the words beside them; what was merged has the key "".
    """

    name: str
    addresses: tuple[str, ...]
    read: Callable[[], Iterable[dict[str, int]]]


_tables: dict[str, PublishedTable] = {}


def publish(table: PublishedTable) -> None:
    """Register a table of counts; refuses a second meaning for a name."""
    known = _tables.get(table.name)
    if known is not None and known != table:
        raise ValueError(f"“{table.name}” is already published.")
    _tables[table.name] = table


def published_tables() -> list[PublishedTable]:
    """Every table registered, by name."""
    return [_tables[name] for name in sorted(_tables)]
