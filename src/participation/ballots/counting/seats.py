"""Who takes the places to fill, best first; a tie for the last one is told, and decided by people."""

from collections.abc import Callable, Iterable
from itertools import groupby


def tied_together(options: Iterable[int], worth: Callable) -> list[list[int]]:
    """The options in groups of equals; given in order."""
    return [list(group) for _worth, group in groupby(options, key=worth)]


def filled(groups: Iterable[list[int]], seats: int) -> tuple[list[int], list[int]]:
    """Those retained, and those tied for places that can't hold them all: none of these is retained."""
    kept: list[int] = []
    for group in groups:
        if len(kept) == seats:
            break
        if len(kept) + len(group) > seats:
            return kept, group
        kept += group
    return kept, []


def ranks(groups: Iterable[list[int]]) -> list[int]:
    """The place of each option, by position: equals share the best one, as in sports (1, 2, 2, 4)."""
    place, found = 1, {}
    for group in groups:
        found |= dict.fromkeys(group, place)
        place += len(group)
    return [found[option] for option in sorted(found)]
