"""How many should be trained, and by when: for the whole city, or for one direction."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainings.obligations.models import Obligation


class CoverageTarget(models.Model):
    """One target an obligation and direction; without a direction it is everybody's who has none of their own."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="coverage_targets")
    direction = models.ForeignKey("directory.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    percent = models.PositiveSmallIntegerField(
        _("up to date, in a hundred"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    by_on = models.DateField(_("by which day"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("target of a training")
        verbose_name_plural = _("targets of trainings")
        ordering = ["obligation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "direction"], name="coverage_target_once"),
            # NULLs differ from each other: the whole city needs its own.
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(direction__isnull=True), name="coverage_target_once_city"
            ),
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="coverage_target_in_a_hundred"),
        ]

    def __str__(self):
        return f"{self.percent} %"
