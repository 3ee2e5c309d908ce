"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingSessionsConfig(AppConfig):
    name = "trainings.sessions"
    label = "trainings_sessions"
    verbose_name = _("Sessions of trainings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines
        from src.meetings import registry as meetings
        from src.notices import todo as todo_list
        from trainings.evidence import registry as proofs
        from trainings.learning import registry as learning

        from . import calendar, evidence, jobs, notices, personal_data, rules, selectors, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        meetings.also_in_calendars(calendar.events_for)
        learning.on_session_page(selectors.face_of)
        proofs.register(evidence.FOLDER, evidence.files)
        todo_list.register(todo.to_attend)
        account_lines.register(
            "trainings_sessions:list",
            _("Sessions with a trainer"),
            _("Choose a day, say that you can’t come, give your presence."),
            icon="calendar",
            place=18,
            shown_to=rules.may_book,
        )
        account_lines.register(
            "trainings_sessions:led",
            _("Sessions I lead"),
            _("Those who come, the code of the room, the sheet to sign and to lock."),
            icon="user-round-check",
            place=19,
            shown_to=rules.may_lead,
        )
        account_lines.register(
            "trainings_sessions:desk",
            _("Organise sessions of trainings"),
            _("Open, confirm, change or cancel a session, print convocations."),
            icon="calendar",
            place=20,
            shown_to=rules.may_organise_somewhere,
        )
