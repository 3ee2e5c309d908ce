"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountabilityConfig(AppConfig):
    name = "src.accountability"
    label = "accountability"
    verbose_name = _("Accountability")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines, registries
        from src.foundations import clock, metrics
        from src.notices import todo as todo_list
        from src.participation.published import PublishedTable, publish
        from src.workflow import registry as workflow

        from . import (
            figures,
            jobs,  # noqa: F401 - outbox handlers and ticks
            notices,  # noqa: F401 - messages
            personal_data,  # noqa: F401 - declarations
            plan_figures,
            rules,
            searching,
            todo,
        )
        from .guards import declare_guards
        from .models import ResponseOwed
        from .services.measures import pass_measures_on
        from .services.owing import pass_to_successor
        from .services.plans import pass_plans_on

        declare_guards()
        searching.register()
        todo_list.register(todo.replies_to_sign)
        account_lines.register(
            "accountability:council",
            _("The page before the Council"),
            _("Replies to sign, and what the City promised, kept and refused, with the cases behind."),
            icon="scale",
            place=45,
            shown_to=rules.is_official,
        )
        workflow.register_role("measure", _("The measure it became"), impersonal=True)
        metrics.gauge(
            "terrain_answers_overdue",
            "Answers owed past their promised day",
            lambda: [({}, ResponseOwed.objects.late(clock.today()).count())],
        )
        registries.on_unit_closed(pass_to_successor)
        registries.on_unit_closed(pass_measures_on)
        registries.on_unit_closed(pass_plans_on)
        publish(
            PublishedTable(
                "responses",
                ("reponses/", "reponses/export.csv", "api/v1/responses/figures/"),
                figures.published_counts,
            )
        )
        report = "engagements/plans/<idea_reference:reference>/rapports/<int:year>/"
        publish(
            PublishedTable(
                "plan_reports",
                (report, f"{report}export.csv", f"{report}rapport.pdf"),
                plan_figures.published_answers,
            )
        )
