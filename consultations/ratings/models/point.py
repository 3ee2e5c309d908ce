"""A rating point: what is rated, and where."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from src.foundations import clock
from src.foundations.references import new_reference

from ..enums import PointKind
from ..querysets import PointQuerySet


class RatingPoint(models.Model):
    """A procedure, a counter, a site or a mobile unit; its reference is its short link, and never changes.

    Closed, it takes nothing any more; its figures stay.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=PointKind)
    name = models.CharField(
        _("name"), max_length=80, help_text=_("As people say it: “Counter of identity papers, Quais”.")
    )
    unit = models.ForeignKey(
        "directory.Unit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("unit that answers"),
        help_text=_("Its correspondents and those who answer for it read the reports."),
    )
    opened_on = models.DateField(_("open since"), default=clock.today)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = PointQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rating point")
        verbose_name_plural = _("rating points")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=PointKind.values), name="rating_point_kind_known"),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="rating_point_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it takes ratings today."""
        today = clock.today()
        return self.opened_on <= today and (self.closed_on is None or today < self.closed_on)

    def get_absolute_url(self) -> str:
        """Its public figures."""
        return reverse("ratings:point", args=[self.reference])

    @property
    def rate_url(self) -> str:
        """The page where visitors rate."""
        return reverse("ratings:rate", args=[self.reference])

    @property
    def short_url(self) -> str:
        """What is printed under the QR, and typed by hand."""
        return reverse("ratings:short", args=[self.reference])

    @property
    def workshop_url(self) -> str:
        return reverse("ratings:workshop_point", args=[self.reference])
