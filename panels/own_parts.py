"""What rooms above offer to somebody on the page of their own registration, proved by their ticket."""

from collections.abc import Callable
from typing import NamedTuple


class Way(NamedTuple):
    """One thing to do there, and its address, under ``/panels/inscription/``."""

    label: str
    url: str


_parts: list[Callable] = []


def register(part: Callable) -> None:
    """Add one, once: ``part(candidate) -> Way | None``."""
    if part not in _parts:
        _parts.append(part)


def ways_for(candidate) -> list[Way]:
    """What is offered to this person now."""
    found = (part(candidate) for part in _parts)
    return [one for one in found if one is not None]
