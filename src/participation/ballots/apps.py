"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "src.participation.ballots"
    label = "ballots"
    verbose_name = _("Ballots")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.notices import todo as todo_list
        from src.participation import activities

        # They fill registries.
        from . import jobs, notices, personal_data, published, rules, side_by_side, todo, voting_paper  # noqa: F401
        from .guards import declare_guards

        declare_guards()
        activities.register(rules.ACTIVITY, _("Ballots"))
        activities.register_cards(rules.ACTIVITY, side_by_side.cards)
        activities.register_participants(rules.ACTIVITY, side_by_side.participants)
        todo_list.register(todo.to_vote)
        todo_list.register(todo.to_hold)
        account_lines.register(
            "ballots:workshop",
            _("Ballots to organise"),
            _("Prepare a vote, choose who holds its keys, open it, read the results."),
            icon="inbox",
            place=18,
            shown_to=rules.may_use_workshop,
        )
