"""When people are reminded of one obligation, and whether anything leaves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.obligations.models import Obligation

from ..enums import Step


def usual_steps() -> list[str]:
    return [str(step) for step in Step]


class ReminderPlan(models.Model):
    """The steps of one obligation. Nothing leaves until it is started, nor once it is paused."""

    obligation = models.OneToOneField(Obligation, models.CASCADE, related_name="reminder_plan")
    steps = models.JSONField(_("steps"), default=usual_steps)
    is_running = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("plan of reminders")
        verbose_name_plural = _("plans of reminders")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.obligation_id}"
