"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "src.directory"
    label = "directory"
    verbose_name = _("Directory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .groups import install_groups

        post_migrate.connect(install_groups, dispatch_uid="directory.groups")
