"""The promise clock: who owes an answer, and by when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import ResponseOwedQuerySet


class ResponseOwed(models.Model):
    """One answer owed. The subject points here; here only its kind and reference are known.

    ``promised_on`` moves only by a pause that ends, and comes nearer when the threshold is reached.
    Late = past, not paused, not answered, not cancelled. What it is at a given day is computed when read
    (``src.accountability.promise``): no job has to run for a pause to end or an answer to be late.
    """

    subject_kind = models.CharField(max_length=32)
    subject_reference = models.CharField(max_length=16)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("owed by"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_on = models.DateField()
    days = models.PositiveSmallIntegerField(default=60, editable=False)
    # The day the supports raised who answers, from which a shorter delay runs.
    threshold_on = models.DateField(null=True, blank=True)
    # A promise made to a subject that was merged into this one: it holds here, by its own clock.
    carried_on = models.DateField(null=True, blank=True, editable=False)
    carried_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    # The subject's author isn't named: days that come from them are kept by their week.
    by_week = models.BooleanField(default=False, editable=False)
    promised_on = models.DateField(_("promised for"))
    # While a pause runs: what the promised date becomes if it lasts until its end.
    promised_after_pause = models.DateField(null=True, blank=True, editable=False)
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
            models.CheckConstraint(
                condition=models.Q(paused_on__isnull=True) | models.Q(promised_after_pause__isnull=False),
                name="response_owed_pause_counted",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True) | models.Q(cancelled_on__isnull=True),
                name="response_owed_one_ending",
            ),
        ]
        indexes = [models.Index(fields=["promised_on"], name="response_owed_due")]

    def __str__(self):
        return f"{self.subject_kind}:{self.subject_reference}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and self.cancelled_on is None

    def is_paused(self, on) -> bool:
        """Whether the clock stands still on the day ``on``."""
        return self.is_open and self.paused_on is not None and on <= self.paused_until

    def promised(self, on):
        """The promised day as it is known on the day ``on``: a pause that ran out counts without any job."""
        if self.paused_on is not None and on > self.paused_until:
            return self.promised_after_pause
        return self.promised_on

    def days_late(self, on) -> int:
        """Days past the promise on the day ``on``; 0 while paused, and once answered or cancelled."""
        if not self.is_open or self.is_paused(on):
            return 0
        return max(0, (on - self.promised(on)).days)

    def is_late(self, on) -> bool:
        return self.days_late(on) > 0


class OwedPause(models.Model):
    """Each pause, with its reason, as it was told to everyone."""

    owed = models.ForeignKey(ResponseOwed, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=200)
    started_on = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # Where in its way the subject was ("screening", "study"): a question is asked once in each.
    step = models.CharField(max_length=32, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            models.UniqueConstraint(
                fields=["owed"], condition=models.Q(ended_on__isnull=True), name="owed_pause_one_open"
            ),
            models.UniqueConstraint(
                fields=["owed", "step"], condition=~models.Q(step=""), name="owed_pause_once_a_step"
            ),
        ]


class OwedReminder(models.Model):
    """Somebody was reminded: the owner before the day, then each level once it has passed. Once per promised day."""

    owed = models.ForeignKey(ResponseOwed, models.CASCADE, related_name="reminders")
    # 0 owner, 1 correspondent, 2 direction, 3 secretary general.
    level = models.PositiveSmallIntegerField()
    promised_on = models.DateField()
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["owed", "level", "promised_on"], name="owed_reminder_once"),
        ]
