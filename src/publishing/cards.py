"""What pages show of the rooms above: cards of live objects, figures, who follows; filled in ``AppConfig.ready()``.

A loader is given the viewer of the request and goes through its own ``visible_to``: a page never shows more of an
idea than the idea's own address would.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse

from src.foundations import together
from src.questionnaires.rules import ACTIVITY as ASKING


@dataclass(frozen=True, kw_only=True)
class Card:
    """A live object as a page shows it; the options of the theme's card."""

    title: str
    url: str
    text: str = ""
    kind: str = ""
    icon: str = ""
    badge_label: str = ""
    badge_tone: str = ""
    badge_icon: str = ""
    meta: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure, already formatted, with its words."""

    value: str
    label: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Followers:
    """Who is told when a page about an object is published."""

    user_ids: Iterable[int] = ()
    handles: Iterable[UUID] = field(default=())


@dataclass(frozen=True, kw_only=True)
class OutcomeWords:
    """What a decision says for its outcome page, before an editor rewrites it; the texts are HTML of our own."""

    answer: int
    title: str
    summary: str
    said: str
    decided: str
    changes: str
    measure: str
    signed_by: str
    measure_on: date | None = None
    idea_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Quotable:
    """A contribution an editor would quote: its words, how it is signed, whom to ask; never who wrote it.

    ``is_of`` answers whether a viewer wrote it. ``author`` is empty for what is anonymous: nobody can agree.
    """

    title: str
    url: str
    words: str
    is_sealed: bool
    is_of: Callable
    author: Followers
    signature: str = ""

    @property
    def can_be_asked(self) -> bool:
        return bool(list(self.author.user_ids) or list(self.author.handles))


_cards: dict[str, Callable] = {}
_outcomes: dict[str, Callable] = {}
_quotables: dict[str, Callable] = {}
_followers: dict[str, Callable] = {}
_figures: dict[str, tuple] = {}
_opened: list[Callable] = []
_space_url: Callable | None = None


def register(kind: str, loader: Callable) -> None:
    """Declare how a kind of object is shown: ``loader(reference, viewer) -> Card | None``."""
    _once(_cards, kind, loader)


def load(kind: str, reference: str, viewer) -> Card | None:
    """The card of an object for this viewer; None when it doesn't exist for them."""
    loader = _cards.get(kind)
    return loader(reference, viewer) if loader and reference else None


def register_outcome(kind: str, loader: Callable) -> None:
    """Declare what the last answer to a subject says: ``loader(reference) -> OutcomeWords | None``.

    None: nobody answered it yet, or not every agent reads it.
    """
    _once(_outcomes, kind, loader)


def outcome_words(kind: str, reference: str) -> OutcomeWords | None:
    """What the last answer to this subject says for its outcome page."""
    loader = _outcomes.get(kind)
    return loader(reference) if loader and reference else None


def register_quotable(kind: str, loader: Callable) -> None:
    """Declare how words of a contribution are quoted: ``loader(reference, viewer) -> Quotable | None``."""
    _once(_quotables, kind, loader)


def quotable(kind: str, reference: str, viewer) -> Quotable | None:
    """A contribution as this viewer may read it, to be quoted; None when they don't see it."""
    loader = _quotables.get(kind)
    return loader(reference, viewer) if loader and reference else None


def register_followers(kind: str, loader: Callable) -> None:
    """Declare who follows a kind of object: ``loader(reference) -> Followers``."""
    _once(_followers, kind, loader)


def followers(kind: str, reference: str) -> Followers:
    """Who follows this object; nobody when no room said how to know."""
    loader = _followers.get(kind)
    return loader(reference) if loader and reference else Followers()


def register_figures(key: str, label, loader: Callable) -> None:
    """Declare a set of figures an editor may place: ``loader(viewer) -> list[Figure]``."""
    if _figures.get(key, (label, loader))[1] is not loader:
        raise ValueError(f"The figures {key!r} are already registered.")
    _figures[key] = (label, loader)


def figures_choices() -> list[tuple]:
    """The sets of figures, as the choices of a block."""
    return [(key, label) for key, (label, _loader) in sorted(_figures.items())]


def figures(key: str, viewer) -> list[Figure]:
    """A set of figures for this viewer; nothing when its room is gone."""
    known = _figures.get(key)
    return list(known[1](viewer)) if known else []


def register_opened(loader: Callable) -> None:
    """Put on the home page what a room has open: ``loader(viewer) -> list[Card]``, through its own gate."""
    if loader not in _opened:
        _opened.append(loader)


@together.reading
def opened(viewer):
    """What the rooms have open for this viewer, beside the boxes."""
    found = yield from together.all_of(together.asking(loader, viewer) for loader in _opened)
    return [card for cards in found for card in cards]


def register_space_url(function: Callable) -> None:
    """Declare where an open box leads: ``function(space) -> url``."""
    global _space_url
    if _space_url not in (None, function):
        raise ValueError("The address of spaces is already registered.")
    _space_url = function


def space_url(space) -> str:
    """Where an open box leads; a space where questions alone are asked leads to them."""
    if space.activities == [ASKING]:
        return reverse("questionnaires:list")
    return _space_url(space) if _space_url else f"/idees/?espace={space.slug}"


def _once(registry: dict, kind: str, loader: Callable) -> None:
    if registry.get(kind, loader) is not loader:
        raise ValueError(f"The kind {kind!r} is already registered.")
    registry[kind] = loader
