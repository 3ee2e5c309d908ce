"""How many answered by the open link, day by day: what shows that somebody stuffs it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .questionnaire import Questionnaire


class AnswerDay(models.Model):
    """Answers that came by the open link in a day. Unusual days are told, and nothing of them is set aside."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="days")
    day = models.DateField()
    answers = models.PositiveIntegerField(default=0)
    # Empty until the ticker has looked at the whole day.
    is_unusual = models.BooleanField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answers of a day")
        verbose_name_plural = _("answers by day")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "day"], name="answer_day_once")]

    def __str__(self):
        return f"{self.questionnaire_id}, {self.day}"
