"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingObligationsConfig(AppConfig):
    name = "trainings.obligations"
    label = "trainings_obligations"
    verbose_name = _("Mandatory trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.notices import todo as todo_list
        from trainings.ledger import registry as ledger

        from . import holding, jobs, personal_data, rules, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards
        from .services import evaluating

        declare_guards()
        todo_list.register(todo.to_learn)
        todo_list.register(todo.to_activate)
        account_lines.register(
            "trainings_obligations:mine",
            _("What I am asked to learn"),
            _("Each training the City asks of me: before when, and why me."),
            icon="list-checks",
            place=15,
            shown_to=rules.may_be_asked,
        )
        account_lines.register(
            "trainings_obligations:hr",
            _("Follow mandatory trainings"),
            _("Who is asked what, how far it is in your branches, and the state of the staff file."),
            icon="clipboard-list",
            place=16,
            shown_to=rules.can_follow,
        )
        ledger.on_change(evaluating.evaluate_people)
        holding.declare()
