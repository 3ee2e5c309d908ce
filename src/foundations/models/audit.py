"""The journal of what matters, and the chain that makes a change in it visible."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act: who (a pseudonym), what, on what. Inserted unchanged, never updated, never deleted."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=32, blank=True)
    verb = models.CharField(max_length=80)
    object_ref = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [models.Index(fields=["verb", "at"]), models.Index(fields=["object_ref", "at"])]

    def __str__(self):
        return f"{self.verb} {self.object_ref}".strip()


class Seal(models.Model):
    """One link of the chain of a stream: the hash of a row, tied to the hash of the link before."""

    stream = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    row_pk = models.PositiveBigIntegerField()
    row_hash = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="seal_stream_seq"),
            models.UniqueConstraint(fields=["stream", "row_pk"], name="seal_stream_row"),
        ]

    def __str__(self):
        return f"{self.stream} {self.seq}"
