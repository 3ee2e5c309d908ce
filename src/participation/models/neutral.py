"""The pre-electoral neutral period (code électoral, art. L. 52-1): from a day to a day, what promotes is held."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NeutralPeriod(models.Model):
    """Days during which the city publishes facts and answers, and neither outcomes in its praise nor thanks."""

    name = models.CharField(_("which election"), max_length=160)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("pre-electoral period")
        verbose_name_plural = _("pre-electoral periods")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="neutral_period_ends_later"),
            models.CheckConstraint(condition=~Q(name=""), name="neutral_period_has_a_name"),
        ]

    def __str__(self):
        return self.name

    def covers(self, day) -> bool:
        return self.starts_on <= day <= self.ends_on
