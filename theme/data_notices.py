"""What a page says under a form of the data it takes: rooms fill it, by the namespace of their addresses."""

from typing import Protocol


class Told(Protocol):
    """What is said: why, who reads, how long."""

    purpose: str
    readers: str
    kept: str


_told: dict[str, Told] = {}


def register(told: dict[str, Told]) -> None:
    """Say what each namespace's forms are for."""
    _told.update(told)


def told_of(request) -> Told | None:
    """What the forms of this page are for; None where nothing is said."""
    match = getattr(request, "resolver_match", None)
    return _told.get(match.app_name.partition(":")[0]) if match and match.app_name else None
