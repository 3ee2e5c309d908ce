"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingLedgerConfig(AppConfig):
    name = "trainings.ledger"
    label = "trainings_ledger"
    verbose_name = _("Completed trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import chaining, personal_data  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
