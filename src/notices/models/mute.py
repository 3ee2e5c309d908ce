"""What somebody has asked not to receive."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Category


class Mute(models.Model):
    """A category one person has silenced: neither mail nor inbox, legal duties excepted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    category = models.CharField(max_length=16, choices=Category)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("muted category")
        verbose_name_plural = _("muted categories")
        constraints = [
            models.UniqueConstraint(fields=["user", "category"], name="mute_once"),
            models.CheckConstraint(
                condition=models.Q(category__in=["mine", "followed", "news"]), name="mute_only_what_may_be"
            ),
        ]
