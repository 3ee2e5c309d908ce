"""Addresses that belong to the product: an editor can't put a page there."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

RESERVED = frozenset(
    """
    accounts affichage affiches api attestations borne cartes citations connexion consultations courriels
    deconnexion demo effacements en engagements formations galerie gestion healthz idees levees-du-secret lieux
    livez media metrics moi n nom-protege noter panels papier prevenir protection-donnees protege qualite
    questionnaires readyz recherche reponses reunions scrutins static suivre telechargements textes
    """.split()  # noqa: SIM905
)
# Pages every site has, which the footer leads to.
FOOTER_SLUGS = frozenset({"accessibilite", "donnees-personnelles", "charte", "aide", "mentions-legales"})
# Their English translations, below the English home page.
ENGLISH_FOOTER_SLUGS = frozenset({"accessibility", "personal-data", "charter", "help", "legal-information"})

# Sections of the product, made by its rooms at their reserved address.
SECTION_SLUGS = frozenset({"consultations"})


def check_slug(slug: str) -> None:
    """Refuse an address of the product, in words."""
    if slug in RESERVED:
        raise ValidationError(
            {"slug": _("The address “/%(slug)s/” is already a part of Terrain. Choose another one.") % {"slug": slug}}
        )


def is_first_level(page) -> bool:
    """Whether a page sits just under the home page, where the product's own addresses are."""
    return bool(page.depth) and page.depth == 3
