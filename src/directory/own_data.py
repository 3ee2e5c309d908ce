"""What the product holds of a person, in words a person reads, and the same as one file to keep."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from src.foundations import clock, personal_data

from .own_words import heading_of, word_for

# On the screen a longer text, and a longer list, are folded.
FOLDED_FROM, SHOWN = 280, 3
FIRST, LAST = "directory", "foundations"
_files: list[Callable[[object], Iterable[tuple[str, object]]]] = []


@dataclass(frozen=True)
class Section:
    """The rows of one model: what they are called, how long they are kept, each row as pairs (word, value).

    ``silent`` counts the rows that hold numbers of the machine alone: they are in the file.
    """

    label: str
    title: str
    kept: str
    rows: list[list[tuple[str, str]]]
    silent: int

    @property
    def count(self) -> int:
        return len(self.rows) + self.silent


@dataclass(frozen=True)
class Group:
    """What one room holds."""

    heading: str
    sections: list[Section]


def groups(user) -> list[Group]:
    """Everything the product holds of ``user``: the account first, then room by room, the journal last."""
    found: dict[str, list[Section]] = {}
    for declaration, rows in personal_data.held_of(user):
        found.setdefault(declaration.owner, []).append(_section(declaration, rows))
    told = [(room, Group(heading_of(room), _in_order(sections))) for room, sections in found.items()]
    return [group for _room, group in sorted(told, key=lambda one: (one[0] != FIRST, one[0] == LAST, one[1].heading))]


def register_files(provider: Callable[[object], Iterable[tuple[str, object]]]) -> None:
    """Add what people sent as files: ``provider(user)`` gives names and stored files, the person's own alone."""
    if provider not in _files:
        _files.append(provider)


def archive(user) -> bytes:
    """A ZIP for the person: one JSON file for machines, one page to read, and the files they sent."""
    held = personal_data.export_of(user)
    page = render_to_string(
        "directory/own_data_file.html", {"groups": groups(user), "person": user, "today": clock.now()}
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mes-donnees.json", json.dumps(held, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
        file.writestr("mes-donnees.html", page)
        for number, (name, held) in enumerate(_sent_by(user), start=1):
            file.writestr(f"fichiers/{number:03d}-{get_valid_filename(name)}", held)
    return packed.getvalue()


def _sent_by(user) -> Iterable[tuple[str, bytes]]:
    """Names and bytes of the files somebody sent; one that is gone from the disk is left out."""
    for provider in _files:
        for name, held in provider(user):
            try:
                with held.open("rb") as file:
                    yield name, file.read()
            except OSError:
                continue


def _section(declaration, rows) -> Section:
    told = [pairs for row in rows if (pairs := _pairs(declaration, row))]
    return Section(
        label=declaration.model._meta.label,
        title=_title(declaration),
        kept=str(declaration.retention or ""),
        rows=told,
        silent=len(rows) - len(told),
    )


def _in_order(sections: list[Section]) -> list[Section]:
    """Who one is first, the longest lists last."""
    return sorted(sections, key=lambda section: (section.label != "directory.User", section.count, section.title))


def _title(declaration) -> str:
    name = str(declaration.title or declaration.model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


def _pairs(declaration, row: dict) -> list[tuple[str, str]]:
    pairs = ((word_for(key), _text(_read(declaration, key, value, row))) for key, value in row.items())
    return [(word, text) for word, text in pairs if word and text]


def _read(declaration, key: str, value, row: dict):
    """A value as its declaration reads it, else the label of a column that has choices, else as it is."""
    if key in declaration.words:
        return declaration.words[key](value, row)
    try:
        choices = dict(declaration.model._meta.get_field(key).flatchoices)
    except (FieldDoesNotExist, AttributeError):
        return value
    return choices.get(value, value) if choices else value


def _text(value) -> str:
    """A value as it is read; empty when there is nothing to say."""
    if isinstance(value, Promise):
        return str(value)
    if value is None or value == "" or value == {} or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, dict):
        pairs = ((word_for(key), _text(one)) for key, one in value.items())
        return " ; ".join(f"{word} : {text}" for word, text in pairs if word and text)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(text for one in value if (text := _text(one)))
    return str(value)
