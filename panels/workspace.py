"""The members' space of a panel: its tabs, which are plain links, and what each holds now.

A tab is a function of the viewer and the panel that answers a ``Tab``, or nothing where there is nothing for them.
Rooms above add theirs with ``register`` when they start; the order is that of ``place``.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """One part of the members' space: its address, what stands there now, what waits for this viewer."""

    key: str
    title: str
    url: str
    state: str
    icon: str = "list-checks"
    is_next: bool = False


_tabs: list[tuple[int, Callable]] = []


def register(place: int, tab: Callable) -> None:
    """Add a tab, once: ``tab(viewer, panel) -> Tab | None``, in a bounded number of statements."""
    if all(one is not tab for _place, one in _tabs):
        _tabs.append((place, tab))
        _tabs.sort(key=lambda pair: pair[0])


def tabs_for(viewer, panel) -> list[Tab]:
    """The tabs shown to somebody who may enter, in their order."""
    found = (tab(viewer, panel) for _place, tab in _tabs)
    return [one for one in found if one is not None]
