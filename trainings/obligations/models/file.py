"""A file of trainings done elsewhere, between the moment it is sent and the moment it is confirmed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations import clock

NAME_MAX = 120


class CompletionFile(models.Model):
    """What was sent, until it is taken in or a day has passed; then its text is gone."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name of the file"), max_length=NAME_MAX)
    text = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    run_id = models.UUIDField(null=True)
    # Counts of what came in: the report's five numbers, and nobody's name.
    counts = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of completed trainings")
        verbose_name_plural = _("files of completed trainings")
        ordering = ["-sent_at", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(run_id__isnull=True) | Q(confirmed_at__isnull=False),
                name="completion_file_runs_once_confirmed",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None
