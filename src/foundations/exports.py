"""The one door to CSV and XLSX: streamed, and no cell a spreadsheet could take for a formula."""

import csv
import datetime
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.text import get_valid_filename
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

BOM = "\ufeff"
_TRIGGERS = frozenset("=+-@|%")
_MAX_CELL = 32_767
# What XML 1.0 can't carry, and lone surrogates that no encoding can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# XLSX readers turn _x003D_ into "=".
_XML_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _first_visible(text: str) -> str:
    """The first sign a reader would see, past blanks, marks and signs without a width, in its plain form."""
    for sign in text:
        if sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me", "Cn", "Co"}:
            continue
        return unicodedata.normalize("NFKC", sign)[:1]
    return ""


def harmless(text: str) -> str:
    """The same text, with an apostrophe in front when a spreadsheet could read it as a formula."""
    text = _UNWRITABLE.sub("", text)
    if text[:1] in {"\t", "\r", "\n"} or _first_visible(text) in _TRIGGERS:
        return "'" + text
    return text


def _plain(value) -> str | int | float | Decimal:
    """A value as a number or a text; dates in ISO form, moments in the city's time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return pgettext("cell", "yes") if value else pgettext("cell", "no")
    if isinstance(value, int | Decimal | float):
        return value
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return force_str(value) if isinstance(value, Promise | bytes) else str(value)


def _csv_cell(value) -> str:
    plain = _plain(value)
    if isinstance(plain, str):
        return harmless(plain)
    # A French spreadsheet reads 1.5 as the first of May.
    return str(plain).replace(".", ",")


def _csv_lines(columns: Iterable, rows: Iterable[Iterable]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield BOM
    writer.writerow([_csv_cell(column) for column in columns])
    for row in rows:
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
        writer.writerow([_csv_cell(value) for value in row])
    yield buffer.getvalue()


def write_csv(stream: IO[str], columns: Iterable, rows: Iterable[Iterable]) -> None:
    """Write rows to a text stream: semicolons, quotes, a byte order mark, no formula."""
    for chunk in _csv_lines(columns, rows):
        stream.write(chunk)


def write_xlsx(stream: IO[bytes], columns: Iterable, rows: Iterable[Iterable], *, title: str = "") -> None:
    """Write rows to a binary stream as one sheet whose every text is a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=_sheet_title(title))
    sheet.freeze_panes = "A2"
    head = [_xlsx_cell(sheet, column) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    book.save(stream)


def _xlsx_cell(sheet, value) -> WriteOnlyCell:
    plain = _plain(value)
    if not isinstance(plain, str):
        finite = not isinstance(plain, float | Decimal) or plain == plain and abs(plain) != float("inf")
        return WriteOnlyCell(sheet, value=plain if finite else str(plain))
    text = _UNWRITABLE.sub("", plain)
    text = _XML_ESCAPE.sub(r"_x005F_x\1_", text)[:_MAX_CELL]
    cell = WriteOnlyCell(sheet, value="")
    cell.value = text
    cell.data_type = "s"
    return cell


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or pgettext("sheet", "Export")


def csv_response(filename: str, columns: Iterable, rows: Iterable[Iterable]) -> StreamingHttpResponse:
    """A CSV that leaves row by row: ``rows`` should be an iterator over ``.iterator()``."""
    response = StreamingHttpResponse(
        (chunk.encode("utf-8") for chunk in _csv_lines(columns, rows)), content_type="text/csv; charset=utf-8"
    )
    return _as_download(response, filename, "csv")


def xlsx_response(filename: str, columns: Iterable, rows: Iterable[Iterable], *, title: str = "") -> FileResponse:
    """An XLSX written to a temporary file, then sent in blocks."""
    stream = tempfile.SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - FileResponse closes it
    write_xlsx(stream, columns, rows, title=title or filename)
    stream.seek(0)
    response = FileResponse(stream, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return _as_download(response, filename, "xlsx")


def _as_download(response, filename: str, extension: str):
    name = get_valid_filename(filename.removesuffix(f".{extension}"))
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
