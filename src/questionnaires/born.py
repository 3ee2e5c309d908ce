"""What came of a figure of a synthesis, told by a floor above: a registry, filled when the rooms are ready."""

from collections.abc import Callable
from dataclasses import dataclass, field

_readers: list[Callable] = []


@dataclass(frozen=True)
class Born:
    """What a figure led to (rows with url, title, status_label, tone, icon), and where this person adds to it."""

    rows: list = field(default_factory=list)
    add_url: str = ""


def register(read: Callable) -> None:
    """Register ``read(viewer, reference) -> Born``: of the theme whose figure was published."""
    if read not in _readers:
        _readers.append(read)


def of(viewer, reference: str) -> Born:
    """All that came of a figure, as this person may see it."""
    told = [read(viewer, reference) for read in _readers]
    return Born([row for one in told for row in one.rows], next((one.add_url for one in told if one.add_url), ""))
