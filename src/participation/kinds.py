"""Kinds of space: what an organiser chooses from in the admin; the apps that run them register theirs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from src.foundations import clock

from .enums import CONTRIBUTING, Circle, IdentityMode


@dataclass(frozen=True)
class PlannedPhase:
    """One period of the calendar a kind proposes: what it opens, and for how many days; None: without an end."""

    name: object
    verbs: tuple[str, ...]
    days: int | None

    def dates(self, starts_on: date, days: int | None) -> tuple[datetime, datetime | None]:
        """The moments it opens and closes, when it begins at the start of ``starts_on``."""
        opens = clock.start_of_day(starts_on)
        return opens, clock.start_of_day(starts_on + timedelta(days=days)) if days else None


@dataclass(frozen=True)
class SpaceKind:
    """One kind, in plain words, with everything it sets: nothing of it is hidden from the screens that change it."""

    code: str
    name: object
    purpose: object
    # What happens there, one sentence each; and a programme one can picture.
    does: tuple
    example: object
    activity: str
    # The process in use that its contributions follow, by its short name; empty where nothing is studied.
    process: str
    phases: tuple[PlannedPhase, ...]
    icon: str = "folder-open-inverse"
    circle: str = Circle.AGENTS
    identity_modes: tuple[str, ...] = (IdentityMode.NAMED, IdentityMode.PROTECTED)
    support_threshold: int = 50
    # Columns of the space that this kind needs and the others leave empty: name → first value proposed.
    numbers: dict[str, int] = field(default_factory=dict)
    # Those of them that may stay empty.
    optional_numbers: frozenset[str] = frozenset()
    # ``fields(starts_on) -> {name: form field}`` and ``set_up(space, actor=…, **values)``: what the app that runs the
    # kind asks and keeps beside the space, with first values.
    fields: Callable | None = None
    set_up: Callable | None = None
    # A role of the space that several people hold from the first day (a jury); empty where there is none.
    team: str = ""
    # ``check(space) -> list of sentences``: what is missing before it may open.
    lacks: Callable | None = None
    # ``settled(space) -> sentence``: why its numbers no longer change; empty while they may.
    settled: Callable | None = None
    # Other activities of the same space, beside ``activity``.
    beside: tuple[str, ...] = ()
    # ``leads_to(space) -> address`` of what was made with the space; without, the page that changes the space.
    leads_to: Callable | None = None

    @property
    def first_phase(self) -> PlannedPhase:
        return self.phases[0]

    @property
    def has_end(self) -> bool:
        """Whether proposals close one day: the organiser then says how long they last."""
        return self.first_phase.days is not None


EVERYTHING = tuple(str(verb) for verb in CONTRIBUTING)
_kinds: dict[str, SpaceKind] = {}


def register(kind: SpaceKind) -> None:
    """Offer a kind to organisers; refuses two kinds under one code."""
    if _kinds.get(kind.code, kind) is not kind:
        raise ValueError(f"Two kinds of space named {kind.code!r}")
    _kinds[kind.code] = kind


def all_kinds() -> list[SpaceKind]:
    """The kinds an organiser may choose from, in the order they were registered."""
    return list(_kinds.values())


def number_names() -> list[str]:
    """The columns of spaces that some kind uses, each once."""
    return sorted({name for kind in _kinds.values() for name in kind.numbers})


def find(code: str) -> SpaceKind | None:
    """The kind of that code; None for a space made without one, or when its app is gone."""
    return _kinds.get(code)
