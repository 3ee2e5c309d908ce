"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingRemindersConfig(AppConfig):
    name = "trainings.reminders"
    label = "trainings_reminders"
    verbose_name = _("Reminders of trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import jobs, notices, personal_data  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
