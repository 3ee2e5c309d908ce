"""The accessibility statement the law asks for (loi n° 2005-102, art. 47; décret n° 2019-768)."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from src.foundations import clock

from ..blocks import palette
from ..enums import Conformity
from ..fields import PaletteField
from .base import BasePage

VALID_FOR = datetime.timedelta(days=3 * 365)


class AccessibilityPage(BasePage):
    """How accessible the site is, by which audit, and whom to write to. Without a valid audit: not conforming."""

    conformity = models.CharField(_("state"), max_length=16, choices=Conformity, default=Conformity.NONE)
    rate = models.DecimalField(_("rate (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    audited_on = models.DateField(_("date of the audit"), null=True, blank=True)
    audited_by = models.CharField(_("who made the audit"), max_length=160, blank=True)
    contact = models.CharField(_("whom to write to"), max_length=200)
    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/accessibility.html"
    max_count = 1
    parent_page_types = ["publishing.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("conformity"), FieldPanel("rate")]),
                FieldRowPanel([FieldPanel("audited_on"), FieldPanel("audited_by")]),
                FieldPanel("contact"),
            ],
            heading=_("What the law asks for"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(conformity=Conformity.NONE)
                | models.Q(conformity=Conformity.PARTIAL, rate__gte=50, audited_on__isnull=False)
                | models.Q(conformity=Conformity.FULL, rate=100, audited_on__isnull=False),
                name="accessibility_state_follows_audit",
            )
        ]

    def clean(self):
        super().clean()
        enough = {Conformity.NONE: 0, Conformity.PARTIAL: 50, Conformity.FULL: 100}[self.conformity]
        if enough and (self.audited_on is None or self.rate is None or self.rate < enough):
            raise ValidationError(
                {"conformity": _("Without an audit that reaches the rate, the site is “not conforming”.")}
            )

    @property
    def is_out_of_date(self) -> bool:
        """Whether the audit is over three years old: the statement must then be made again."""
        return self.audited_on is not None and clock.today() - self.audited_on > VALID_FOR

    @property
    def shown_conformity(self) -> str:
        """The state as pages show it: an audit out of date counts for nothing."""
        return Conformity.NONE if self.is_out_of_date else Conformity(self.conformity)

    def get_context(self, request, *args, **kwargs):
        """The state is said once for the site: a translation tells that of the first statement."""
        first = AccessibilityPage.objects.filter(translation_key=self.translation_key).order_by("path").first()
        return {**super().get_context(request, *args, **kwargs), "statement": first or self}
