"""Visits from a file: read whole, errors told by line, nothing sent while one line is wrong."""

import csv
import io
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from src.foundations import references
from src.foundations.plain_fields import plain_text
from src.notices.without_mail import sms

from .enums import Contact
from .models import RatingPoint
from .models.rating import LANGUAGES
from .phones import readable
from .services.visiting import Visit

MOST = 2000
# Columns as files name them, in French or in English.
COLUMNS = {
    "point": "point",
    "reference": "point",
    "contact": "contact",
    "courriel": "contact",
    "email": "contact",
    "mobile": "contact",
    "langue": "language",
    "language": "language",
}


@dataclass
class Report:
    """What was read: the visits, and one sentence a fault with its line."""

    visits: list[Visit] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    read: int = 0


def read_file(content: bytes) -> Report:
    """Read a CSV of visits (columns ``point``, ``contact``, perhaps ``langue``; comma or semicolon; UTF-8)."""
    report = Report()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.problems.append(_("This file isn't in UTF-8: save it as “CSV UTF-8”."))
        return report
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") >= lines[0].count(",") else ","
    try:
        reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter, strict=True)
        # The line where a row ends: a quoted cell may hold several.
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        report.problems.append(
            _("This file can't be read as CSV: a quotation mark isn't closed, or a cell is too long.")
        )
        return report
    names = [COLUMNS.get(name.strip().lower(), "") for name in rows[0][1]] if rows else []
    if "point" not in names or "contact" not in names:
        report.problems.append(_("The first line names the columns: point, contact, and langue if you like."))
        return report
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        report.problems.append(_("Two columns say the same thing: keep one point, one contact, one langue."))
        return report
    found = []
    for number, row in rows[1:]:
        if any(cell.strip() for cell in row):
            found.append((number, dict(zip(names, row, strict=False))))
    return read_rows(found, report, told=lambda number: _("Line %(number)d:") % {"number": number})


def read_rows(rows: list[tuple[int, dict]], report: Report | None = None, *, told) -> Report:
    """Check visits one by one; ``told(number)`` says where a fault is. One statement, whatever their number."""
    report = report or Report()
    report.read = len(rows)
    if len(rows) > MOST:
        report.problems.append(_("At most %(most)d visits at once.") % {"most": MOST})
        return report
    if not rows:
        report.problems.append(_("There is no visit in it."))
        return report
    wanted = {_reference(row) for _number, row in rows}
    points = {point.reference: point for point in RatingPoint.objects.filter(reference__in=wanted)}
    seen: set[tuple[str, str]] = set()
    for number, row in rows:
        try:
            visit = _visit(row, points)
            if (visit.point.reference, visit.to) in seen:
                raise ValidationError(_("this visit is there twice."))
        except ValidationError as refusal:
            report.problems.append(f"{told(number)} {' '.join(refusal.messages)}")
        else:
            seen.add((visit.point.reference, visit.to))
            report.visits.append(visit)
    return report


def _reference(row: dict) -> str:
    return references.normalise(plain_text(str(row.get("point") or ""), one_line=True)[:20])


def _visit(row: dict, points: dict) -> Visit:
    """The visit of a row; ValidationError with every fault of it."""
    faults: list[str] = []
    point = points.get(_reference(row))
    if point is None:
        faults.append(_("no rating point has this reference."))
    elif not point.is_open:
        faults.append(_("this point takes no ratings any more."))
    language = plain_text(str(row.get("language") or "fr"), one_line=True)[:2].lower() or "fr"
    if language not in LANGUAGES:
        faults.append(_("the language is one of: %(known)s.") % {"known": ", ".join(LANGUAGES)})
    kind, to = Contact.NONE, ""
    try:
        kind, to = _contact(plain_text(str(row.get("contact") or ""), one_line=True)[:200])
    except ValidationError as refusal:
        faults += refusal.messages
    if faults:
        raise ValidationError(faults)
    return Visit(point=point, kind=kind, to=to, language=language)


def _contact(typed: str) -> tuple[str, str]:
    if "@" in typed:
        try:
            validate_email(typed)
        except ValidationError:
            raise ValidationError(_("this mail address can't be one."))
        return Contact.MAIL, typed
    phone = readable(typed)
    if not phone:
        raise ValidationError(_("give a mail address or a mobile number."))
    if not sms.is_on():
        raise ValidationError(_("text messages don't leave from here: give a mail address."))
    return Contact.SMS, phone
