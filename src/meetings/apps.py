"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "src.meetings"
    label = "meetings"
    verbose_name = _("Meetings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.notices import todo as todo_list
        from src.participation import activities, opening_subjects

        # They fill registries.
        from . import (  # noqa: F401
            jobs,
            moderation_data,
            moderation_jobs,
            moderation_notices,
            notices,
            opened,
            paper,
            personal_data,
            published,
            searching,
            side_by_side,
            todo,
        )
        from .guards import declare_guards
        from .rules import ACTIVITY

        declare_guards()
        searching.register()
        todo_list.register(todo.to_run)
        todo_list.register(todo.promised)
        todo_list.register(todo.to_moderate)
        activities.register(ACTIVITY, _("Meetings of a unit"))
        activities.register_cards(ACTIVITY, side_by_side.cards)
        opening_subjects.register("topic", _("A topic of a meeting"), opened.topic, opened.topics_of)
        account_lines.register(
            "meetings:list",
            _("Meetings of my teams"),
            _("Raise topics, read the minutes, put the days in your calendar."),
            icon="calendar",
            place=17,
        )
