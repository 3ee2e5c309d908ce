"""The pictures and documents an author may add after sending."""

import secrets
from pathlib import Path

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations.uploads import PrivateStorage

from ..enums import FileKind

FILES_MAX = 5


def random_name(row, filename: str) -> str:
    """A name that says nothing of who sent it, when, or what the file was called."""
    return f"ideas/{secrets.token_hex(16)}{Path(filename).suffix.lower()}"


class IdeaFile(models.Model):
    """One picture, re-encoded on arrival, or one document, kept as it came; described in words.

    Its place is one of five, each taken once: the database refuses a sixth.
    """

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind, db_default=FileKind.PICTURE)
    file = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120)
    # What pages show of a picture; empty for a document, and for pictures of before.
    small = models.FileField(
        storage=PrivateStorage(), upload_to=random_name, max_length=120, blank=True, db_default="", default=""
    )
    # In bytes; 0 for those of before.
    size = models.PositiveIntegerField(db_default=0)
    alt = models.CharField(_("what it shows or holds"), max_length=200)
    position = models.PositiveSmallIntegerField(db_default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        # The table had pictures alone, one an idea; the version that runs beside still reads it by this name.
        db_table = "ideas_ideaphoto"
        verbose_name = _("file of an idea")
        verbose_name_plural = _("files of ideas")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "position"], name="idea_file_one_a_place"),
            models.CheckConstraint(condition=Q(position__range=(1, FILES_MAX)), name="idea_file_five_places"),
            models.CheckConstraint(condition=~Q(alt=""), name="idea_file_is_described"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="idea_file_kind_known"),
        ]

    @property
    def name(self) -> str:
        """What its address ends with: random, as its file's name is."""
        return Path(self.file.name).stem

    @property
    def is_document(self) -> bool:
        return self.kind == FileKind.DOCUMENT
