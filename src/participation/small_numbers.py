"""Counts that may be published: what is under the smallest number is merged, so that no subtraction gives it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Cell:
    """A count, and what it counts."""

    key: str
    count: int


def publishable(cells: Iterable[Cell], k: int = 0) -> tuple[list[Cell], int]:
    """The cells that may be shown, and what the others make together; ([], 0) when all of it is too small.

    ``k`` is asked of the whole table (never less than the settings'): were one cell asked more than its neighbours,
    the rule would betray it. A cell under k goes with the others. While these together stay under it, or could be
    read from their sum, the smallest shown joins them, with all that equal it: a choice between equals would tell
    which they were. The total that a reader adds up is therefore true, and whoever knows this rule still finds
    several worlds for each small cell (``tests/security/test_published_tables.py`` tries them all).
    """
    k = max(k, settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    cells = [cell for cell in cells if cell.count]
    shown = sorted((cell for cell in cells if cell.count >= k), key=lambda cell: (-cell.count, cell.key))
    merged = [cell for cell in cells if cell.count < k]
    while merged and shown and (_together(merged) < k or _forced(merged, k)):
        smallest = shown[-1].count
        merged += [cell for cell in shown if cell.count == smallest]
        shown = [cell for cell in shown if cell.count > smallest]
    together = _together(merged)
    return (shown, together) if not merged or together >= k else ([], 0)


def _together(merged: list[Cell]) -> int:
    return sum(cell.count for cell in merged)


def _forced(merged: list[Cell], k: int) -> bool:
    """Each as large as a small one can be: their sum leaves no other choice."""
    return all(cell.count == k - 1 for cell in merged)
