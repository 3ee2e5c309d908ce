"""A parcel and its journal: the smallest subject a process can move."""

from django.db import models

from src.workflow.models import AbstractJournalEntry, WorkflowSubject


class Parcel(WorkflowSubject):
    """Moves; holds its roles itself, so that asking costs no query."""

    reference = models.CharField(max_length=16, unique=True)
    # Role code -> keys of the accounts that hold it here.
    holders = models.JSONField(default=dict)
    promise = models.CharField(max_length=16, default="running")
    note = models.CharField(max_length=80, blank=True)

    subject_kind = "parcel"

    class Meta:
        app_label = "subjects"

    def roles_of(self, viewer):
        return {code for code, users in self.holders.items() if viewer.user_id in users}

    def fire_updates(self, transition, data):
        return {"note": data["note"]} if "note" in data else {}


class ParcelEntry(AbstractJournalEntry):
    """One passage of one parcel."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="journal")

    class Meta(AbstractJournalEntry.Meta):
        app_label = "subjects"
