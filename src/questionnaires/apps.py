"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "src.questionnaires"
    label = "questionnaires"
    verbose_name = _("Questionnaires")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.notices import todo as todo_list
        from src.participation import activities

        from . import jobs, kinds, personal_data, published, rules, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        todo_list.register(todo.to_answer)
        todo_list.register(todo.to_reach)
        activities.register(rules.ACTIVITY, _("Questionnaires"))
        account_lines.register(
            "questionnaires:workshop",
            _("Questionnaires to organise"),
            _("Write the questions, try them, publish them, close."),
            icon="list-checks",
            place=16,
            shown_to=rules.may_use_workshop,
        )
