"""The pictures and documents an author adds after sending: bounded, described, in their order, without a date."""

import os
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.directory.viewer import as_viewer
from src.foundations import clock, orphans, uploads

from .. import rules, validators
from ..enums import FileKind
from ..models import Idea, IdeaFile
from ..models.file import FILES_MAX

ALT_MAX = 200
SMALL_SIDE = 480
DOCUMENTS = (".pdf", ".odt", ".docx")


def add_photo(*, idea, actor, upload, alt: str) -> IdeaFile:
    """Put one picture under an idea, after those it has. Its file doesn't say who, nor when in the week.

    Undone, it leaves no file. Refuses with PermissionDenied who isn't its author or comes after the answer, with
    ValidationError a picture without words, what isn't a picture, and a sixth file.
    """
    alt = _checked(idea, actor, alt)
    clean = uploads.safe_image(upload)
    size = clean.size
    row = IdeaFile(idea=idea, kind=FileKind.PICTURE, file=clean, size=size, alt=alt)
    row.small = uploads.smaller(clean, SMALL_SIDE)
    return _placed(row, idea)


def add_document(*, idea, actor, upload, alt: str) -> IdeaFile:
    """Put one document under a signed idea: PDF, ODT or DOCX, by its content, kept as it came.

    Refuses what ``add_photo`` refuses, and an idea that isn't signed: a document often holds its writer's name.
    """
    alt = _checked(idea, actor, alt)
    if idea.is_sealed:
        raise ValidationError(
            _("A document often holds the name of who wrote it. Under a protected name, send a picture of the page.")
        )
    if Path(upload.name or "").suffix.lower() not in DOCUMENTS:
        raise ValidationError(
            _("This file is neither a picture (JPEG, PNG, WebP) nor a document (PDF, ODT, DOCX). Save it as PDF.")
        )
    clean = uploads.safe_document(upload)
    return _placed(IdeaFile(idea=idea, kind=FileKind.DOCUMENT, file=clean, size=clean.size, alt=alt), idea)


def add_file(*, idea, actor, upload, alt: str) -> IdeaFile:
    """Put one file under an idea: a picture when its first bytes say so, else a document."""
    add = add_photo if uploads.looks_like_an_image(upload) else add_document
    return add(idea=idea, actor=actor, upload=upload, alt=alt)


@transaction.atomic
def remove_file(*, idea, actor, name: str) -> bool:
    """Take a file away; True when it was there. Those after it move up."""
    _check(idea, actor)
    rows = _held(idea)
    gone = next((row for row in rows if row.name == name), None)
    if gone is None:
        return False
    IdeaFile.objects.filter(pk=gone.pk).delete()
    for file in filter(None, (gone.file, gone.small)):
        orphans.delete_after_commit(file)
    for row in rows:
        if row.position > gone.position:
            IdeaFile.objects.filter(pk=row.pk).update(position=row.position - 1)
    return True


@transaction.atomic
def move_file(*, idea, actor, name: str, up: bool) -> bool:
    """Exchange a file with the one before it, or after it; True when it moved."""
    _check(idea, actor)
    rows = _held(idea)
    at = next((place for place, row in enumerate(rows) if row.name == name), None)
    to = None if at is None else at - 1 if up else at + 1
    if to is None or not 0 <= to < len(rows):
        return False
    # Places are unique at every moment: what two rows hold is exchanged, not their places.
    for row, other in ((rows[at], rows[to]), (rows[to], rows[at])):
        held = {column: getattr(other, column) for column in ("kind", "size", "alt")}
        held |= {column: getattr(other, column).name or "" for column in ("file", "small")}
        IdeaFile.objects.filter(pk=row.pk).update(**held)
    return True


def _placed(row, idea) -> IdeaFile:
    with orphans.files_with_their_rows(row.file, row.small):
        taken = len(_held(idea))
        if taken >= FILES_MAX:
            raise ValidationError(
                ngettext(
                    "This idea already has %(count)d file: take it away first.",
                    "This idea already has %(count)d files: take one away first.",
                    taken,
                )
                % {"count": taken}
            )
        row.position = taken + 1
        row.save()
        _age(row, idea)
    return row


def _held(idea) -> list[IdeaFile]:
    """The files an idea has, in order; of two who change them at once, one waits for the other."""
    Idea.objects.select_for_update().values_list("pk").get(pk=idea.pk)
    return list(IdeaFile.objects.filter(idea=idea).order_by("position"))


def _checked(idea, actor, alt: str) -> str:
    """The words that go with a file, tidy."""
    _check(idea, actor)
    alt = validators.tidy(alt, one_line=True)[:ALT_MAX]
    if not alt:
        raise ValidationError({"alt": _("Say in a few words what the file shows, for those who don't see it.")})
    return alt


def _check(idea, actor) -> None:
    if not rules.can(as_viewer(actor), "photo", idea):
        raise PermissionDenied(_("Only its author adds files, before the answer."))


def _age(row, idea) -> None:
    """A file's own date would say what the week hides."""
    if idea.is_sealed:
        moment = clock.week_start_moment().timestamp()
        for file in filter(None, (row.file, row.small)):
            os.utime(Path(file.path), (moment, moment))
