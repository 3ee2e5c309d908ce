"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationsConfig(AppConfig):
    name = "src.foundations"
    label = "foundations"
    verbose_name = _("Foundations")
    default_auto_field = "django.db.models.BigAutoField"
