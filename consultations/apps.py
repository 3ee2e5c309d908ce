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
        from src.accountability import registry
        from src.publishing import cards
        from src.questionnaires import answering_findings

        from . import figure_measures, jobs, kinds, notices, personal_data, published, searching  # noqa: F401 - they fill registries
        from .guards import declare_guards
        from .services import findings, site

        declare_guards()
        jobs.connect()
        searching.register()
        figure_measures.register()
        cards.register_opened(searching.opened)
        answering_findings.register(
            answering_findings.Answers(findings.read, findings.tie, findings.untie, findings.tied, findings.find)
        )
        registry.register_origin_words(findings.KIND, findings.origin_words, _("Findings of barometers"))
        post_migrate.connect(site.install_after_migrate, dispatch_uid="consultations.site")
