"""What may have a sealed author, told by the rooms that hold it: found by its reference, or by its handle."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One contribution as an opening sees it: its text, and nothing of its author."""

    kind: str
    reference: str
    handle: UUID
    identity_mode: str
    week: date
    title: str
    text: str
    url: str
    is_imported: bool = False


@dataclass(frozen=True)
class Source:
    """``find(reference)`` gives a Contribution or None; ``of_handles(handles)`` those among them, for their author."""

    kind: str
    label: object
    find: Callable[[str], Contribution | None]
    of_handles: Callable[[Iterable[UUID]], list[Contribution]]


_sources: dict[str, Source] = {}


def register(kind: str, label, find: Callable, of_handles: Callable) -> None:
    """Declare a kind of contribution; refuses another source for the same kind."""
    source = Source(kind, label, find, of_handles)
    if _sources.get(kind, source) != source:
        raise ValueError(f"Two sources of {kind!r}")
    _sources[kind] = source


def choices() -> list[tuple[str, str]]:
    """Kinds and their words, for a form."""
    return [(source.kind, str(source.label)) for source in _sources.values()]


def label_of(kind: str) -> str:
    """The word of a kind."""
    return str(_sources[kind].label) if kind in _sources else ""


def find(kind: str, reference: str) -> Contribution | None:
    """The contribution of that reference, hidden ones included: what is opened is often what was removed."""
    return _sources[kind].find(reference) if kind in _sources else None


def of_handles(handles: Iterable[UUID]) -> list[Contribution]:
    """The contributions of these handles, of every room; for the person whose keyring holds them."""
    handles = list(handles)
    return [found for source in _sources.values() for found in source.of_handles(handles)] if handles else []
