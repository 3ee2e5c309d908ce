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

        from . import account_lines, jobs, personal_data  # noqa: F401 - they register themselves
        from .groups import install_groups
        from .guards import declare_guards
        from .second_factor import remember_setup

        declare_guards()
        sealing.register_purpose("second-factor")
        post_migrate.connect(install_groups, dispatch_uid="directory.groups")
        authenticator_added.connect(remember_setup, dispatch_uid="directory.second_factor")
        lines = (
            ("directory:secret", _("My password"), _("Change it, and sign out every other device."), "key-round", 25),
            (
                "mfa_index",
                _("Security of my account"),
                _("A second step when you sign in: an application or a key."),
                "shield-check",
                30,
            ),
            (
                "directory:own_data",
                _("What Terrain keeps of me"),
                _("Read everything, and take it with you."),
                "archive",
                40,
            ),
        )
        for route, title, text, icon, place in lines:
            account_lines.register(route, title, text, icon=icon, place=place)
