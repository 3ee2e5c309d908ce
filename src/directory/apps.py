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
        from .second_factor import remember_setup

        sealing.register_purpose("second-factor")
        post_migrate.connect(install_groups, dispatch_uid="directory.groups")
        authenticator_added.connect(remember_setup, dispatch_uid="directory.second_factor")
        account_lines.register(
            account_lines.AccountLine(
                route="directory:own_data",
                title=_("What Terrain keeps of me"),
                text=_("Read everything, and take it with you."),
                icon="archive",
                place=40,
            )
        )
        account_lines.register(
            account_lines.AccountLine(
                route="directory:secret",
                title=_("My password"),
                text=_("Change it, and sign out every other device."),
                icon="key-round",
                place=25,
            )
        )
        account_lines.register(
            account_lines.AccountLine(
                route="mfa_index",
                title=_("Security of my account"),
                text=_("A second step when you sign in: an application or a key."),
                icon="shield-check",
                place=30,
            )
        )
