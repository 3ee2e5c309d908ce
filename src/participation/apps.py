"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "src.participation"
    label = "participation"
    verbose_name = _("Participation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines, registries
        from src.directory.viewer import register_user_relation, register_viewer_fact
        from src.notices import todo as todo_list
        from src.notices.handles import register_handle_resolver
        from src.paper.registry import register_guard

        from . import holding, jobs, limits, notices, personal_data, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards
        from .querysets import functions_of
        from .services import authorship, keyring
        from .services.roles import space_roles_of

        declare_guards()
        register_user_relation("keyring")
        register_viewer_fact("own_handles", authorship.own_handles)
        register_viewer_fact("space_roles", space_roles_of)
        register_viewer_fact("opening_functions", functions_of)
        register_handle_resolver(authorship.accounts_of)
        register_guard(holding.GUARD)
        registries.on_account_created(keyring.create_rows)
        todo_list.register(todo.openings_for_me)
        account_lines.register(
            "participation:openings",
            _("Lifting the secret"),
            _("Ask, confirm or refuse, two people together, for a ground of the list."),
            icon="lock",
            place=40,
            shown_to=todo.may_open,
        )
        registries.on_unit_closed(limits.pass_on)
