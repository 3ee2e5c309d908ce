"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _let_administrators_edit(sender, **kwargs):
    """Give the administrators' group the permissions on processes, after each migration."""
    from .administrators import grant_permissions

    grant_permissions(sender)


class WorkflowConfig(AppConfig):
    name = "src.workflow"
    label = "workflow"
    verbose_name = _("Processes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import (
            guards,
            jobs,  # noqa: F401
            personal_data,  # noqa: F401
        )
        from .process_files import install_registered

        guards.declare()
        post_migrate.connect(_let_administrators_edit, sender=self, dispatch_uid="workflow.permissions")
        post_migrate.connect(install_registered, sender=self, dispatch_uid="workflow.process_files")
