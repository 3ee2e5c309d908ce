"""From what nobody chose to a row of the table."""

import re

from .canonical import digest, needed

DICE, PUBLIC_NUMBER = "dice", "public_number"
KINDS = (DICE, PUBLIC_NUMBER)
DICE_ROWS = 1000
# Two bytes of each fingerprint are read: enough for the greatest table, and few enough that all can be tried.
SPAN = 1 << 16
MOST_ROWS = 10_000
THREE_FIGURES = re.compile(r"[0-9]{3}")
# As published, in their order, one space between, no zero before: 7 12 23 31 45 6; or 32 or 64 bytes in hexadecimal.
NUMBERS = re.compile(r"(?:0|[1-9][0-9]{0,39})(?: (?:0|[1-9][0-9]{0,39})){0,15}|[0-9a-f]{64}|[0-9a-f]{128}")


def row_of(kind: str, value: str, *, seal: str, rows: int) -> tuple[int, int]:
    """The row that dice or a public number give, and how many fingerprints were set aside before (0 for dice).

    Three ten-sided dice, 000 to 999, are the row itself: a table of 1,000 rows, nothing else. A public number is
    hashed with the seal and a counter; what would favour the first rows is set aside and the counter goes on.
    """
    if kind == DICE:
        needed(rows == DICE_ROWS, "three dice choose among 1,000 rows")
        needed(isinstance(value, str) and THREE_FIGURES.fullmatch(value), "three dice give three figures")
        return int(value), 0
    needed(kind == PUBLIC_NUMBER, f"{kind!r} chooses nothing")
    needed(isinstance(value, str) and NUMBERS.fullmatch(value), "a public number is written in figures")
    needed(1 <= rows <= MOST_ROWS, "a table has from 1 to 10,000 rows")
    counter = 0
    while True:
        row = folded(int.from_bytes(digest("row", [seal, value, counter])[:2]), rows)
        if row is not None:
            return row, counter
        counter += 1


def folded(number: int, rows: int) -> int | None:
    """A number under 65,536 as a row; None above the last whole multiple of ``rows``, so that each row has as many."""
    return number % rows if number < SPAN - SPAN % rows else None
