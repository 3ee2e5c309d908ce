"""What is told of a measure, for good: its history, its news, the reminders of a silence, and its imports."""

import secrets
import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.uploads import PrivateStorage

from ..enums import MeasureStatus, StepKind


def random_name(note, filename: str) -> str:
    """A name that says nothing of who sent it, when, or what the file was called."""
    return f"measures/{secrets.token_hex(16)}{Path(filename).suffix}"


class MeasureStep(models.Model):
    """One thing that happened to a measure: append-only."""

    measure = models.ForeignKey("accountability.Measure", models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=StepKind)
    from_status = models.CharField(max_length=16, choices=MeasureStatus, blank=True)
    to_status = models.CharField(max_length=16, choices=MeasureStatus)
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("history of a measure")
        verbose_name_plural = _("history of measures")
        ordering = ["id"]


class ProgressNote(models.Model):
    """News of a measure, as everybody reads them, with a picture if there is one: append-only."""

    measure = models.ForeignKey("accountability.Measure", models.CASCADE, related_name="notes")
    # Given by the form: sent twice, news are written once.
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    on = models.DateField()
    text = models.TextField(_("news"))
    status = models.CharField(max_length=16, choices=MeasureStatus)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=160, blank=True)
    photo = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120, blank=True)
    photo_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("news of a measure")
        verbose_name_plural = _("news of measures")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="progress_note_has_text"),
            models.CheckConstraint(
                condition=models.Q(photo="") | ~models.Q(photo_alt=""), name="progress_note_photo_is_described"
            ),
        ]


class MeasureReminder(models.Model):
    """Somebody was told that a measure is silent. Once per level and silence."""

    measure = models.ForeignKey("accountability.Measure", models.CASCADE, related_name="reminders")
    # 0 owner at ninety days, 1 direction fifteen days later.
    level = models.PositiveSmallIntegerField()
    silent_since = models.DateField()
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reminder about a measure")
        verbose_name_plural = _("reminders about measures")
        constraints = [
            models.UniqueConstraint(fields=["measure", "level", "silent_since"], name="measure_reminder_once"),
        ]


class MeasureImport(models.Model):
    """One run of an import, so that it can be undone whole."""

    source_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.CharField(max_length=80)
    licence_note = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import of measures")
        verbose_name_plural = _("imports of measures")


class ColumnMapping(models.Model):
    """What each column of another platform's file means here, kept for the next file."""

    name = models.CharField(max_length=80, unique=True)
    # {"columns": {field: column}, "statuses": {word: status}, "directions": {name: unit code}, "origin": words}
    rules = models.JSONField()
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")

    def __str__(self):
        return self.name
