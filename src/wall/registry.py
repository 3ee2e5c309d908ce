"""What the apps above put on the wall: lines that any agent may read, each with the place it comes from."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .enums import Section


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing to tell. ``section`` is None for an older answer: told to other places when there is no fresher one.

    ``sealed``: its author isn't named; it is never told at the level of a place. ``on`` orders, newest first.
    No field holds an author.
    """

    section: Section | None
    kind: str
    reference: str
    title: str
    url: str
    on: datetime.date
    status: str = ""
    text: str = ""
    signed: str = ""
    next_step: str = ""
    sealed: bool = False
    place_path: str = ""
    place_name: str = ""
    place_people: int = 0
    direction_id: int | None = None
    direction_name: str = ""
    # Told everywhere: a box that is open, not the idea of a place.
    for_all: bool = False

    @property
    def is_answer(self) -> bool:
        return self.section in (None, Section.ANSWERED)


@dataclass(frozen=True)
class Source:
    """``lines(week)``: what to tell in the week of that Monday, through the gate of ``AnyAgent``, in a fixed number of
    statements. ``still_shown(references)``: those of its subjects any agent still reads, in one statement."""

    kind: str
    lines: Callable[[datetime.date], Iterable[Line]]
    still_shown: Callable[[set], set]


_sources: dict[str, Source] = {}


def register(kind: str, lines: Callable, still_shown: Callable) -> None:
    """Add the source of a kind of subject; refuses a second one."""
    source = Source(kind, lines, still_shown)
    if _sources.get(kind, source) != source:
        raise ValueError(f"Two sources of the wall for {kind!r}.")
    _sources[kind] = source


def sources() -> list[Source]:
    """The sources, by kind."""
    return [_sources[kind] for kind in sorted(_sources)]


def still_shown(wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs (kind, reference) that any agent still reads; one statement a kind, none for a kind without a line."""
    by_kind: dict[str, set] = {}
    for kind, reference in wanted:
        by_kind.setdefault(kind, set()).add(reference)
    return {
        (kind, reference)
        for kind, references in by_kind.items()
        if kind in _sources
        for reference in _sources[kind].still_shown(references)
    }
