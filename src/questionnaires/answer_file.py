"""A table of answers gathered elsewhere: bytes to columns and lines, whatever the tool that wrote them."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from src.foundations.imports import Unreadable
from src.foundations.plain_fields import plain_text

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 2000
MOST_COLUMNS = 60
LONGEST_CELL = 10_000
DELIMITERS = (";", ",", "\t", "|")
# Lines looked at to tell what parts the columns.
LOOKED_AT = 20


@dataclass(frozen=True)
class Line:
    """One answer, under the number a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The columns and the answers of a file; empty lines are left out."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    def values(self, column: int) -> list[str]:
        """What stands in a column, in the order of the lines, without the empty ones."""
        return [line.cells[column] for line in self.lines if line.cells[column]]


def read(data: bytes) -> Table:
    """Read a file; raises Unreadable with a sentence when nothing can be made of it."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("This file is over 2 MB. Cut it."))
    text = _decoded(data)
    found = max((_rows(text, delimiter) for delimiter in DELIMITERS), key=_how_regular)
    if not found or len(found[0][1]) < 2:
        raise Unreadable(_("This file isn't a table: its first line has to name two columns at least."))
    (_first, names), *rows = found
    while names and not names[-1]:
        names = names[:-1]
    if len(names) > MOST_COLUMNS:
        raise Unreadable(_("This file has more than %(count)d columns. Take some out.") % {"count": MOST_COLUMNS})
    lines = []
    for number, cells in rows:
        if not any(cells):
            continue
        if any(cells[len(names) :]):
            raise Unreadable(_("Line %(line)d has more cells than there are columns.") % {"line": number})
        lines.append(Line(number, tuple([*cells, *[""] * len(names)][: len(names)])))
    if not lines:
        raise Unreadable(_("This file has no line under its columns."))
    if len(lines) > MOST_LINES:
        raise Unreadable(_("This file has more than %(count)d lines. Cut it.") % {"count": MOST_LINES})
    return Table(tuple(_named(names)), tuple(lines))


def _decoded(data: bytes) -> str:
    """The text: what its mark says, else UTF-8, else what Windows spreadsheets write."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("This file isn't a text. Save it again as CSV UTF-8."))


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows with the line they begin on; a cell may hold line ends. None when this isn't what parts columns."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, begins = [], 1
    try:
        for cells in reader:
            if len(found) <= MOST_LINES + 1:
                found.append((begins, [plain_text(cell[:LONGEST_CELL]) for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error:
        return []
    return found


def _how_regular(rows) -> tuple[int, int]:
    """Lines that have as many cells as the first one, then how many cells: the right sign makes a table."""
    if not rows or len(rows[0][1]) < 2:
        return 0, 0
    wide = len(rows[0][1])
    return sum(1 for _number, cells in rows[:LOOKED_AT] if len(cells) == wide), wide


def _named(names: list[str]) -> list[str]:
    """Columns by their names on one line; one without a name by its place, one named twice by both."""
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        words = plain_text(name, one_line=True)[:300] or _("Column %(n)d") % {"n": place}
        found.append(words if words not in found else f"{words} ({place})")
    return found
