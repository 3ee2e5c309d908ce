"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelsConfig(AppConfig):
    name = "panels"
    label = "panels"
    verbose_name = _("Panels")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.directory.viewer import register_viewer_fact
        from src.kiosk import visits
        from src.notices import todo as todo_list

        # They fill registries.
        from . import entrance, jobs, notices, on_paper, personal_data, querysets, rules, searching, todo  # noqa: F401
        from .guards import declare_guards

        declare_guards()
        searching.register()
        todo_list.register(todo.for_my_panels)
        visits.also_wipe(entrance.COOKIE, entrance.PATH)
        register_viewer_fact(querysets.FACT, querysets.roles_of)
        register_viewer_fact(querysets.MEMBER_FACT, querysets.memberships_of)
        account_lines.register(
            "panels:workshop",
            _("Panels to organise"),
            _("Prepare a panel, follow its registrations, its quotas and its draw."),
            icon="users",
            place=19,
            shown_to=rules.may_use_workshop,
        )
        account_lines.register(
            "panels:mine",
            _("My panels"),
            _("Sessions, documents, drafts and votes of the panels where you sit."),
            icon="messages-square",
            place=18,
            shown_to=rules.sits_somewhere,
        )
