"""The to-do list of the home page: each room gives its lines, sorted by legal duty, then by deadline."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

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


def register(provider: Callable[..., Iterable[TodoItem]]):
    """Add a provider ``(viewer) -> iterable of TodoItem``; registering it twice changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def items(viewer) -> list[TodoItem]:
    """Everything expected of this person: legal duties first, then the nearest deadline, then the title."""
    if not viewer.is_authenticated:
        return []
    found = [item for provider in _providers for item in provider(viewer)]
    return sorted(found, key=_urgency)


def _urgency(item: TodoItem):
    return (not item.legal, item.due_on is None, item.due_on or datetime.date.max, item.title)
