"""Resources: guides, forms, templates that may be used again, by subject, kind and audience."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, Tag
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from ..blocks import palette
from ..enums import Audience, ResourceKind
from ..fields import PaletteField
from .base import BasePage


class TaggedResource(ItemBase):
    """A subject of a resource, by a real foreign key."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_resources")
    content_object = ParentalKey("publishing.ResourcePage", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("subject of a resource")
        verbose_name_plural = _("subjects of resources")


class ResourcesPage(BasePage):
    """The library: its resources, searched by words and filtered by subject, kind and audience."""

    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/resources.html"
    parent_page_types = ["publishing.HomePage"]
    subpage_types = ["publishing.ResourcePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("resources library")
        verbose_name_plural = _("resources libraries")

    def get_context(self, request, *args, **kwargs):
        """The resources asked for that the person may read, and what the filters offer."""
        from ..resources import library  # it reads these models

        return {**super().get_context(request, *args, **kwargs), **library(self, request)}


class ResourcePage(BasePage):
    """One resource: what it is for, and its document or its address."""

    kind = models.CharField(_("kind of resource"), max_length=12, choices=ResourceKind)
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, default=Audience.ALL)
    document = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    address = models.URLField(_("or an address"), blank=True)
    tags = ClusterTaggableManager(through=TaggedResource, blank=True, verbose_name=_("subjects"))
    body = PaletteField(palette(), verbose_name=_("content"), blank=True)

    template = "publishing/resource.html"
    parent_page_types = ["publishing.ResourcesPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
                FieldPanel("document"),
                FieldPanel("address"),
                FieldPanel("tags"),
            ],
            heading=_("The resource"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def clean(self):
        super().clean()
        if self.document_id and self.address:
            raise ValidationError({"address": _("Give a document or an address, not both.")})

    def get_context(self, request, *args, **kwargs):
        """How many times it was taken."""
        from ..resources import taken  # it reads these models

        return {**super().get_context(request, *args, **kwargs), "taken": taken([self.pk]).get(self.pk, 0)}


class ResourceTaken(models.Model):
    """How many times a resource was taken: a total, and nothing of who, when or from where."""

    page = models.OneToOneField(ResourcePage, models.CASCADE, primary_key=True, related_name="taken")
    count = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("times a resource was taken")
        verbose_name_plural = _("times resources were taken")
