"""Rooms above that open secret answers themselves, at their own moment, each box under a mark of theirs.

Two questionnaires asked of the same people, for instance: both are opened together, once, and only what they say
beside each other is told.
"""

from collections.abc import Callable
from dataclasses import dataclass

MOST_MARK = 64


@dataclass(frozen=True)
class Holder:
    """What a room says of a questionnaire it holds.

    ``facts`` are told before anybody answers, ``waits`` once it is closed and until its results; ``url`` is where the
    figures are told. ``mark(viewer)`` goes into the box of somebody's answers and nowhere else; ``closed()`` is called
    after the closing in place of the opening, at least once.
    """

    facts: tuple[str, ...]
    waits: str
    url: str
    mark: Callable[[object], str]
    closed: Callable[[], object]


_finders: list[Callable] = []


def register(find: Callable) -> None:
    """Add ``find(questionnaire) -> Holder | None``, once."""
    if find not in _finders:
        _finders.append(find)


def holder_of(questionnaire) -> Holder | None:
    """Who holds the answers of a questionnaire; None for the others, and where answers aren't secret."""
    if not questionnaire.is_secret:
        return None
    return next((found for find in _finders if (found := find(questionnaire)) is not None), None)
