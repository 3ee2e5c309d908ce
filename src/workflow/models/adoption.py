"""The record of an adoption: running subjects of one version pass to another, through a previewed stage map."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import AdoptionState
from .process import Process


class Adoption(models.Model):
    """One adoption, with its progress. What is left to do is always read from the subjects, so it can be resumed."""

    from_process = models.ForeignKey(Process, models.PROTECT, related_name="adoptions_out")
    to_process = models.ForeignKey(Process, models.PROTECT, related_name="adoptions_in")
    # Slug of a stage of the old version -> slug of a stage of the new one.
    mapping = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=16, choices=AdoptionState, default=AdoptionState.WAITING)
    planned_count = models.PositiveIntegerField(_("to adopt"), default=0)
    moved_count = models.PositiveIntegerField(_("adopted"), default=0)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=AdoptionState.values), name="adoption_state_known"),
            models.UniqueConstraint(
                fields=["from_process"], condition=models.Q(state="running"), name="adoption_one_running"
            ),
        ]

    def __str__(self):
        return f"{self.from_process} → {self.to_process}"

    @property
    def is_over(self) -> bool:
        return self.state in (AdoptionState.DONE, AdoptionState.CANCELLED)
