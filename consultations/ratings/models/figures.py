"""Ratings added up: month by month as they come, and by released period as everybody reads them."""

from django.db import models
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

# No setting goes under it (TERRAIN_K_FLOOR).
FLOOR = 5


class Counted(models.Model):
    """Five totals, and how many of the whole the check had flagged."""

    very_good = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    average = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    very_bad = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def total(self) -> int:
        return self.very_good + self.good + self.average + self.bad + self.very_bad

    @property
    def satisfied(self) -> int:
        return self.very_good + self.good


class RatingMonth(Counted):
    """The ratings of a point in a month, updated with each rating. Nobody outside reads it: a total that moves while
    one looks would tell who just rated what."""

    point = models.ForeignKey("ratings.RatingPoint", models.CASCADE, related_name="months")
    month = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("month of ratings")
        verbose_name_plural = _("months of ratings")
        constraints = [models.UniqueConstraint(fields=["point", "month"], name="rating_month_once")]


class RatingPeriod(Counted):
    """Whole months of a point that may be told: as many as it takes to reach the smallest number, frozen for good.

    Everything published is a sum of these, so that no subtraction gives back less (ADR 0361).
    """

    point = models.ForeignKey("ratings.RatingPoint", models.PROTECT, related_name="periods")
    first = models.DateField()
    last = models.DateField()
    # Ratings the check had flagged, told only when they and the others are both numerous enough.
    flagged = models.PositiveIntegerField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("period of ratings")
        verbose_name_plural = _("periods of ratings")
        ordering = ["point_id", "first"]
        constraints = [
            models.UniqueConstraint(fields=["point", "last"], name="rating_period_once"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="rating_period_in_order"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(
                    models.F("very_good")
                    + models.F("good")
                    + models.F("average")
                    + models.F("bad")
                    + models.F("very_bad"),
                    FLOOR,
                ),
                name="rating_period_above_floor",
            ),
        ]
