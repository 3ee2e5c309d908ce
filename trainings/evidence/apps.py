"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "trainings.evidence"
    label = "trainings_evidence"
    verbose_name = _("Evidence of mandatory trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from trainings.obligations.rules import can_prepare

        from . import jobs, verbs  # noqa: F401 - they fill registries

        account_lines.register(
            "trainings_evidence:packs",
            _("Evidence of mandatory trainings"),
            _("What was asked and done at a date, with what proves it; the page to sign each month."),
            icon="archive",
            place=22,
            shown_to=can_prepare,
        )
