"""What a recommendation needs to be adopted, written before anybody votes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panels.models import Panel

from ..enums import Base

MOST_DENOMINATOR = 1000


class AdoptionRule(models.Model):
    """An exact fraction of an explicit base, and a quorum; it no longer changes once a vote is opened (trigger)."""

    panel = models.OneToOneField(Panel, models.PROTECT, related_name="adoption_rule")
    numerator = models.PositiveSmallIntegerField()
    denominator = models.PositiveSmallIntegerField()
    base = models.CharField(_("share of whom"), max_length=12, choices=Base, default=Base.EXPRESSED)
    quorum_percent = models.PositiveSmallIntegerField(_("quorum (% of the members)"), null=True, blank=True)
    # Told to everybody.
    written_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("adoption rule")
        verbose_name_plural = _("adoption rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__gte=1, denominator__lte=MOST_DENOMINATOR) & Q(denominator__gte=F("numerator")),
                name="adoption_rule_is_a_fraction",
            ),
            models.CheckConstraint(condition=Q(base__in=Base.values), name="adoption_rule_base_known"),
            models.CheckConstraint(
                condition=Q(quorum_percent__isnull=True) | Q(quorum_percent__range=(1, 100)),
                name="adoption_rule_quorum_is_a_share",
            ),
        ]

    def __str__(self):
        return f"{self.numerator}/{self.denominator}"
