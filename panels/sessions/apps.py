"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelSessionsConfig(AppConfig):
    name = "panels.sessions"
    label = "panel_sessions"
    verbose_name = _("Sessions of panels")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from panels import desk, public_parts, workspace
        from src.meetings import registry as meetings
        from src.notices import todo as todo_list

        # They fill registries.
        from . import calendar, jobs, notices, parts, personal_data, posted, todo  # noqa: F401
        from .guards import declare_guards

        declare_guards()
        todo_list.register(todo.to_come)
        posted.register()
        meetings.also_in_calendars(calendar.events_for)
        workspace.register(10, parts.sessions_tab)
        workspace.register(20, parts.documents_tab)
        workspace.register(30, parts.hearings_tab)
        workspace.register(90, parts.stipends_tab)
        public_parts.register(10, parts.public_part)
        desk.register(
            parts.sessions_part, parts.documents_part, parts.requests_part, parts.stipends_part, parts.posting_part
        )
