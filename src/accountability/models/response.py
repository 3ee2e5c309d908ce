"""The promise clock: who owes an answer, and by when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import ResponseOwedQuerySet


class ResponseOwed(models.Model):
    """One answer owed. The subject points here; here only its kind and reference are known.

    ``promised_on`` moves only by a pause that ends. Late = past, not paused, not answered, not cancelled.
    """

    subject_kind = models.CharField(max_length=32)
    subject_reference = models.CharField(max_length=16)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("owed by"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_on = models.DateField()
    promised_on = models.DateField(_("promised for"))
    paused_on = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    # 0 owner, 1 correspondent, 2 direction, 3 secretary general.
    escalation_level = models.PositiveSmallIntegerField(default=0)
    last_reminder_on = models.DateField(null=True, blank=True)

    objects = ResponseOwedQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer owed")
        verbose_name_plural = _("answers owed")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_reference"],
                condition=models.Q(answered_on__isnull=True, cancelled_on__isnull=True),
                name="response_owed_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_on__isnull=True) | models.Q(paused_until__isnull=False),
                name="response_owed_pause_ends",
            ),
        ]
        indexes = [models.Index(fields=["promised_on"], name="response_owed_due")]


class OwedPause(models.Model):
    """Each pause, with its reason, as it was told to everyone."""

    owed = models.ForeignKey(ResponseOwed, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=200)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True
