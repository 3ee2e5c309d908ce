"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingTotalsConfig(AppConfig):
    name = "trainings.totals"
    label = "trainings_totals"
    verbose_name = _("Totals of trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import jobs, personal_data  # noqa: F401 - they fill registries
