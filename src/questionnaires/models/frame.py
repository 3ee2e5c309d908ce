"""Who was asked, by category: the staff frame that results are compared with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .questionnaire import Questionnaire


class StaffFrame(models.Model):
    """How many people each category of the axes had when answers began to be taken; it never changes (append-only)."""

    questionnaire = models.OneToOneField(Questionnaire, models.PROTECT, related_name="frame")
    taken_on = models.DateField()
    # Lists of categories then a number, none under k (``axes.counted``).
    cells = models.JSONField()
    # Words of the categories by axis, as they were that day.
    labels = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("people asked, by category")
        verbose_name_plural = _("people asked, by category")

    def __str__(self):
        return str(self.questionnaire)
