"""What floors above add to meetings: what becomes of a promise, what else stands in a person's calendar."""

from collections.abc import Callable, Iterator

from .ical import Event

_appliers: list[Callable] = []
_links: list[Callable] = []
_calendars: list[Callable] = []


def on_promised(apply: Callable) -> None:
    """Register ``apply(action)``: called once, in the transaction that publishes the minutes, for each action that

    the meeting asked to follow as a measure.
    """
    if apply not in _appliers:
        _appliers.append(apply)


def register_links(links: Callable) -> None:
    """Register ``links(references, viewer) -> {reference: (words, address)}``: where an action is followed."""
    if links not in _links:
        _links.append(links)


def promised(action) -> None:
    """Let the floors above follow an action."""
    for apply in _appliers:
        apply(action)


def can_be_followed() -> bool:
    """Whether some room follows actions as measures."""
    return bool(_appliers)


def links_of(references: list[str], viewer) -> dict[str, tuple[str, str]]:
    """Where these actions are followed, for this viewer."""
    found: dict[str, tuple[str, str]] = {}
    for links in _links:
        found |= links(references, viewer) if references else {}
    return found


def also_in_calendars(events: Callable) -> None:
    """Register ``events(viewer) -> iterable of Event``: read with one's meetings by the calendar that subscribed."""
    if events not in _calendars:
        _calendars.append(events)


def events_for(viewer) -> Iterator[Event]:
    """What floors above have in the calendar of a person."""
    for events in _calendars:
        yield from events(viewer)
