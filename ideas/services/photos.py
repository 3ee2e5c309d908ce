"""The picture an author adds after sending: re-encoded, described, without a date."""

import os
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, orphans, uploads

from .. import rules, validators
from ..models import Idea, IdeaPhoto

ALT_MAX = 200


def add_photo(*, idea, actor, upload, alt: str) -> IdeaPhoto:
    """Put one picture under an idea, in place of the former one. Its file doesn't say who, nor when in the week.

    Undone, it leaves the former picture as it was and no file.
    """
    _check(idea, actor)
    alt = validators.tidy(alt, one_line=True)[:ALT_MAX]
    if not alt:
        raise ValidationError({"alt": _("Say in a few words what the picture shows, for those who don't see it.")})
    clean = uploads.safe_image(upload)
    photo = IdeaPhoto(idea=idea, file=clean, alt=alt)
    with orphans.files_with_their_rows(photo.file):
        _take_away(idea)
        photo.save()
        _age(photo, idea)
    return photo


@transaction.atomic
def remove_photo(*, idea, actor) -> None:
    """Take the picture away, and its file with it."""
    _check(idea, actor)
    _take_away(idea)


def _take_away(idea) -> None:
    """The present picture, if any; of two who do it at once, one waits for the other."""
    Idea.objects.select_for_update().values_list("pk").get(pk=idea.pk)
    for photo in IdeaPhoto.objects.filter(idea=idea):
        photo.delete()
        orphans.delete_after_commit(photo.file)


def _check(idea, actor) -> None:
    if not rules.can(as_viewer(actor), "photo", idea):
        raise PermissionDenied(_("Only its author adds a picture, before the answer."))


def _age(photo, idea) -> None:
    """A file's own date would say what the week hides."""
    if idea.is_sealed:
        moment = clock.week_start_moment().timestamp()
        os.utime(Path(photo.file.path), (moment, moment))
