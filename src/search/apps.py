"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "src.search"
    label = "search"
    verbose_name = _("Search index")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Take the outbox topic, declare personal data, put the index in place after each migration."""
        from . import jobs, personal_data, vendor  # noqa: F401

        post_migrate.connect(vendor.install_after_migrate, sender=self, dispatch_uid="search.vendor")
