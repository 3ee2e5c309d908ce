"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "src.workflow"
    label = "workflow"
    verbose_name = _("Processes")
    default_auto_field = "django.db.models.BigAutoField"
