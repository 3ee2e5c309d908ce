"""Registers the room with Django and fills the registries it feeds."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    name = "ideas"
    label = "ideas"
    verbose_name = _("Ideas")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import own_data

        from . import (
            jobs,  # noqa: F401 - outbox handlers and ticks
            notices,  # noqa: F401 - messages
            personal_data,  # noqa: F401 - declarations
            personal_data_cohort,  # noqa: F401 - declarations
            personal_data_life,  # noqa: F401 - declarations
            registrations,
        )

        own_data.register_files(personal_data.files_sent)
        processes = Path(__file__).parent / "processes"
        registrations.register_all([processes / f"{name}.json" for name in registrations.PROCESSES])
