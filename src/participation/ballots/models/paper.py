"""Votes on paper: typed by one person, read again by another, then closed like the others."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .ballot import Ballot


class PaperBatch(models.Model):
    """The papers of one place. What the first person typed is encrypted until a second one typed the same."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="paper_batches")
    place = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("place"))
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    typed_at = models.DateTimeField()
    papers = models.PositiveIntegerField()
    # Emptied once checked.
    content = models.BinaryField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("papers of a ballot")
        verbose_name_plural = _("papers of ballots")
        ordering = ["typed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(papers__gte=1), name="ballot_papers_holds_papers"),
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True) | ~models.Q(checked_by=models.F("typed_by")),
                name="ballot_papers_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_at__isnull=True) | models.Q(content__isnull=True),
                name="ballot_papers_checked_is_emptied",
            ),
        ]

    def __str__(self):
        return f"{self.ballot_id}, {self.papers}"


class PaperBox(models.Model):
    """One paper, closed: sealed in a secret vote, encrypted in a simple one; of nobody."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="paper_boxes")
    ciphertext = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vote on paper")
        verbose_name_plural = _("votes on paper")

    def __str__(self):
        return self.digest[:12]
