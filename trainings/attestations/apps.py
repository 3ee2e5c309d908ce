"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttestationsConfig(AppConfig):
    name = "trainings.attestations"
    label = "trainings_attestations"
    verbose_name = _("Attestations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.directory import account_lines

        from . import certificates, jobs, personal_data, rules  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        certificates.declare()
        lines = (
            ("mine", rules.may_hold, "file-text", _("My attestations"),
             _("Each training I finished, to download and to show.")),
            ("desk", rules.may_reprint, "printer", _("Attestations at the desk"),
             _("Print an attestation for somebody who has no e-mail.")),
            ("batches", rules.may_batch, "archive", _("Attestations of a site"),
             _("All of them in one file, to print.")),
            ("certificates", rules.may_ask_certificates, "shield-check", _("Certificates roles ask for"),
             _("Which training must hold to be given a role.")),
        )  # fmt: skip
        for place, (name, shown_to, icon, title, text) in enumerate(lines, start=18):
            account_lines.register(
                f"trainings_attestations:{name}", title, text, icon=icon, place=place, shown_to=shown_to
            )
