"""The picture an author may add after sending."""

import secrets
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.uploads import PrivateStorage


def random_name(photo, filename: str) -> str:
    """A name that says nothing of who sent it, when, or what the file was called."""
    return f"ideas/{secrets.token_hex(16)}{Path(filename).suffix}"


class IdeaPhoto(models.Model):
    """One picture, re-encoded on arrival; described in words."""

    idea = models.OneToOneField("ideas.Idea", models.CASCADE, related_name="photo")
    file = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120)
    alt = models.CharField(_("what the picture shows"), max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("picture of an idea")
        verbose_name_plural = _("pictures of ideas")
