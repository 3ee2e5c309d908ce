"""Units of the city: a dated tree of directions, services, sites and teams."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import UnitKind
from ..querysets import UnitQuerySet


class Unit(models.Model):
    """One unit. ``path`` is the chain of ids from the root ("/1/4/17/"), so a prefix finds a whole branch."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=16, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    path = models.CharField(max_length=255, db_index=True, editable=False, default="")
    # The direction above (or itself): what lists filter and pages show.
    direction = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    # People posted in the branch today, kept by the directory's services: the k-gate asks it.
    headcount = models.PositiveIntegerField(_("headcount"), default=0)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("successor")
    )

    objects = UnitQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="unit_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | models.Q(valid_until__isnull=False),
                name="unit_successor_needs_end",
            ),
        ]

    def __str__(self):
        return self.name
