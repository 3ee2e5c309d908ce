"""What those who handle an idea write for each other: never for its author, never for the public."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..querysets import IdeaNoteQuerySet


class IdeaNote(models.Model):
    """One internal note, signed and dated, for the direction that has the idea in hand that day."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="notes")
    # Who reads it: when another direction takes the idea over, the note stays with this one.
    direction = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("note"))
    written_at = models.DateTimeField()
    # Ten equal posts leave one row.
    submission_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = IdeaNoteQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="idea_note_says_something")]


class IdeaNoteVersion(models.Model):
    """What a note said before its writer changed it, once the free hour was over."""

    note = models.ForeignKey(IdeaNote, models.CASCADE, related_name="versions")
    text = models.TextField()
    replaced_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier version of an internal note")
        verbose_name_plural = _("earlier versions of internal notes")
        ordering = ["id"]
