"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelPairingsConfig(AppConfig):
    name = "panels.pairings"
    label = "panel_pairings"
    verbose_name = _("Questionnaires of panels, before and after")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from panels import desk, public_parts, workspace
        from src.questionnaires import holders

        from . import holding, jobs, personal_data, places, published  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        holders.register(holding.holder_of)
        workspace.register(50, places.tab)
        desk.register(places.part)
        public_parts.register(50, places.public)
