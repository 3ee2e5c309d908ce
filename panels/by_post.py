"""What members read also comes as a letter: each room above says which of its pages, and draws them for paper.

A page is drawn once for everybody it goes to; the posting desk puts it behind a first page with the address of each.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Posted:
    """One thing that may be posted now: ``key`` within its kind, its title, and when it was last made ready."""

    key: str
    title: str
    ready_on: object = None


@dataclass(frozen=True)
class Page:
    """What a letter holds: a template of the room's own, a fragment; ``panel`` and ``membership`` are in its context.

    ``slip``: an answer is sent back.
    """

    template: str
    context: dict = field(default_factory=dict)
    slip: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of letter: its words, what of it may be posted for a panel, how one is drawn for one member."""

    code: str
    label: object
    items: Callable[[object], Iterable[Posted]]
    page: Callable[[object, str, object], Page | None]


_kinds: dict[str, Kind] = {}


def register(code: str, label, items: Callable, page: Callable) -> None:
    """Add a kind: ``items(panel) -> Posted…``; ``page(panel, key, membership) -> Page``, None for an unknown key."""
    _kinds.setdefault(code, Kind(code, label, items, page))


def kinds() -> list[Kind]:
    """Every kind, in the order in which rooms registered."""
    return list(_kinds.values())


def kind(code: str) -> Kind | None:
    """The kind of this code."""
    return _kinds.get(code)
