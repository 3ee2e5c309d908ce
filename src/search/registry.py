"""What can be searched: each room registers its kinds of objects."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Document:
    """What the index reads of an object: a title, a text, words found but not shown (a reference, tags), and traits.

    Traits are what results are narrowed by: only what every result shows, never who wrote it nor how it is signed.
    ``direction`` and ``space`` are pairs (value in the address, name). ``day`` is the Monday of the week for what
    isn't signed.
    """

    title: str
    body: str = ""
    extra: str = ""
    genre: str = ""
    step: str = ""
    direction: tuple[str, str] = ("", "")
    space: tuple[str, str] = ("", "")
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """One object as the page of results shows it to somebody; every text is plain.

    ``texts`` are pairs (words before it or "", text): the first one that holds a word of the question is shown.
    """

    title: str
    url: str
    label: str
    texts: tuple[tuple[str, str], ...] = ()
    icon: str = ""
    tone: str = ""
    badge_label: str = ""
    badge_tone: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How a kind stands on the page of results.

    ``visible(viewer)`` is the queryset the kind's own list goes through; ``results(viewer, pks)`` answers
    ``{pk: Result}`` in one statement; ``genres`` and ``steps`` name the traits its documents carry, in the order they
    are offered; ``direct(viewer, reference)`` is the address of the object somebody typed the reference of, or "".
    """

    visible: Callable
    results: Callable
    genres: dict
    steps: dict = field(default_factory=dict)
    direct: Callable | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of objects: its model, how one becomes a document, which ones are indexed, how they are shown."""

    name: str
    model: type
    document: Callable
    queryset: Callable
    shown: Shown | None = None


@dataclass(frozen=True)
class WayOut:
    """What somebody who found nothing may do instead."""

    label: object
    url_name: str


_kinds: dict[str, Kind] = {}
_ways_out: list[WayOut] = []


def register(
    kind: str, model, document: Callable, queryset: Callable | None = None, shown: Shown | None = None
) -> None:
    """Declare a kind. ``document(obj) -> Document``; ``queryset()`` gives the rows to index, all by default.

    An object that ``queryset()`` doesn't hold leaves the index at its next ``search.index``. Without ``shown`` the
    kind is found by its own room alone and isn't on the page of results.
    """
    known = _kinds.get(kind)
    if known is not None and known.model is not model:
        raise ValueError(f"The kind {kind!r} is already registered.")
    _kinds[kind] = Kind(kind, model, document, queryset or model._default_manager.all, shown)


def get(kind: str) -> Kind:
    """The kind of that name; KeyError when nobody registered it."""
    return _kinds[kind]


def kinds() -> dict[str, Kind]:
    """Every kind, by name."""
    return dict(_kinds)


def shown_kinds() -> dict[str, Kind]:
    """The kinds of the page of results, in the order their rooms registered them."""
    return {name: kind for name, kind in _kinds.items() if kind.shown is not None}


def genres() -> dict:
    """Every genre of results and its words, in order."""
    return {value: label for kind in shown_kinds().values() for value, label in kind.shown.genres.items()}


def steps() -> dict:
    """Every step results may be narrowed by and its words, in order."""
    return {value: label for kind in shown_kinds().values() for value, label in kind.shown.steps.items()}


def offer_way_out(label, url_name: str) -> None:
    """Declare what a room offers somebody who found nothing."""
    way = WayOut(label, url_name)
    if way not in _ways_out:
        _ways_out.append(way)


def ways_out() -> tuple[WayOut, ...]:
    """What somebody who found nothing may do instead."""
    return tuple(_ways_out)
