"""What a process moves, and the journal each move leaves: abstract, made concrete by each app."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from .process import Process, Stage


class WorkflowSubject(models.Model):
    """Something with a stage. Only ``src.workflow.services.fire`` changes ``stage``.

    A concrete subject gives ``subject_kind``, a journal (an AbstractJournalEntry whose foreign key to it has
    ``related_name="journal"``) and ``roles_of``.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="+")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    # Stage kind of ``stage``, kept beside it by ``fire`` so that lists filter without a join.
    stage_kind = models.CharField(max_length=32, editable=False, db_index=True)
    # Midnight of Monday when the author of a contribution that isn't named moved it: order and hour leak a person.
    stage_since = models.DateTimeField()

    subject_kind = ""

    class Meta:
        abstract = True

    def roles_of(self, viewer) -> set[str]:
        """Codes (directory roles, "author") the viewer holds on this subject."""
        raise NotImplementedError(f"{type(self).__name__} says who holds which role on it.")

    def fire_updates(self, transition, data) -> dict:
        """More columns to write in the same conditional update as the stage."""
        return {}

    @classmethod
    def journal_relation(cls):
        """The reverse relation to the journal: its model and the name of its foreign key."""
        return cls._meta.get_field("journal")


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
    at = models.DateTimeField(_("date"))
    reason_code = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["id"]
