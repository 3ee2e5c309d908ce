"""The section every site has under ``/consultations/``: the list of dossiers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from src.publishing.models import BasePage


class ConsultationsPage(BasePage):
    """Open, coming and ended dossiers. Made by ``services.site``; its address can't change."""

    template = "consultations/list.html"
    max_count = 1
    parent_page_types = ["publishing.HomePage"]
    subpage_types = ["consultations.ConsultationDossier"]
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    # Its address belongs to the product: nobody changes it.
    promote_panels = [FieldPanel("seo_title")]

    class Meta:
        verbose_name = _("section of consultations")
        verbose_name_plural = _("sections of consultations")

    def clean(self):
        # The address is the product's own: what BasePage refuses to others.
        super(BasePage, self).clean()

    def get_context(self, request, *args, **kwargs):
        """The dossiers the person who looks may read, as they ask."""
        from ..listing import context_of  # it reads these models

        return {**super().get_context(request, *args, **kwargs), **context_of(request)}
