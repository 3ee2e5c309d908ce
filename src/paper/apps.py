"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaperConfig(AppConfig):
    name = "src.paper"
    label = "paper"
    verbose_name = _("Paper")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import jobs, personal_data  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
