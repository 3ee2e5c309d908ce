"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WallConfig(AppConfig):
    name = "src.wall"
    label = "wall"
    verbose_name = _("Wall sheets")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.notices import todo as todo_list

        from . import jobs, personal_data, rules, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        todo_list.register(todo.to_print)
        account_lines.register(
            "wall:list",
            _("Sheets for the wall"),
            _("Print this week's sheets of your places, and say when they hang."),
            icon="printer",
            place=15,
            shown_to=rules.may_use,
        )
