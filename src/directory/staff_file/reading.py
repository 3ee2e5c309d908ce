"""Turns the bytes of a spreadsheet export into rows with their line numbers; refuses in whole sentences."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from src.foundations.imports import Unreadable

from . import columns

MAX_CELL = 500
MAX_BYTES = 200 * 1024 * 1024


@dataclass
class Problem:
    """One thing to repair in a file, and where."""

    line: int
    message: str
    file: str = ""

    def __str__(self):
        where = _("line %(line)d") % {"line": self.line}
        return f"{self.file}, {where}: {self.message}" if self.file else f"{where}: {self.message}"


@dataclass
class Table:
    """What was read: rows as dictionaries of stripped cells, and what was wrong on the way."""

    name: str
    columns: frozenset[str] = frozenset()
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0

    def refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, message, self.name))


def decode(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else Windows' Latin alphabet."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ("utf-16",) if marked else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Unreadable(_("This file isn't text: export it as CSV, in UTF-8 or Windows encoding."))


def separator(header: str) -> str:
    """The separator of the first line: the most frequent of the usual three."""
    return max(";,\t", key=header.count)


def read(data: bytes, name: str, known: dict, required: tuple[str, ...], mapping: dict[str, str]) -> Table:
    """Read a whole table. Missing columns and unreadable lines are problems of the table, told with the others."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_("This file is larger than 200 MB."))
    text = decode(data)
    table = Table(name)
    header_line = text.split("\n", 1)[0]
    if not header_line.strip():
        raise Unreadable(_("The first line must name the columns."))
    lines = _lines(text, separator(header_line), table)
    _number, headers = next(lines, (1, []))
    positions = columns.place(headers, known, mapping)
    _check_headers(table, headers, positions, required, mapping)
    table.columns = frozenset(positions)
    if table.problems:
        return table
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        table.read += 1
        if len(cells) > len(headers) and any(cell.strip() for cell in cells[len(headers) :]):
            table.refuse(number, _("more cells than columns: look for a separator inside a cell."))
            continue
        _keep(table, number, cells, positions)
    return table


def _check_headers(table, headers, positions, required, mapping) -> None:
    words = [columns.plain(header) for header in headers]
    for word in sorted({word for word in words if word and words.count(word) > 1}):
        table.refuse(1, _("the column “%(column)s” is there twice.") % {"column": word})
    for column, header in mapping.items():
        if column not in positions:
            table.refuse(1, _("no column is called “%(header)s”.") % {"header": header})
    for column in required:
        if column not in positions and column not in mapping:
            table.refuse(1, _("the column “%(column)s” is missing.") % {"column": column})


def _lines(text: str, delimiter: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    former = csv.field_size_limit(MAX_BYTES)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        start = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                table.refuse(start, _("unreadable line (%(error)s).") % {"error": error})
                return
            yield start, cells
            start = reader.line_num + 1
    finally:
        csv.field_size_limit(former)


def _keep(table: Table, number: int, cells: list[str], positions: dict[str, int]) -> None:
    row, sound = {}, True
    for column, position in positions.items():
        cell = " ".join(cells[position].split()) if position < len(cells) else ""
        if len(cell) > MAX_CELL:
            table.refuse(
                number,
                _("the cell “%(column)s” has %(count)d characters: look for a quotation mark left open.")
                % {"column": column, "count": len(cell)},
            )
            sound = False
        elif not cell.isprintable():
            table.refuse(
                number, _("the cell “%(column)s” holds characters that can't be printed.") % {"column": column}
            )
            sound = False
        else:
            row[column] = cell
    if sound:
        table.rows.append((number, row))
