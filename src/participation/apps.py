"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "src.participation"
    label = "participation"
    verbose_name = _("Participation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import registries
        from src.directory.viewer import register_user_relation, register_viewer_fact
        from src.notices.handles import register_handle_resolver
        from src.paper.registry import register_guard

        from . import holding, jobs, personal_data  # noqa: F401 - they fill registries
        from .guards import declare_guards
        from .services import authorship, keyring
        from .services.roles import space_roles_of

        declare_guards()
        register_user_relation("keyring")
        register_viewer_fact("own_handles", authorship.own_handles)
        register_viewer_fact("space_roles", space_roles_of)
        register_handle_resolver(authorship.accounts_of)
        register_guard(holding.GUARD)
        registries.on_account_created(keyring.create_rows)
