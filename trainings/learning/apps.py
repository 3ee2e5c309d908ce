"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "trainings.learning"
    label = "trainings_learning"
    verbose_name = _("Following a training")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.accountability import registry as measures
        from src.directory import account_lines
        from src.kiosk import tiles
        from src.notices import todo as todo_list
        from src.participation import prompts
        from trainings.reading import ASKED

        from . import asking, carrying, jobs, notices, on_kiosk, personal_data, rules, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        tiles.register(on_kiosk.TILE)
        todo_list.register(todo.to_go_on_with)
        prompts.register(ASKED, asking.asked)
        measures.register_carriers(carrying.KIND, carrying.MODULES)
        account_lines.register(
            "trainings_learning:list",
            _("My trainings"),
            _("Where I stand, what is left, and the reflex cards."),
            icon="graduation-cap",
            place=16,
            shown_to=rules.may_learn,
        )
        account_lines.register(
            "trainings_learning:helping",
            _("People to go along with"),
            _("Those whose last attempt at a quiz is past, and who see it again with somebody."),
            icon="users",
            place=17,
            shown_to=rules.may_go_along,
        )
