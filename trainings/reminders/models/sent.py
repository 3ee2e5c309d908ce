"""What was sent: a row a run, and a row for each step, requirement and channel, so that none is sent twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.obligations.models import Obligation, Requirement

from ..enums import Channel, Step


class ReminderBatch(models.Model):
    """One run that sent something: how many people, by what."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminder_batches")
    ran_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    people = models.PositiveIntegerField(default=0)
    mails = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of reminders")
        verbose_name_plural = _("batches of reminders")
        ordering = ["-ran_at", "-pk"]

    def __str__(self):
        return f"{self.ran_at:%d/%m/%Y}"

    @property
    def on_terrain_only(self) -> int:
        return self.people - self.mails - self.carried


class ReminderSent(models.Model):
    """One step that reached somebody by one channel. The database refuses a second one."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=16, choices=Step)
    channel = models.CharField(max_length=8, choices=Channel)
    batch = models.ForeignKey(ReminderBatch, models.CASCADE, related_name="sent")
    sent_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reminder sent")
        verbose_name_plural = _("reminders sent")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "step", "channel"], name="reminder_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="reminder_step_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="reminder_channel_known"),
        ]

    def __str__(self):
        return f"{self.requirement_id}, {self.step}"
