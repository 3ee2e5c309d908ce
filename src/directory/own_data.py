"""What the product holds of a person, in words a person reads, and the same as one file to keep."""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from src.foundations import clock, personal_data

from .own_words import words_for


@dataclass(frozen=True)
class Section:
    """The rows of one model: what they are called, and each row as pairs (word, value)."""

    label: str
    title: str
    rows: list[list[tuple[str, str]]]


def sections(user) -> list[Section]:
    """Everything the product holds of ``user``, by kind, the longest lists last."""
    found = [
        Section(label, _title(label), [_pairs(row) for row in rows])
        for label, rows in personal_data.export_of(user).items()
    ]
    return sorted(found, key=lambda section: (len(section.rows), section.title))


def archive(user) -> bytes:
    """A ZIP for the person: one JSON file for machines, one page to read. Nothing of it stays on the server."""
    held = personal_data.export_of(user)
    page = render_to_string(
        "directory/own_data_file.html", {"sections": sections(user), "person": user, "today": clock.now()}
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mes-donnees.json", json.dumps(held, ensure_ascii=False, indent=2, default=str))
        file.writestr("mes-donnees.html", page)
    return packed.getvalue()


def _title(label: str) -> str:
    name = str(apps.get_model(label)._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


def _pairs(row: dict) -> list[tuple[str, str]]:
    return [(words_for(key), text) for key, value in row.items() if (text := _text(value))]


def _text(value) -> str:
    """A value as it is read; empty when there is nothing to say."""
    if value is None or value == "" or value == {} or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, dict):
        pairs = ((words_for(key), _text(one)) for key, one in value.items())
        return " ; ".join(f"{word} : {text}" for word, text in pairs if text)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(text for one in value if (text := _text(one)))
    return str(value)
