"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "src.rights"
    label = "rights"
    verbose_name = _("My rights")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from src.directory import account_lines
        from theme import data_notices

        from . import blocking, blocks, jobs, looks, personal_data, processings, rules  # noqa: F401 - some fill registries
        from .services import sessions

        blocking.register(blocks.keys_held)
        blocking.register(blocks.roles_held)
        looks.register(looks.of_the_account)
        looks.register(looks.of_the_roles)
        looks.register(looks.of_the_name)
        data_notices.register(processings.namespaces())
        user_logged_in.connect(sessions.note_signed_in, dispatch_uid="rights.sessions")
        for route, title, text, icon, place, shown_to in (
            (
                "devices", _("My devices"),
                _("Where you are signed in; sign a lost device out."),
                "tablet", 32, None,
            ),
            (
                "identity", _("How I appear"),
                _("What forms offer you first: your name, or a protected one."),
                "user-round", 21, None,
            ),
            (
                "looks", _("Who looked"),
                _("Who read or changed what concerns you by name: role, reason, day."),
                "eye", 33, None,
            ),
            (
                "erase", _("Erase my data"),
                _("What goes, what stays and why, before anything is done."),
                "trash-2", 34, None,
            ),
            (
                "register", _("Data protection"),
                _("Register of processing, impact assessment, periods applied, what to do after a breach."),
                "shield", 44, rules.may_keep_register,
            ),
        ):  # fmt: skip
            account_lines.register(f"rights:{route}", title, text, icon=icon, place=place, shown_to=shown_to)
