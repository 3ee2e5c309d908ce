"""What a process moves, and the journal each move leaves: abstract, made concrete by each app."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .process import Process, Stage


class WorkflowSubject(models.Model):
    """Something with a stage. Only ``src.workflow.services.fire`` changes ``stage``.

    A concrete subject gives ``journal_model`` (its AbstractJournalEntry), ``subject_kind`` and
    ``roles_of(viewer) -> set[str]``: the codes (directory roles, "author") the viewer holds on it.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="+")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    stage_since = models.DateTimeField()

    class Meta:
        abstract = True


class AbstractJournalEntry(models.Model):
    """One passage from a stage to the next. Append-only (a trigger refuses the rest), sealed later by the chain.

    ``actor`` is empty when the author of a contribution that isn't named acted, and when the clock did:
    ``actor_role`` tells which.
    """

    transition_slug = models.CharField(max_length=64)
    from_kind = models.CharField(max_length=32, blank=True)
    to_kind = models.CharField(max_length=32)
    from_stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="+")
    to_stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_role = models.CharField(max_length=32)
    at = models.DateTimeField(_("at"))
    reason_code = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["id"]
