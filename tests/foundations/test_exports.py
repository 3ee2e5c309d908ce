"""Exports: what a spreadsheet opens is text and numbers, never a formula."""

import csv
import io
import re
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from src.foundations import exports

TRIGGERS = "=+-@\t\r"
HIDDEN_FORMULAS = [
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "\u202e=1",
    "\u3000=1",
    "\u00ad=1",
    " \u00a0\ufeff =1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "\ufe62\u0031",
    "\u0007=1",
    "|calc",
    "%0A=1",
]


def read_csv(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def csv_of(columns, rows) -> str:
    stream = io.StringIO(newline="")
    exports.write_csv(stream, columns, rows)
    return stream.getvalue()


def xlsx_of(columns, rows) -> bytes:
    stream = io.BytesIO()
    exports.write_xlsx(stream, columns, rows, title="Idées")
    return stream.getvalue()


def first_meaningful(text: str) -> str:
    """What a lenient spreadsheet would begin reading at, told independently of the module under test."""
    plain = unicodedata.normalize("NFKC", text)
    kept = [sign for sign in plain if unicodedata.category(sign)[0] not in "CZM"]
    return kept[0] if kept else ""


@pytest.mark.parametrize("hidden", HIDDEN_FORMULAS)
def test_a_hidden_formula_is_disarmed_in_csv_and_a_text_in_xlsx(hidden):
    [[cell]] = read_csv(csv_of(["a"], [[hidden]]))[1:]

    assert cell.startswith("'")
    assert cell[1:] == exports._UNWRITABLE.sub("", hidden)
    assert formulas_in(xlsx_of(["a"], [[hidden]])) == 0


def formulas_in(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(re.findall(rb"<f[ >/]", archive.read(name))) for name in archive.namelist() if "sheet" in name)


TEXTS = st.text(max_size=30) | st.builds(
    lambda a, b, c: a + b + c,
    st.text("\u00a0\ufeff\u200b\t\r\n \u3000\u0000\u202f", max_size=3),
    st.sampled_from(TRIGGERS + "\uff1d\uff0b\uff0d\uff20|%_x003D_"),
    st.text(max_size=8),
)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
@settings(max_examples=150, deadline=None)
def test_csv_reads_back_and_no_cell_starts_like_a_formula(rows):
    read = read_csv(csv_of(["=x", "y"], rows))

    assert [len(row) for row in read] == [2] * (len(rows) + 1)
    for written, cells in zip([("=x", "y"), *rows], read, strict=True):
        for text, cell in zip(written, cells, strict=True):
            assert first_meaningful(cell) not in set("=+-@")
            assert cell[:1] not in set(TRIGGERS)
            assert cell.removeprefix("'") == exports._UNWRITABLE.sub("", text).removeprefix("'")


@given(st.lists(st.tuples(TEXTS), max_size=4))
@settings(max_examples=60, deadline=None)
def test_xlsx_reads_back_as_texts_without_a_formula(rows):
    data = xlsx_of(["=x"], rows)

    assert formulas_in(data) == 0
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type in {"s", "n", "inlineStr"} for cell in cells)
    assert all(cell.value is None or isinstance(cell.value, str) for cell in cells)


def test_values_are_written_as_a_french_spreadsheet_reads_them():
    rows = [
        [1, -5, Decimal("1.50"), 2.5, True, False, None],
        [date(2026, 11, 22), datetime(2026, 7, 1, 22, 30, tzinfo=UTC), gettext_lazy("x"), 'é;«"»\n', "", "0612", "a"],
    ]

    assert read_csv(csv_of(["a", "b", "c", "d", "e", "f", "g"], rows))[1:] == [
        ["1", "-5", "1,50", "2,5", "oui", "non", ""],
        ["2026-11-22", "2026-07-02 00:30", "x", 'é;«"»\n', "", "0612", "a"],
    ]


def test_numbers_stay_numbers_in_xlsx_and_odd_ones_become_texts():
    data = xlsx_of(["a", "b", "c", "d"], [[1, Decimal("1.5"), float("inf"), "x" * 40_000]])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active

    assert [cell.value if len(str(cell.value)) < 50 else len(cell.value) for cell in sheet[2]] == [
        1,
        1.5,
        "inf",
        32_767,
    ]
    assert sheet.title == "Idées"


def test_a_text_that_looks_like_an_xml_escape_stays_itself():
    data = xlsx_of(["a"], [["_x003D_1+1"]])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active

    assert sheet["A2"].value in {"_x003D_1+1", "_x005F_x003D_1+1"}
    assert formulas_in(data) == 0


def test_csv_response_streams_its_rows_one_after_the_other():
    taken = []

    def rows():
        for number in range(5000):
            taken.append(number)
            yield [number, "x" * 40]

    response = exports.csv_response("idées 2026.csv", ["n", "t"], rows())
    chunks = iter(response.streaming_content)
    first, second = next(chunks), next(chunks)

    assert first == b"\xef\xbb\xbf"
    assert 0 < len(taken) < 5000
    assert len(second) < 100_000
    assert len(read_csv((first + second + b"".join(chunks)).decode())) == 5001
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="idées_2026.csv"'
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")


def test_xlsx_response_is_a_download_that_opens():
    response = exports.xlsx_response("idees", ["a"], [["=1"]])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["a"], ["=1"]]
    assert sheet["A2"].data_type == "s"
    assert response["Content-Disposition"] == 'attachment; filename="idees.xlsx"'
