"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class FoundationsConfig(AppConfig):
    name = "src.foundations"
    label = "foundations"
    verbose_name = _("Foundations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Imported here because they register once every model exists.
        from . import (  # noqa: F401
            diagnosis,
            first_migrations,
            first_of_month,
            guards,
            jobs,
            journal,
            logs,
            models,
            outbox,
            own_data,
            periodic,
            relay,
            retention,
        )

        guards.append_only(models.AuditEntry)
        guards.append_only(models.Seal)
        outbox.on_wake(relay.wake)
        logs.configure()
        first_of_month.tell_in_french()
        pre_migrate.connect(first_migrations.refuse_halfway, sender=self, dispatch_uid="foundations.halfway")
        pre_migrate.connect(guards.lift_before_migrate, sender=self, dispatch_uid="foundations.guards_lifted")
        post_migrate.connect(guards.install_after_migrate, sender=self, dispatch_uid="foundations.guards")
