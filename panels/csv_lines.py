"""Reads a small table as people save them: commas or semicolons, a mark at the start or not, two languages."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from src.foundations.imports import Unreadable
from src.foundations.text import tidy

MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, order=True)
class Problem:
    """A fault of one line, told with its number."""

    line: int
    sentence: str

    def __str__(self):
        return _("Line %(line)d: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


def read_table(data: bytes, names: Mapping[str, tuple[str, ...]], required: tuple[str, ...]) -> Iterator:
    """``(line, values by our names)`` of each line that isn't empty; Unreadable when it isn't such a table.

    ``names`` gives, for each of our names, the headers under which it may stand.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(_("This file is too large. Cut it."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        headers = [tidy(cell, one_line=True).casefold() for cell in next(reader, [])]
        places = {name: headers.index(said) for name, known in names.items() for said in known if said in headers}
        missing = [names[name][0] for name in required if name not in places]
        if missing:
            raise Unreadable(_("The file has no column %(missing)s.") % {"missing": ", ".join(missing)})
        for cells in reader:
            if any(cell.strip() for cell in cells):
                cells += [""] * (len(headers) - len(cells))
                yield reader.line_num, {name: tidy(cells[place], one_line=True) for name, place in places.items()}
    except csv.Error as error:
        raise Unreadable(_("This file isn’t a table that can be read.")) from error
