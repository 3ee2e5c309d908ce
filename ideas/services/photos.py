"""The picture an author adds after sending: re-encoded, described, without a date."""

import os
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, uploads

from .. import rules, validators
from ..models import IdeaPhoto

ALT_MAX = 200


def add_photo(*, idea, actor, upload, alt: str) -> IdeaPhoto:
    """Put one picture under an idea, in place of the former one. Its file doesn't say who, nor when in the week."""
    _check(idea, actor)
    alt = validators.tidy(alt, one_line=True)[:ALT_MAX]
    if not alt:
        raise ValidationError({"alt": _("Say in a few words what the picture shows, for those who don't see it.")})
    clean = uploads.safe_image(upload)
    former = IdeaPhoto.objects.filter(idea=idea).first()
    photo = IdeaPhoto(idea=idea, file=clean, alt=alt)
    with transaction.atomic():
        if former is not None:
            former.delete()
        photo.save()
    _age(photo, idea)
    if former is not None:
        former.file.storage.delete(former.file.name)
    return photo


def remove_photo(*, idea, actor) -> None:
    """Take the picture away, and its file with it."""
    _check(idea, actor)
    for photo in IdeaPhoto.objects.filter(idea=idea):
        photo.delete()
        photo.file.storage.delete(photo.file.name)


def _check(idea, actor) -> None:
    if not rules.can(as_viewer(actor), "photo", idea):
        raise PermissionDenied(_("Only its author adds a picture, before the answer."))


def _age(photo, idea) -> None:
    """A file's own date would say what the week hides."""
    if idea.is_sealed:
        moment = clock.week_start_moment().timestamp()
        os.utime(Path(photo.file.path), (moment, moment))
