"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelStatementsConfig(AppConfig):
    name = "panels.statements"
    label = "panel_statements"
    verbose_name = _("Statements of panels")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from panels import by_post, desk, workspace
        from src.notices import todo as todo_list

        from . import jobs, notices, personal_data, places, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        workspace.register(40, places.tab)
        desk.register(places.part)
        by_post.register(places.SHEET, _("Statements, with their answer sheet"), places.sheets, places.sheet_page)
        by_post.register(places.MAP, _("Maps of opinions"), places.maps, places.map_page)
        todo_list.register(todo.to_answer)
        todo_list.register(todo.to_read)
