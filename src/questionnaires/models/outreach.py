"""Going to those who haven't answered: one task for each notable gap, with somebody in charge."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import AxisCode
from .questionnaire import Questionnaire


class OutreachTask(models.Model):
    """A category that answers much less than its share of the people asked; ended with words on what was done."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="outreach_tasks")
    axis = models.CharField(max_length=16, choices=AxisCode)
    # The category, or those told together, as they are written in the frame.
    category = models.CharField(max_length=64)
    words = models.CharField(max_length=400)
    # In points under its share of the people asked, when the task was opened.
    gap = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="outreach_tasks",
        verbose_name=_("in charge"),
    )
    due_on = models.DateField(_("due on"))
    opened_on = models.DateField()
    done_on = models.DateField(null=True, blank=True, editable=False)
    done_note = models.TextField(_("what was done"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outreach task")
        verbose_name_plural = _("outreach tasks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "axis", "category"], name="outreach_once_a_category"),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, done_note="")
                | (models.Q(done_on__isnull=False) & ~models.Q(done_note="")),
                name="outreach_done_with_words",
            ),
            models.CheckConstraint(condition=models.Q(axis__in=AxisCode.values), name="outreach_axis_known"),
        ]

    def __str__(self):
        return self.words
