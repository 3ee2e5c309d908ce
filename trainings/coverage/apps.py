"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingCoverageConfig(AppConfig):
    name = "trainings.coverage"
    label = "trainings_coverage"
    verbose_name = _("Coverage of trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.notices import todo as todo_list

        from . import jobs, personal_data, rules, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        todo_list.register(todo.to_plan)
        todo_list.register(todo.to_catch_up)
        account_lines.register(
            "trainings_coverage:overview",
            _("Coverage of mandatory trainings"),
            _("How many agents are up to date, by direction and service, and what is to plan."),
            icon="chart-column",
            place=18,
            shown_to=rules.can_follow,
        )
        account_lines.register(
            "trainings_coverage:team",
            _("Trainings of my team"),
            _("Who is up to date, for whom a training is to plan, and the hours it takes."),
            icon="users",
            place=18,
            shown_to=rules.is_manager,
        )
        account_lines.register(
            "trainings_coverage:referent",
            _("Trainings in my units"),
            _("How many are trained in the units you are equality referent of."),
            icon="chart-column",
            place=18,
            shown_to=rules.can_read_as_referent,
        )
