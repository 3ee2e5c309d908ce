"""Pictures: what they show in words, who made them, by what right they are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from ..enums import Rights


class TerrainImage(AbstractImage):
    """A picture made anew at upload; ``description`` is its alternative text."""

    credit = models.CharField(_("credit"), max_length=160, blank=True)
    rights = models.CharField(_("by what right"), max_length=16, choices=Rights, default=Rights.CITY)
    rights_note = models.CharField(
        _("about the rights"),
        max_length=240,
        blank=True,
        help_text=_("The licence, the date of the agreement, or the people recognisable who agreed."),
    )

    admin_form_fields = ("title", "file", "description", "credit", "rights", "rights_note", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rights=Rights.CITY) | ~models.Q(credit=""), name="image_of_others_has_a_credit"
            )
        ]


class TerrainRendition(AbstractRendition):
    """A size of a picture."""

    image = models.ForeignKey(TerrainImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
