"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountabilityConfig(AppConfig):
    name = "src.accountability"
    label = "accountability"
    verbose_name = _("Accountability")
    default_auto_field = "django.db.models.BigAutoField"
