"""Codes printed for a place and a week: whoever reads one there writes without signing in."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteCode(models.Model):
    """One code of a place, a week and a space. Nothing of its use is written: neither who, nor when, nor how often.

    The code itself is computed from ``salt`` and a key outside the database, so that it can be printed again all
    week; the row alone leads to no code.
    """

    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+", verbose_name=_("place"))
    space = models.ForeignKey("participation.Space", models.CASCADE, related_name="+", verbose_name=_("space"))
    week = models.DateField(_("week"))
    salt = models.UUIDField(default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=32, unique=True)
    # Photographed, posted elsewhere: it opens nothing any more, and another one may be printed.
    stopped_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("code of a place")
        verbose_name_plural = _("codes of places")
        ordering = ["week", "unit_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "space", "week"],
                condition=models.Q(stopped_on__isnull=True),
                name="site_code_one_live_a_week",
            )
        ]

    def __str__(self):
        return f"{self.unit}, {self.week:%d/%m/%Y}"
