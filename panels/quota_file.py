"""The file of quotas: one line a value, read as a whole; every fault comes out with its line."""

from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .consistency import Asked, faults_of_quotas
from .csv_lines import Problem, read_table
from .models import Quota

NAMES = {
    "criterion": ("criterion", "category", "feature", "critère", "critere"),
    "value": ("value", "name", "valeur"),
    "minimum": ("min", "minimum"),
    "maximum": ("max", "maximum"),
    "protected": ("protected", "protégé", "protege"),
    "share": ("share", "part"),
    "source": ("source",),
    "year": ("year", "année", "annee"),
}
REQUIRED = ("criterion", "value", "minimum", "maximum")
YES = frozenset({"yes", "oui", "1", "x", "true", "vrai"})
NO = frozenset({"", "no", "non", "0", "false", "faux"})
MOST_LINES = 500
LONGEST_LABEL = 120


@dataclass(frozen=True)
class QuotaLine:
    """One value as it will be written."""

    line: int
    criterion: str
    criterion_key: str
    value: str
    value_key: str
    minimum: int
    maximum: int
    is_protected: bool
    share: int | None
    source: str
    year: int | None


@dataclass
class QuotaFile:
    """What was read: the lines, and everything wrong with them or with the whole."""

    lines: list[QuotaLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0


def read_quotas(data: bytes, *, seats: int, reserved: dict[str, int | None] | None = None) -> QuotaFile:
    """Read a file of quotas for so many seats. Unreadable when it isn't a table with the columns asked."""
    found, seen = QuotaFile(), {}
    for line, cells in read_table(data, NAMES, REQUIRED):
        found.read += 1
        if found.read > MOST_LINES:
            found.problems.append(Problem(line, _("More than %(most)d values: cut the file.") % {"most": MOST_LINES}))
            break
        made, faults = _line(line, cells)
        if made is not None:
            pair = (made.criterion_key, made.value_key)
            if pair in seen:
                faults.append(_("this value is already on line %(line)d.") % {"line": seen[pair]})
            seen.setdefault(pair, line)
        found.problems += [Problem(line, fault) for fault in faults]
        if made is not None and not faults:
            found.lines.append(made)
    if not found.read:
        found.problems.append(Problem(1, _("no quota in this file.")))
    if not found.problems:
        asked = [Asked(one.criterion, one.value, one.minimum, one.maximum) for one in found.lines]
        found.problems += [Problem(1, fault) for fault in faults_of_quotas(seats, asked, reserved)]
    return found


def _line(line: int, cells: dict) -> tuple[QuotaLine | None, list[str]]:
    faults = []
    for name, sentence in (("criterion", _("the criterion has no name.")), ("value", _("the value has no name."))):
        if not slugify(cells[name]):
            faults.append(sentence)
        elif len(cells[name]) > LONGEST_LABEL:
            faults.append(_("a name has %(most)d signs at most.") % {"most": LONGEST_LABEL})
    if slugify(cells["criterion"]) == "list":
        faults.append(_("“list” is the name of the source lists: choose another one."))
    minimum, maximum = _number(cells["minimum"], faults), _number(cells["maximum"], faults)
    share = _share(cells.get("share", ""), faults)
    year = _number(cells["year"], faults) if cells.get("year") else None
    if year is not None and not 1900 <= year <= 2100:
        faults.append(_("“%(year)d” isn’t a year.") % {"year": year})
    if share is not None and not (cells.get("source") and year):
        faults.append(_("a share of the city says its source and its year."))
    said = cells.get("protected", "").casefold()
    if said not in YES | NO:
        faults.append(_("“%(word)s” is neither yes nor no.") % {"word": said})
    if minimum is not None and maximum is not None and minimum > maximum:
        faults.append(_("the minimum is above the maximum."))
    if minimum is None or maximum is None:
        return None, faults
    return QuotaLine(
        line, cells["criterion"], slugify(cells["criterion"])[:40], cells["value"], slugify(cells["value"])[:40],
        minimum, maximum, said in YES, share, cells.get("source", "")[:140], year,
    ), faults  # fmt: skip


def _number(text: str, faults: list[str]) -> int | None:
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text)
    faults.append(_("“%(text)s” isn’t a whole number.") % {"text": text[:40]})
    return None


def _share(text: str, faults: list[str]) -> int | None:
    """A share as people write them ("23,4 %", "0.234"), in thousandths."""
    if not text:
        return None
    cleaned = text.replace("%", "").replace(",", ".").replace("\u202f", "").replace("\u00a0", "").strip()
    try:
        number = float(cleaned)
    except ValueError:
        number = -1.0
    share = number * 10 if "%" in text or number > 1 else number * 1000
    if not 0 <= share <= 1000:
        faults.append(_("“%(text)s” isn’t a share.") % {"text": text[:40]})
        return None
    return round(share)


# The columns of the file that Terrain writes; the ones it reads have other names besides (``NAMES``).
HEADERS = ("critère", "valeur", "min", "max", "protégé", "part", "source", "année")


def rows_of(panel):
    """The quotas of a panel as lines of such a file, in their order."""
    rows = Quota.objects.filter(value__criterion__panel=panel).select_related("value__criterion")
    for one in rows.order_by("value__criterion__position", "value__criterion", "value__position", "value"):
        share = "" if one.share is None else f"{one.share / 10:.1f} %".replace(".", ",")
        yield (
            one.value.criterion.label, one.value.label, one.minimum, one.maximum, "oui" if one.is_protected else "",
            share, one.source, one.source_year or "",
        )  # fmt: skip
