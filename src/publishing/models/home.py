"""The home page: what is expected of the person who comes, or a welcome."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction

from ..blocks import LINE_FEATURES, palette
from ..check_panel import ChecksPanel
from ..fields import PaletteField
from .base import BasePage


class HomePage(BasePage):
    """One page for everybody: signed in, a to-do list and news; signed out, what Terrain is and how to come in."""

    welcome_title = models.CharField(_("title of the welcome"), max_length=120)
    welcome_text = RichTextField(_("text of the welcome"), features=LINE_FEATURES, blank=True)
    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "publishing.IndexPage",
        "publishing.DossierPage",
        "publishing.ResourcesPage",
        "publishing.StandardPage",
        "publishing.AccessibilityPage",
    ]
    content_panels = [
        ChecksPanel(),
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("welcome_title"), FieldPanel("welcome_text"), FieldPanel("body")],
            heading=_("For people who aren't signed in"),
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    # Whether it was read with the fact that nothing closes it; see ``publishing.middleware``.
    is_open = False

    def get_view_restrictions(self):
        """What closes this page; nothing is asked when it was read as open to everybody."""
        return PageViewRestriction.objects.none() if self.is_open else super().get_view_restrictions()

    def get_context(self, request, *args, **kwargs):
        """What the person who looks finds: tasks, news, open boxes, last outcomes."""
        from ..selectors import home  # the selectors read these models

        context = super().get_context(request, *args, **kwargs)
        context.update(home(request.viewer))
        return context
