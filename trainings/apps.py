"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    name = "trainings"
    label = "trainings"
    verbose_name = _("Trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import personal_data, searching  # noqa: F401 - it fills a registry
        from .guards import declare_guards

        declare_guards()
        searching.register()
