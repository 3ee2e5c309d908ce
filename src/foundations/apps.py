"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FoundationsConfig(AppConfig):
    name = "src.foundations"
    label = "foundations"
    verbose_name = _("Foundations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import guards, journal, models  # noqa: F401 - registries are filled once models exist

        guards.append_only(models.AuditEntry)
        guards.append_only(models.Seal)
        post_migrate.connect(guards.install_after_migrate, sender=self, dispatch_uid="foundations.guards")
