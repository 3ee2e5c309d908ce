"""Counts that may be published: what is under the smallest number is merged, so that no subtraction gives it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Cell:
    """A count, and the number under which it isn't shown alone."""

    key: str
    count: int
    k: int = 0


def publishable(cells: Iterable[Cell]) -> tuple[list[Cell], int]:
    """The cells that may be shown, and what the others make together; ([], 0) when all of it is too small.

    A cell under its k goes with the others; while these together stay under it, the smallest shown joins them. The
    total that a reader adds up is therefore true, and gives no small cell back.
    """
    floor = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    cells = [Cell(cell.key, cell.count, max(cell.k, floor)) for cell in cells if cell.count]
    shown = sorted((cell for cell in cells if cell.count >= cell.k), key=lambda cell: (-cell.count, cell.key))
    merged = [cell for cell in cells if cell.count < cell.k]
    while merged and shown and sum(cell.count for cell in merged) < max(cell.k for cell in merged):
        merged.append(shown.pop())
    together = sum(cell.count for cell in merged)
    if merged and together < max(cell.k for cell in merged):
        return [], 0
    return shown, together
