"""Merging by consent: one idea asks to join another, and what moved with it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MergeState(models.TextChoices):
    OPEN = "open", _("The authors are asked")
    MERGED = "merged", _("Merged")
    REFUSED = "refused", _("An author refused")
    DROPPED = "dropped", _("Given up")
    UNDONE = "undone", _("Separated again")


class Consent(models.TextChoices):
    WAITING = "waiting", _("No answer yet")
    YES = "yes", _("Agrees")
    NO = "no", _("Refuses")
    SILENT = "silent", _("Silent for fourteen days: agrees")


class MergeProposal(models.Model):
    """``idea`` would join ``parent``: it keeps its page and its words, and takes the parent's answer.

    Moved by ``services.merging`` alone. What authors answer is kept without a day, so that a sealed one isn't dated.
    """

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="merges")
    parent = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="merged_in")
    text = models.TextField(_("why merge them"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_on = models.DateField()
    answer_by = models.DateField()
    state = models.CharField(max_length=8, choices=MergeState, default=MergeState.OPEN)
    idea_consent = models.CharField(max_length=8, choices=Consent, default=Consent.WAITING)
    parent_consent = models.CharField(max_length=8, choices=Consent, default=Consent.WAITING)
    # Once merged: when, until when it can be undone, where the idea stood and what was promised to its author.
    merged_on = models.DateField(null=True, blank=True)
    undo_until = models.DateField(null=True, blank=True)
    from_kind = models.CharField(max_length=24, blank=True)
    promised_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(state__in=["open", "merged"]), name="merge_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(idea=F("parent")), name="merge_two_ideas"),
            models.CheckConstraint(condition=~Q(text=""), name="merge_says_why"),
            models.CheckConstraint(
                condition=~Q(state="merged")
                | (
                    Q(idea_consent__in=["yes", "silent"], parent_consent__in=["yes", "silent"])
                    & Q(merged_on__isnull=False, undo_until__isnull=False)
                    & ~Q(from_kind="")
                ),
                name="merge_by_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(idea_consent="no") | Q(parent_consent="no"),
                name="merge_refused_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_by"], name="merge_due")]

    def __str__(self):
        return f"{self.idea_id} → {self.parent_id} {self.state}"


class MovedSupport(models.Model):
    """A support that followed its idea into the parent, where its person had none: theirs to withdraw."""

    merge = models.ForeignKey(MergeProposal, models.CASCADE, related_name="moved")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("support that followed a merge")
        verbose_name_plural = _("supports that followed a merge")
        constraints = [models.UniqueConstraint(fields=["merge", "user"], name="moved_support_once")]
