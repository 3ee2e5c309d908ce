"""A volunteer's receipt held against what was sealed: their leaf, their chance, where they stand once a row is out.

Works on what is given and keeps nothing.
"""

from dataclasses import dataclass

from .draw_reading import percent
from .draw_table import table_of

CHECK_SIGNS = 10


@dataclass(frozen=True)
class Checked:
    """What the receipt of ``ticket`` says of a draw.

    ``found``: the ticket is in the sealed list. ``same``: so is its leaf, hence the profile. ``times`` of ``rows``
    panels hold it. ``seated`` and ``rank`` are known once a row is out: drawn, or which place in the reserve.
    """

    ticket: str
    found: bool
    same: bool
    check: str
    times: int = 0
    rows: int = 0
    seated: bool | None = None
    rank: int | None = None

    @property
    def share(self) -> str:
        return percent(self.times / self.rows)


def held_against(draw, leaves: bytes, entry, receipt=None) -> Checked:
    """What this receipt says of that draw; ``receipt`` when the whole file was given, so that its path is followed."""
    from . import proof  # beside the engine, which loads with it

    leaf = proof.leaf_of(entry)
    sealed = proof.read_leaves(leaves)
    same = sealed.get(entry.ticket) == leaf and (receipt is None or receipt.proves(draw.pool_root))
    found = entry.ticket in sealed
    if not same:
        return Checked(entry.ticket, found, False, leaf.hex()[:CHECK_SIGNS])
    table = table_of(draw)
    rows, times = table.rows, table.counts[entry.ticket]
    seated = rank = None
    if draw.row is not None:
        row = rows[draw.row]
        seated = entry.ticket in row
        rank = None if seated else proof.reserve_of(draw.seed, draw.row, sealed, row).index(entry.ticket) + 1
    return Checked(entry.ticket, True, True, leaf.hex()[:CHECK_SIGNS], times, len(rows), seated, rank)
