"""What every page of editors has."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .. import languages
from ..check_panel import ChecksPanel
from ..page_forms import TerrainPageForm
from ..querysets import PublishedPageManager
from ..reserved import check_slug, is_first_level

# The invitation to a translation, in its language: who reads it knows it so.
INVITATIONS = {"fr": "Lire cette page en français", "en": "Read this page in English"}


class BasePage(Page):
    """A page with a one-sentence summary, shown in lists and by search engines; never on an address of the product."""

    summary = models.CharField(_("summary"), max_length=300, blank=True, help_text=_("One sentence, shown in lists."))

    objects = PublishedPageManager()
    base_form_class = TerrainPageForm
    content_panels = [ChecksPanel(), *Page.content_panels, FieldPanel("summary")]
    promote_panels = [FieldPanel("slug"), FieldPanel("seo_title")]
    show_in_menus_default = False

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if is_first_level(self):
            check_slug(self.slug)

    def get_context(self, request, *args, **kwargs):
        """The page and the pages above it, for the breadcrumb; the footer's words are read again in passing."""
        from .. import footer  # it reads these models

        footer.refresh()
        context = super().get_context(request, *args, **kwargs)
        context["language_of_page"] = languages.language_of(self)
        # Asked by the pages that draw it: the home page doesn't pay for it.
        context["translations"] = lambda: self.translations_for(request)
        context["parents"] = [{"label": page.title, "url": page.get_url(request)} for page in self.pages_above()]
        return context

    def pages_above(self):
        """Live pages between the home page and this one, the home page included; none for the home page itself."""
        if self.depth <= 2:
            return []
        return list(self.get_ancestors().live().filter(depth__gte=2).order_by("depth"))

    def translations_for(self, request) -> list[dict]:
        """This page in the other languages, where its reader may read it: language, invitation and address."""
        from ..querysets import PublishedPageQuerySet

        found = PublishedPageQuerySet(Page).filter(translation_key=self.translation_key).exclude(pk=self.pk)
        pages = found.filter(alias_of__isnull=True).visible_to(getattr(request, "viewer", None)).order_by("path")
        return [
            {
                "language": languages.language_of(page),
                "invitation": INVITATIONS.get(languages.language_of(page), page.title),
                "url": page.get_url(request),
            }
            for page in pages
        ]
