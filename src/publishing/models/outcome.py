"""The outcome of a participation: what was said, what was decided, what changes, how it will be seen."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from src.participation import neutral

from ..blocks import LINE_FEATURES, palette
from ..fields import PaletteField
from .base import BasePage

FEATURES = [*LINE_FEATURES, "ol", "ul"]


class OutcomePage(BasePage):
    """« Vous aviez dit, nous avons décidé, ce qui change, mesure et date »; publishing it tells the followers."""

    idea_reference = models.CharField(
        _("reference of the idea"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]{6}$", _("A reference has six letters and figures."))],
        help_text=_("Its followers are told when the page is first published."),
    )
    said = RichTextField(_("You had said"), features=FEATURES)
    decided = RichTextField(_("We have decided"), features=FEATURES)
    changes = RichTextField(_("What changes"), features=FEATURES)
    measure = RichTextField(_("How we will see it"), features=FEATURES)
    measure_on = models.DateField(_("and when"), null=True, blank=True)
    signed_by = models.CharField(_("signed"), max_length=160, help_text=_("First name, name and function."))
    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/outcome.html"
    parent_page_types = ["publishing.IndexPage", "publishing.DossierPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("idea_reference"),
        FieldPanel("said"),
        FieldPanel("decided"),
        FieldPanel("changes"),
        MultiFieldPanel(
            [FieldPanel("measure"), FieldRowPanel([FieldPanel("measure_on"), FieldPanel("signed_by")])],
            heading=_("Measure and date"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def clean(self):
        super().clean()
        self.idea_reference = self.idea_reference.upper()
        if not self.signed_by.strip():
            raise ValidationError({"signed_by": _("An answer is signed: write who gives it.")})

    def publish(self, revision, user=None, **kwargs):
        """Make it live; in a pre-electoral period it is held, and comes out by itself the day after (ADR 0279)."""
        period = neutral.current()
        if period is None:
            return super().publish(revision, user=user, **kwargs)
        self.hold(revision, neutral.ends_at(period))
        return None

    def hold(self, revision, until) -> None:
        """Approve a version for a later day; what is already live stays as it is."""
        self.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
        self.revisions.filter(pk=revision.pk).update(approved_go_live_at=until)
        type(self).objects.filter(pk=self.pk).update(has_unpublished_changes=True)

    def get_context(self, request, *args, **kwargs):
        """The idea it answers, as the person who looks may see it."""
        from .. import cards
        from ..blocks import viewer_of

        context = super().get_context(request, *args, **kwargs)
        context["card"] = cards.load("idea", self.idea_reference, viewer_of({"request": request}))
        return context
