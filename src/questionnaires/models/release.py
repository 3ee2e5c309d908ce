"""The results as they were told, once: figures above the smallest number, and no answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .questionnaire import Questionnaire


class ResultRelease(models.Model):
    """What pages, files and programs show; computed at closing, it never changes (append-only)."""

    questionnaire = models.OneToOneField(Questionnaire, models.PROTECT, related_name="release")
    released_at = models.DateTimeField()
    # answers, k, questions: see ``figures``.
    content = models.JSONField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("results of a questionnaire")
        verbose_name_plural = _("results of questionnaires")

    def __str__(self):
        return str(self.questionnaire)
