"""Reads another platform's file of projects through a column mapping: rows, and every fault with its line."""

import csv
import io
import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from src.foundations.imports import Unreadable
from src.foundations.text import tidy

from .enums import MeasureStatus
from .models import ColumnMapping

SHIPPED = Path(__file__).parent / "mappings"
MAX_BYTES, MAX_LINES = 50 * 1024 * 1024, 50_000
REQUIRED = ("key", "title", "status", "year")
KNOWN = (*REQUIRED, "direction", "theme", "place", "budget", "origin", "due_on", "delivered_on", "changes")
PARTS = ("columns", "milestones", "statuses", "empty", "untitled", "stopped", "directions")
# What a file may call a measure; confirmed is the ground's word, no file's.
STATUSES = tuple(status for status in MeasureStatus.values if status != MeasureStatus.VERIFIED)
FAR = ("planned", "studies", "procedure", "works", "delivered")
_DAY = re.compile(r"^(\d{4})-(\d{2})(?:-(\d{2}))?$")


@dataclass(frozen=True, order=True)
class Problem:
    """A fault of one line, told with its number."""

    line: int
    sentence: str

    def __str__(self):
        return _("Line %(line)d: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass(frozen=True)
class ProjectRow:
    """One project as it will be written."""

    line: int
    key: str
    columns: dict
    origin: str
    milestones: tuple[tuple[str, date | None, date | None], ...]


@dataclass
class ProjectFile:
    """What was read: the good rows, the faults, how many lines there were."""

    rows: list[ProjectRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0


def mapping_named(name: str) -> dict:
    """The rules kept under a name, else those the product ships under it; Unreadable when there are none."""
    kept = ColumnMapping.objects.filter(name=name).first()
    if kept is not None:
        return kept.rules
    shipped = SHIPPED / f"{Path(name).name}.json"
    if shipped.is_file():
        return json.loads(shipped.read_text(encoding="utf-8"))
    known = [*ColumnMapping.objects.values_list("name", flat=True), *(path.stem for path in SHIPPED.glob("*.json"))]
    words = {"name": name, "known": ", ".join(sorted(set(known)))}
    raise Unreadable(_("No mapping is kept under “%(name)s”. Known ones: %(known)s.") % words)


def checked_mapping(rules) -> dict:
    """The same rules, or Unreadable with everything that is wrong in them."""
    wrong = []
    if not isinstance(rules, dict) or not isinstance(rules.get("columns"), dict):
        raise Unreadable(_("A mapping says at least its “columns”: the columns of the file by our names."))
    wrong += [_("unknown part “%(name)s”") % {"name": name} for name in sorted(rules.keys() - set(PARTS))]
    columns = rules["columns"]
    wrong += [_("unknown name “%(name)s”") % {"name": name} for name in sorted(columns.keys() - set(KNOWN))]
    wrong += [_("“%(name)s” has no column") % {"name": name} for name in REQUIRED if not columns.get(name)]
    for word, status in (rules.get("statuses") or {}).items():
        if status not in STATUSES:
            known = {"word": word, "status": status, "known": ", ".join(STATUSES)}
            wrong.append(_("“%(word)s” can't become “%(status)s”; it may be: %(known)s") % known)
    for title, said in (rules.get("milestones") or {}).items():
        if not isinstance(said, list) or len(said) != 2 or said[1] not in FAR:
            words = {"title": title, "known": ", ".join(FAR)}
            wrong.append(_("“%(title)s” says its column and the state it is made from: %(known)s") % words)
    if not rules.get("statuses"):
        wrong.append(_("no word of the file is mapped to a state (“statuses”)"))
    if wrong:
        raise Unreadable(_("This mapping can't be used: %(faults)s.") % {"faults": "; ".join(wrong)})
    return rules


def read_projects(data: bytes, rules: dict, *, today: date) -> ProjectFile:
    """Read a file with its mapping; Unreadable when it isn't a table, or lacks a column the mapping names."""
    reader, headers = _table(data)
    named = [*rules["columns"].values(), *(column for column, _status in (rules.get("milestones") or {}).values())]
    missing = sorted({column for column in named if column not in headers})
    if missing:
        words = {"missing": ", ".join(missing), "there": ", ".join(headers)}
        raise Unreadable(_("The file has no column %(missing)s. Its columns: %(there)s.") % words)
    found, seen = ProjectFile(), {}
    for values in reader:
        line = reader.line_num
        if not any(value.strip() for value in values):
            continue
        found.read += 1
        if found.read > MAX_LINES:
            raise Unreadable(_("This file has more than %(count)d lines. Cut it.") % {"count": MAX_LINES})
        if len(values) != len(headers):
            words = {"count": len(values), "expected": len(headers)}
            found.problems.append(Problem(line, _("%(count)d cells where %(expected)d are expected.") % words))
            continue
        row, faults = _row(line, dict(zip(headers, values, strict=True)), rules, today)
        if row is not None and row.key in seen:
            faults.append(_("“%(key)s” is already on line %(line)d.") % {"key": row.key, "line": seen[row.key]})
        found.problems += [Problem(line, sentence) for sentence in faults]
        if row is not None and not faults:
            seen[row.key] = line
            found.rows.append(row)
    return found


def _table(data: bytes):
    if len(data) > MAX_BYTES:
        raise Unreadable(_("This file is over 50 MB. Cut it."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise Unreadable(_("This file isn't a text in UTF-8. Save it again as CSV UTF-8.")) from None
    if "\x00" in text:
        raise Unreadable(_("This file isn't a text in UTF-8. Save it again as CSV UTF-8."))
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") >= first.count(",") else ",")
    headers = [name.strip() for name in next(reader, [])]
    if len(headers) < 2 or len(set(headers)) != len(headers):
        raise Unreadable(_("The first line must name the columns, each once."))
    return reader, headers


def _row(line: int, cells: dict, rules: dict, today: date) -> tuple[ProjectRow | None, list[str]]:
    """One line, or None with its faults, all of them."""
    faults: list[str] = []
    empty = {word.casefold() for word in rules.get("empty") or ()}

    def cell(column: str) -> str:
        value = tidy(cells.get(column, ""), one_line=True)
        return "" if value.casefold() in empty else value

    def named(name: str) -> str:
        return cell(rules["columns"].get(name, ""))

    key, year, word = named("key"), named("year"), named("status")
    if not key or len(key) > 80:
        faults.append(_("it has no identifier, or one over 80 characters."))
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        faults.append(_("“%(value)s” isn't a year.") % {"value": year})
    status = (rules["statuses"]).get(word, "")
    if not status:
        faults.append(_("the state “%(value)s” isn't in the mapping.") % {"value": word})
    title = named("title") or str(rules.get("untitled") or "").replace("{key}", key)
    if not title or len(title) > 300:
        faults.append(_("it has no title, or one over 300 characters."))
    budget = named("budget").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if budget and not (budget.isascii() and budget.isdecimal() and len(budget) <= 15):
        faults.append(_("“%(value)s” isn't a number of euros.") % {"value": budget})
    days = {name: _day(named(name), name, faults) for name in ("due_on", "delivered_on")}
    told = []
    for words, (column, reached) in (rules.get("milestones") or {}).items():
        day = _day(cell(column), words, faults)
        if day is not None:
            # A day that passed is a step that was made only when the project went that far.
            made = day <= today and _rank(status) >= _rank(reached)
            told.append((words[:240], None, day) if made else (words[:240], day, None))
    if faults:
        return None, faults
    done = status == MeasureStatus.DELIVERED
    columns = {
        "title": title,
        "changes": named("changes")[:1200],
        "status": status,
        "year": int(year),
        "theme": named("theme")[:120],
        "place": named("place")[:300],
        "direction_label": named("direction")[:200] or _("Direction not said"),
        "budget": int(budget) if budget else None,
        "due_on": days["due_on"],
        "delivered_on": (days["delivered_on"] or days["due_on"]) if done else None,
        "stop_text": str(rules.get("stopped") or word) if status == MeasureStatus.STOPPED else "",
    }
    return ProjectRow(line, key, columns, named("origin")[:200], tuple(told)), []


def _rank(status: str) -> int:
    """How far a state is on the way; what was stopped went nowhere we know of."""
    return FAR.index(status) if status in FAR else -1


def _day(value: str, name: str, faults: list[str]) -> date | None:
    """A day, or the first of a month; a fault is told under the name of its column."""
    if not value:
        return None
    found = _DAY.match(value)
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else _refused(value, name, faults)
    except ValueError:
        return _refused(value, name, faults)


def _refused(value: str, name: str, faults: list[str]) -> None:
    faults.append(
        _("%(name)s: “%(value)s” isn't a date such as 2027-03 or 2027-03-31.") % {"name": name, "value": value}
    )
