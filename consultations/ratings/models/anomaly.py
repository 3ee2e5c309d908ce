"""What the daily check found: a pattern, at a point, on a day. The ratings stay, and count."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Pattern
from ..querysets import OfUnitQuerySet


class AnomalyFlag(models.Model):
    """One pattern at one point on one day; looked at by somebody, who writes what it was."""

    point = models.ForeignKey("ratings.RatingPoint", models.PROTECT, related_name="flags")
    pattern = models.PositiveSmallIntegerField(choices=Pattern)
    day = models.DateField()
    ratings = models.PositiveIntegerField()
    found_on = models.DateField()
    note = models.CharField(_("what it was"), max_length=200, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = OfUnitQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("unusual ratings")
        verbose_name_plural = _("unusual ratings")
        ordering = ["-day", "point_id", "pattern"]
        constraints = [
            models.UniqueConstraint(fields=["point", "pattern", "day"], name="anomaly_flag_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(looked_on__isnull=True, note="")
                | (models.Q(looked_on__isnull=False) & ~models.Q(note="")),
                name="anomaly_flag_looked_at_with_a_note",
            ),
        ]

    def __str__(self):
        return f"{self.point_id}:{self.day}:{self.pattern}"
