"""The trace of influence: what became of each contribution, and which of them changed each place of a version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..enums import OutcomeKind, SpanKind
from .contribution import UnitContribution
from .text import TextVersion


class ContributionOutcome(models.Model):
    """What became of one contribution. Told to its author, it no longer changes (trigger)."""

    contribution = models.OneToOneField(UnitContribution, models.CASCADE, related_name="outcome")
    kind = models.CharField(pgettext_lazy("of a contribution", "outcome"), max_length=16, choices=OutcomeKind)
    reason = models.TextField(_("what its author reads"), blank=True)
    # Given to several at once, under this theme; told as such. Empty: decided alone.
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # When a version came out, or the text closed, with this outcome: its author is told then, once.
    told_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outcome of a contribution")
        verbose_name_plural = _("outcomes of contributions")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OutcomeKind.values), name="contribution_outcome_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=(OutcomeKind.TAKEN, OutcomeKind.PARTLY)) | ~Q(reason=""),
                name="contribution_outcome_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.contribution_id}: {self.kind}"


class ChangedSpan(models.Model):
    """One place where a version differs from the one before; explained by contributions, or by the word "rédaction".

    Computed from the two versions (``differences``), kept with what explains it as long as it stays the same.
    """

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="spans")
    key = models.CharField(max_length=8)
    kind = models.CharField(max_length=16, choices=SpanKind)
    position = models.PositiveIntegerField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=32)
    # Nobody's contribution: a matter of wording, said by that word.
    is_editorial = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a text")
        verbose_name_plural = _("changes of texts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "fingerprint"], name="changed_span_once"),
            models.CheckConstraint(condition=Q(kind__in=SpanKind.values), name="changed_span_kind_known"),
        ]

    def __str__(self):
        return f"{self.version_id}: {self.kind} {self.key}"


class SpanSource(models.Model):
    """A contribution that changed one place of the text."""

    span = models.ForeignKey(ChangedSpan, models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(UnitContribution, models.CASCADE, related_name="changes")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source of a change")
        verbose_name_plural = _("sources of changes")
        constraints = [models.UniqueConstraint(fields=["span", "contribution"], name="span_source_once")]
