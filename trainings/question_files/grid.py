"""Our own grid, one question a line: category, kind, question, answers, which are right, reason, source."""

import io
import zipfile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .gift import clean
from .read import (
    COLUMNS,
    EMPTY,
    KIND,
    MOST,
    NO_ANSWER,
    NO_RIGHT,
    TOO_LARGE,
    TWO_RIGHTS,
    UNREADABLE,
    Found,
    Reading,
    Wrong,
    choice,
    told,
)

# The first line of the sheet; what stands between answers is a semicolon or a line of its own.
HEADERS = ("categorie", "sorte", "question", "reponses", "bonnes", "raison", "source")
KINDS = {
    "une": "single",
    "plusieurs": "multiple",
    "vrai ou faux": "true_false",
    "relier": "matching",
    "ordre": "ordering",
    "courte": "short",
}
# A sheet that unfolds to more is refused before it is read.
MOST_UNFOLDED = 20 * 1024 * 1024


def read(data: bytes, true: str = "Vrai", false: str = "Faux") -> Reading:
    """The questions of the first sheet of a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNFOLDED:
                return Reading(wrong=[Wrong(1, TOO_LARGE)])
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(max_row=MOST + 1, values_only=True)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, EOFError):
        return Reading(wrong=[Wrong(1, UNREADABLE)])
    places = {_folded(name): place for place, name in enumerate(rows[0] if rows else [])}
    if missing := [name for name in HEADERS if name not in places]:
        return Reading(wrong=[Wrong(1, COLUMNS, ", ".join(missing))])
    reading = Reading()
    for line, row in enumerate(rows[1:], start=2):
        said = {name: row[places[name]] if places[name] < len(row) else "" for name in HEADERS}
        if any(said.values()):
            found = _question(line, said, (true, false))
            (reading.questions if isinstance(found, Found) else reading.wrong).append(found)
    return reading


def _text(cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _folded(text: str) -> str:
    return clean(text).casefold().replace("é", "e")


def _question(line: int, said: dict, booleans):
    kind = KINDS.get(" ".join(said["sorte"].casefold().split()))
    if kind is None:
        return Wrong(line, KIND, clean(said["sorte"]))
    text = clean(said["question"])
    if not text:
        return Wrong(line, EMPTY)
    answers = _listed(said["reponses"])
    rest = (said["categorie"], text, clean(said["raison"]), clean(said["source"]))
    if kind == "true_false":
        answers = list(booleans)
    if len(answers) < (1 if kind == "short" else 2):
        return Wrong(line, NO_ANSWER)
    if kind == "short":
        return told(line, kind, *rest, accepted=answers)
    if kind == "ordering":
        return told(line, kind, *rest, order=answers)
    if kind == "matching":
        pairs = [dict(zip(("left", "right"), map(str.strip, one.split("=", 1)), strict=False)) for one in answers]
        complete = all(pair.get("left") and pair.get("right") for pair in pairs)
        return told(line, kind, *rest, pairs=pairs) if complete else Wrong(line, NO_ANSWER)
    return _choices(line, kind, answers, said["bonnes"], rest)


def _choices(line, kind, answers, rights: str, rest):
    named = {one.casefold() for one in _listed(rights)}
    right = [str(place) in named or one.casefold() in named for place, one in enumerate(answers, start=1)]
    if not any(right) or len(named) != sum(right):
        return Wrong(line, NO_RIGHT)
    if kind != "multiple" and sum(right) > 1:
        return Wrong(line, TWO_RIGHTS)
    said = [choice(one, is_right) for one, is_right in zip(answers, right, strict=True)]
    return told(line, kind, *rest, choices=said)


def _listed(text: str) -> list[str]:
    return [clean(one) for one in text.replace("\n", ";").split(";") if clean(one)]
