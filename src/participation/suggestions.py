"""Where a suggestion goes that somebody left elsewhere: the room of ideas takes it, without knowing who left it.

Rooms on the same floor don't import each other: the one that keeps boxes registers how it takes a text, those that
gather suggestions call ``take``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Taken:
    """What became of it."""

    reference: str
    url: str


@dataclass(frozen=True)
class Taker:
    """``boxes(actor) -> [(code, label)]``, the usual one first; ``take(actor, box, text, unit) -> Taken``."""

    boxes: Callable
    take: Callable


_taker: list[Taker] = []


def register_taker(taker: Taker) -> None:
    """Declare who takes suggestions; refuses a second one."""
    if _taker and _taker[0] != taker:
        raise ValueError("Two rooms take suggestions")
    _taker[:] = [taker]


def boxes(actor) -> list[tuple[str, str]]:
    """Where this person may put a suggestion, the usual place first; empty when nobody takes any."""
    return _taker[0].boxes(actor) if _taker else []


def take(*, actor, box: str, text: str, unit) -> Taken:
    """Hand a text over, in the caller's transaction. Refuses with ValidationError what the box refuses."""
    if not _taker:
        raise ImproperlyConfigured("Nobody takes suggestions: register_taker().")
    return _taker[0].take(actor=actor, box=box, text=text, unit=unit)
