"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KioskConfig(AppConfig):
    name = "src.kiosk"
    label = "kiosk"
    verbose_name = _("Kiosks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines

        from . import personal_data, tiles, voting  # noqa: F401 - they fill registries
        from .rules import may_enrol

        tiles.register(voting.TILE)
        account_lines.register(
            "kiosk:devices",
            _("Kiosks"),
            _("Enrol a shared tablet of a place, or end it at once."),
            icon="tablet",
            place=60,
            shown_to=may_enrol,
        )
