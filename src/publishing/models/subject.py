"""Sections, subjects and plain pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from ..blocks import palette
from ..fields import PaletteField
from .base import BasePage


class _WithChildren(BasePage):
    """A page that lists the pages below it."""

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        """The pages below that the person may see, newest first."""
        from ..selectors import pages_below  # the selectors read these models

        context = super().get_context(request, *args, **kwargs)
        context["children"] = pages_below(self, request.viewer)
        return context


class IndexPage(_WithChildren):
    """A section: a sentence or two, then the pages below."""

    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/index.html"
    parent_page_types = ["publishing.HomePage"]
    subpage_types = ["publishing.DossierPage", "publishing.OutcomePage", "publishing.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class DossierPage(_WithChildren):
    """A subject: everything about one question: texts, dates, live ideas and figures, and its outcomes below."""

    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/dossier.html"
    parent_page_types = ["publishing.HomePage", "publishing.IndexPage"]
    subpage_types = ["publishing.OutcomePage", "publishing.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class StandardPage(BasePage):
    """A plain page: help, charter, legal information."""

    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/standard.html"
    parent_page_types = ["publishing.HomePage", "publishing.IndexPage", "publishing.DossierPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
