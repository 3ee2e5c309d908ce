"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "src.notices"
    label = "notices"
    verbose_name = _("Notices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Take the outbox topics, declare personal data, and let each request read the marks with the account."""
        from src.directory import account_lines
        from src.directory.viewer import register_user_relation
        from src.foundations import metrics
        from src.foundations.diagnosis import register

        from . import delivery, diagnosis, jobs, mass_todo, personal_data, todo  # noqa: F401 - they register themselves
        from .guards import declare_guards
        from .without_mail import notices  # noqa: F401 - it registers itself
        from .without_mail.todo import errands_for_me

        declare_guards()
        todo.register(errands_for_me)
        todo.register(mass_todo.sendings_for_me)
        register("notices", diagnosis.mails)
        metrics.gauge("terrain_mails", "Mails by state", delivery.by_state)
        register_user_relation("inbox_read_marks")
        account_lines.register(
            "notices:settings",
            _("Messages I receive"),
            _("Choose what Terrain tells you, and how."),
            icon="bell",
            place=20,
        )
