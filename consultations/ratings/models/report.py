"""What visitors report and suggest at a point, without their name."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import Contact, ReportState, SuggestionState
from ..querysets import OfUnitQuerySet

TEXT = 1000
ANSWER = 2000


class ProblemReport(models.Model):
    """A problem at a point. An answer is owed (``rating_report``, this reference); its author reads it by a code.

    The contact, if any, is encrypted and erased with the answer: a report that was answered holds none (constraint).
    Days are Mondays: nobody is told from the hour of their visit.
    """

    SUBJECT = "rating_report"

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    handle = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey("ratings.RatingPoint", models.PROTECT, related_name="reports")
    text = models.TextField(_("what happened"), max_length=TEXT)
    language = models.CharField(max_length=2, default="fr")
    week = models.DateField()
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.OPEN)
    contact_kind = models.CharField(max_length=8, choices=Contact, blank=True)
    contact = models.BinaryField(null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=ANSWER, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # Who signs, in words: stays once the account has gone.
    signed = models.CharField(max_length=120, blank=True)
    # One display of the page, one report.
    display = models.CharField(max_length=32, null=True, blank=True, unique=True)

    objects = OfUnitQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ReportState.OPEN, answered_on__isnull=True, answer="")
                | (
                    models.Q(state=ReportState.ANSWERED, answered_on__isnull=False, contact__isnull=True)
                    & ~models.Q(answer="")
                ),
                name="problem_report_answered_whole_contact_gone",
            ),
            models.CheckConstraint(
                condition=models.Q(contact__isnull=True) | ~models.Q(contact_kind=""),
                name="problem_report_contact_has_kind",
            ),
        ]
        indexes = [models.Index(fields=["point", "state"], name="problem_report_queue")]

    def __str__(self):
        return self.reference


class Suggestion(models.Model):
    """An improvement proposed at a point; it may become an idea, without its author, or be set aside with a reason."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    point = models.ForeignKey("ratings.RatingPoint", models.PROTECT, related_name="suggestions")
    text = models.TextField(_("suggestion"), max_length=TEXT)
    language = models.CharField(max_length=2, default="fr")
    week = models.DateField()
    state = models.CharField(max_length=12, choices=SuggestionState, default=SuggestionState.NEW)
    # The reference and the address of the idea it became.
    idea = models.CharField(max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    handled_on = models.DateField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    display = models.CharField(max_length=32, null=True, blank=True, unique=True)

    objects = OfUnitQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=SuggestionState.NEW, idea="", reason="")
                | (models.Q(state=SuggestionState.TAKEN) & ~models.Q(idea=""))
                | (models.Q(state=SuggestionState.SET_ASIDE) & ~models.Q(reason="")),
                name="suggestion_handled_whole",
            ),
        ]
        indexes = [models.Index(fields=["point", "state"], name="suggestion_queue")]

    def __str__(self):
        return self.reference
