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
        from allauth.mfa.signals import authenticator_added

        from src.foundations import sealing

        from . import jobs, personal_data  # noqa: F401 - they register themselves
        from .groups import install_groups
        from .second_factor import remember_setup

        sealing.register_purpose("second-factor")
        post_migrate.connect(install_groups, dispatch_uid="directory.groups")
        authenticator_added.connect(remember_setup, dispatch_uid="directory.second_factor")
