"""An outcome page drafted by itself from a decision: one row a decision, so that it is drafted once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutcomeDraft(models.Model):
    """That a decision had its page drafted. The row stays when the draft is thrown away: it doesn't come back.

    ``revision`` is the version the product wrote: as long as the page has no other, nobody touched it.
    """

    subject_kind = models.CharField(max_length=32)
    subject_reference = models.CharField(max_length=16)
    # Which answer of the subject: a "later" that comes back is answered again.
    answer = models.PositiveBigIntegerField()
    page = models.OneToOneField(
        "publishing.OutcomePage", models.SET_NULL, null=True, blank=True, related_name="outcome_draft"
    )
    revision = models.PositiveBigIntegerField(null=True, blank=True)
    drafted_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outcome drafted by itself")
        verbose_name_plural = _("outcomes drafted by themselves")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_reference", "answer"], name="outcome_drafted_once"
            )
        ]

    def __str__(self):
        return f"{self.subject_kind}:{self.subject_reference}/{self.answer}"
