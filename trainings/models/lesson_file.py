"""Films, sound and captions of lessons: files served by this site alone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from src.foundations.uploads import PrivateStorage

from ..enums import MediaKind


def media_path(media, name: str) -> str:
    """Where the file is kept: under its reference, never under the name it came with."""
    return f"trainings/{media.reference}.{name.rsplit('.', 1)[-1].lower()}"


class LessonFile(models.Model):
    """One file that a lesson plays."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=140)
    kind = models.CharField(_("kind"), max_length=10, choices=MediaKind)
    file = models.FileField(_("file"), upload_to=media_path, storage=PrivateStorage)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("film, sound or captions")
        verbose_name_plural = _("films, sounds and captions")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MediaKind.values), name="training_media_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="training_media_has_a_title"),
        ]

    def __str__(self):
        return self.title
