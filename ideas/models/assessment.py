"""The study: who is asked to assess an idea, and what each wrote."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SCORE = {"validators": [MaxValueValidator(4)], "null": True, "blank": True}


class AssessorSeat(models.Model):
    """Somebody asked to assess; ``late`` when the owner went on without them, kept visible inside."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="assessors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    is_late = models.BooleanField(default=False)
    # They stepped aside; no reason is asked, so that stepping aside tells nothing.
    is_declined = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assessor")
        verbose_name_plural = _("assessors")
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="assessor_once")]


class Assessment(models.Model):
    """A scorecard: five criteria from 0 to 4, empty for "can't say"; others are shown after one's own."""

    CRITERIA = ("impact_users", "impact_agents", "feasibility", "cost", "delay")

    seat = models.OneToOneField(AssessorSeat, models.CASCADE, related_name="assessment")
    impact_users = models.PositiveSmallIntegerField(_("effect for residents"), **SCORE)
    impact_agents = models.PositiveSmallIntegerField(_("effect for agents"), **SCORE)
    feasibility = models.PositiveSmallIntegerField(_("feasibility"), **SCORE)
    cost = models.PositiveSmallIntegerField(_("cost"), **SCORE)
    delay = models.PositiveSmallIntegerField(_("delay"), **SCORE)
    risk_flag = models.BooleanField(_("risk of discrimination or for personal data"), default=False)
    note = models.TextField(_("what you think of it"))
    submitted_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{criterion}__isnull": True}) | models.Q(**{f"{criterion}__lte": 4}),
                name=f"assessment_{criterion}_0_to_4",
            )
            for criterion in ("impact_users", "impact_agents", "feasibility", "cost", "delay")
        ]
