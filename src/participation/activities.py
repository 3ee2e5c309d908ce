"""Kinds of activity a space can run, named by the apps that run them; and what each shows beside the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

_activities: dict[str, object] = {}
_cards: dict[str, Callable] = {}
_participants: dict[str, Callable] = {}


@dataclass(frozen=True, kw_only=True)
class ActivityCard:
    """One activity beside the others: where it stands, and the one thing to do there.

    ``phase`` is an ``ActivityPhase``; ``count`` is in words, and only what its room already tells this viewer.
    """

    title: str
    url: str
    kind_label: str
    phase: str
    state_label: str
    tone: str = ""
    icon: str = ""
    verb: str = ""
    verb_url: str = ""
    until: str = ""
    count: str = ""


@dataclass(frozen=True, kw_only=True)
class Participants:
    """Who took part in a space: told something by ``notices``, never listed."""

    user_ids: Iterable[int] = ()
    handles: Iterable[UUID] = field(default=())


def register(code: str, label) -> None:
    """Declare an activity (``"ideas"``) with the words administrators choose it by."""
    if _activities.get(code, label) != label:
        raise ValueError(f"“{code}” is already registered: two meanings for one activity.")
    _activities[code] = label


def choices() -> list[tuple[str, object]]:
    """Code and words of each activity, by code."""
    return sorted(_activities.items())


def register_cards(code: str, loader: Callable) -> None:
    """Say what an activity shows of a space: ``loader(space, viewer) -> list[ActivityCard]``, through its own gate.

    Called once a page, whatever the number of cards: its statements don't grow with them.
    """
    if _cards.get(code, loader) is not loader:
        raise ValueError(f"The cards of “{code}” are already registered.")
    _cards[code] = loader


def register_participants(code: str, loader: Callable) -> None:
    """Say who took part in an activity of a space: ``loader(space) -> Participants``."""
    if _participants.get(code, loader) is not loader:
        raise ValueError(f"The participants of “{code}” are already registered.")
    _participants[code] = loader


def cards_of(space, viewer, *, but: str = "") -> list[ActivityCard]:
    """Everything a space runs, side by side, as this viewer may see it; in the order of the space.

    ``but`` is an activity whose page one is on.
    """
    loaders = [_cards[code] for code in space.activities if code in _cards and code != but]
    return [card for loader in loaders for card in loader(space, viewer)]


def participants_of(space) -> list[Participants]:
    """Who took part in each activity of a space."""
    return [_participants[code](space) for code in space.activities if code in _participants]
