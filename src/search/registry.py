"""What can be searched: each room registers its kinds of objects."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """What the index reads of an object: a title, a text, and words found but not shown (a reference, tags)."""

    title: str
    body: str = ""
    extra: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of objects: its model, how one becomes a document, and which ones are indexed."""

    name: str
    model: type
    document: Callable
    queryset: Callable


_kinds: dict[str, Kind] = {}


def register(kind: str, model, document: Callable, queryset: Callable | None = None) -> None:
    """Declare a kind. ``document(obj) -> Document``; ``queryset()`` gives the rows to index, all by default.

    An object that ``queryset()`` doesn't hold leaves the index at its next ``search.index``.
    """
    known = _kinds.get(kind)
    if known is not None and known.model is not model:
        raise ValueError(f"The kind {kind!r} is already registered.")
    _kinds[kind] = Kind(kind, model, document, queryset or model._default_manager.all)


def get(kind: str) -> Kind:
    """The kind of that name; KeyError when nobody registered it."""
    return _kinds[kind]


def kinds() -> dict[str, Kind]:
    """Every kind, by name."""
    return dict(_kinds)
