"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "consultations"
    label = "consultations"
    verbose_name = _("Consultations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.publishing import cards

        from . import jobs, kinds, notices, personal_data, published, searching  # noqa: F401 - they fill registries
        from .guards import declare_guards
        from .services import site

        declare_guards()
        jobs.connect()
        searching.register()
        cards.register_opened(searching.opened)
        post_migrate.connect(site.install_after_migrate, dispatch_uid="consultations.site")
