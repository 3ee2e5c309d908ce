"""What a dossier's fields take, shared by the form and the database's own checks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations.text import is_safe_link


def check_link(link: str) -> None:
    """Only a whole https address is followed from our pages."""
    if not (link.startswith("https://") and is_safe_link(link)):
        raise ValidationError(_("Write a whole address that begins with “https://”."))
