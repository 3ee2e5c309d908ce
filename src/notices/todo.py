"""The to-do list of the home page: each room gives its lines, sorted by legal duty, then by what closes soon."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from src.foundations import clock, together

# What closes within so many days closes soon.
SOON = datetime.timedelta(days=14)

_providers: list[Callable] = []


@dataclass(frozen=True, kw_only=True)
class TodoItem:
    """One line, one verb: what is expected of somebody, before when, and how long it takes."""

    title: str
    url: str
    verb: str
    detail: str = ""
    icon: str = "circle-check"
    due_on: datetime.date | None = None
    legal: bool = False
    minutes: int | None = None
    kind: str = ""
    # Somebody waits for it: a queue, a team, a reply. It comes before what one does for oneself.
    awaited: bool = False

    @property
    def is_late(self) -> bool:
        """Whether its day is past."""
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def presses(self) -> bool:
        """Whether its day is past or near; without a day, whether somebody waits for it."""
        return self.awaited if self.due_on is None else self.due_on <= clock.today() + SOON


def register(provider: Callable[..., Iterable[TodoItem]]):
    """Add a provider ``(viewer) -> iterable of TodoItem``; registering it twice changes nothing.

    One that asks the database is a ``together.reading``: what all of them ask travels in one statement.
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


@together.reading
def items(viewer):
    """Everything expected of this person: legal duties first, then what presses, then the rest.

    In each, what somebody waits for comes first, then the nearest day, then the title.

    A statement a round, whoever asks: the first things each provider asks, then what follows from them.
    """
    if not viewer.is_authenticated:
        return []
    found = yield from together.all_of(together.asking(provider, viewer) for provider in _providers)
    return sorted((item for lines in found for item in lines), key=_urgency)


def _urgency(item: TodoItem):
    own = (not item.awaited, item.due_on is None, item.due_on or datetime.date.max, item.title)
    return (not item.legal, not item.presses, *own)
