"""What coverage was on the first night of a month: totals, never changed afterwards."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainings.obligations.models import Obligation


class CoverageMonth(models.Model):
    """Agents asked in a direction that month, and those of them who were up to date; nobody's name."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="coverage_months")
    direction = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    month = models.DateField()
    asked = models.PositiveIntegerField()
    covered = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("coverage of a month")
        verbose_name_plural = _("coverage of months")
        ordering = ["obligation", "month", "direction"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "direction", "month"], name="coverage_month_once"),
            models.CheckConstraint(condition=Q(covered__lte=F("asked")), name="coverage_month_counts_in_order"),
            models.CheckConstraint(condition=Q(month__day=1), name="coverage_month_is_a_first"),
        ]

    def __str__(self):
        return f"{self.month:%m/%Y}"
