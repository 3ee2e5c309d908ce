"""Addresses below /formations/ that no track may take."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

RESERVED = frozenset(
    {
        "fiches", "medias", "accompagnement", "sessions", "animation", "attestations", "rh", "obligations",
        "verifier", "preuves", "suivi", "rappels", "equipe", "referent", "formes",
    }
)  # fmt: skip


def check_slug(value: str) -> None:
    """Refuses an address that a page of ours has."""
    if value in RESERVED:
        raise ValidationError(_("“%(slug)s” is the address of another page: choose another one.") % {"slug": value})
