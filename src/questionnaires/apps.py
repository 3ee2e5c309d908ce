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

        # They fill registries.
        from . import (  # noqa: F401
            barometer_personal_data,
            jobs,
            kinds,
            notices,
            paper,
            personal_data,
            published,
            quote_jobs,
            quote_personal_data,
            reading_personal_data,
            rules,
            searching,
            side_by_side,
            todo,
        )
        from .guards import declare_guards

        declare_guards()
        searching.register()
        todo_list.register(todo.to_answer)
        todo_list.register(todo.to_reach)
        todo_list.register(todo.to_moderate)
        activities.register(rules.ACTIVITY, _("Questionnaires"))
        activities.register_cards(rules.ACTIVITY, side_by_side.cards)
        activities.register_participants(rules.ACTIVITY, side_by_side.participants)
        account_lines.register(
            "questionnaires:workshop",
            _("Questionnaires to organise"),
            _("Write the questions, try them, publish them, close."),
            icon="list-checks",
            place=16,
            shown_to=rules.may_use_workshop,
        )
