"""A dossier: one space, everything about it on one page, from the first word to what was decided."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from src.foundations import clock
from src.publishing.blocks import palette, viewer_of
from src.publishing.fields import PaletteField
from src.publishing.models import BasePage

from ..page_forms import DossierForm
from ..querysets import DossierManager

# Addresses of the section itself.
TAKEN = frozenset({"chiffres", "ressources"})


class ConsultationDossier(BasePage):
    """A page on a space: its phase line, its activities side by side, what one may read, what came of it.

    The circle of its space is its own: for anybody else there is no such page.
    """

    space = models.ForeignKey(
        "participation.Space",
        models.PROTECT,
        related_name="dossiers",
        verbose_name=_("space"),
        help_text=_("Its circle reads the dossier; its activities stand on it."),
    )
    created_on = models.DateField(default=clock.today, editable=False)
    body = PaletteField(palette(), verbose_name=_("content"), blank=True)
    figures_note = models.CharField(
        _("what the figures don’t say"),
        max_length=240,
        blank=True,
        help_text=_("For instance: voluntary answers, they do not represent the whole city."),
    )
    plan_reference = models.CharField(
        _("reference of its plan of measures"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]{6}$", _("A reference has six letters and figures."))],
    )
    report_introduction = models.TextField(_("words before the report"), max_length=900, blank=True)
    shows_report = models.BooleanField(
        _("publish the report with the page"),
        default=False,
        help_text=_("All its lines at once, for good; those who took part or follow are told, once."),
    )

    objects = DossierManager()
    # A copy is another consultation: its report isn't published because the first one's was.
    exclude_fields_in_copy = ["shows_report"]
    base_form_class = DossierForm
    template = "consultations/dossier.html"
    parent_page_types = ["consultations.ConsultationsPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("space"),
        InlinePanel("phases", heading=_("Phase line"), label=_("Step"), min_num=1, max_num=5),
        FieldPanel("body"),
        InlinePanel("documents", heading=_("Documents"), label=_("Document"), max_num=40, classname="collapsed"),
        InlinePanel("works", heading=_("Library of works"), label=_("Work"), max_num=60, classname="collapsed"),
        InlinePanel(
            "shared_works",
            heading=_("Works of other dossiers"),
            label=_("Work of another dossier"),
            max_num=60,
            classname="collapsed",
        ),
        InlinePanel("bodies", heading=_("Bodies consulted"), label=_("Body"), max_num=20, classname="collapsed"),
        InlinePanel(
            "contributions",
            heading=_("Contributions signed by a group"),
            label=_("Contribution"),
            max_num=60,
            classname="collapsed",
        ),
        InlinePanel("news", heading=_("News"), label=_("Post"), max_num=60, classname="collapsed"),
        MultiFieldPanel(
            [InlinePanel("figures", label=_("Figure"), max_num=40), FieldPanel("figures_note")],
            heading=_("Figures of participation"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("report_introduction"),
                InlinePanel("report_rows", label=_("Line"), max_num=30),
                FieldPanel("plan_reference"),
                FieldPanel("shows_report"),
            ],
            heading=_("Report: you had said, we have decided, what changes"),
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    def clean(self):
        super().clean()
        self.plan_reference = self.plan_reference.upper()
        if self.slug in TAKEN:
            raise ValidationError({"slug": _now("The section already uses this address. Choose another one.")})

    def serve(self, request, *args, **kwargs):
        """The page, through the circle of its space; for anybody else there is nothing here."""
        if not type(self).objects.visible_to(viewer_of({"request": request})).filter(pk=self.pk).exists():
            raise Http404(_now("This dossier does not exist, or is not shown to you."))
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        """Everything the page shows this person."""
        from ..reading import context_of  # it reads these models

        context = super().get_context(request, *args, **kwargs)
        return {**context, **context_of(self, viewer_of({"request": request}))}

    @property
    def address(self) -> str:
        """The address of the page, without a statement: dossiers live under the section alone."""
        return f"/consultations/{self.slug}/"
