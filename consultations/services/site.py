"""The section every site has under ``/consultations/``."""

from django.apps import apps
from django.utils.translation import gettext, override

from src.publishing.services import site

from ..models import ConsultationsPage

SLUG = "consultations"


def install() -> ConsultationsPage:
    """Make the section if it is missing; never rewrites it."""
    section = ConsultationsPage.objects.first()
    if section is not None:
        return section
    home = site.install()
    home.refresh_from_db()
    with override("fr"):
        section = ConsultationsPage(
            title=gettext("Consultations"),
            slug=SLUG,
            summary=gettext("What the City asks, what you answered, what was decided and what changes."),
        )
    return home.add_child(instance=section)


def install_after_migrate(sender, using, **kwargs) -> None:
    """What ``post_migrate`` calls, once the last application has its tables."""
    if sender.label == list(apps.get_app_configs())[-1].label:
        # The home page first, whichever room listens first.
        site.install_after_migrate(sender=sender, using=using)
        install()
