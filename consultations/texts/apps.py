"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TextsConfig(AppConfig):
    name = "consultations.texts"
    label = "texts"
    verbose_name = _("Reform texts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.notices import todo as todo_list
        from src.participation import activities

        from . import jobs, kinds, notices, paper, personal_data, rules, searching, side_by_side, todo  # noqa: F401 - registries
        from .guards import declare_guards

        declare_guards()
        searching.register()
        todo_list.register(todo.to_comment)
        todo_list.register(todo.to_decide)
        todo_list.register(todo.to_moderate)
        activities.register(rules.ACTIVITY, _("Reform texts"))
        activities.register_cards(rules.ACTIVITY, side_by_side.cards)
        activities.register_participants(rules.ACTIVITY, side_by_side.participants)
        account_lines.register(
            "texts:workshop",
            _("Reform texts to organise"),
            _("Cut a text into articles, open it, answer each contribution, publish what changes."),
            icon="file-text",
            place=17,
            shown_to=rules.may_use_workshop,
        )
