"""The addresses of the footer: always there, put in place by ``services.site``; no page asks the database for them."""

import time

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .enums import Conformity
from .models import AccessibilityPage

ACCESSIBILITY = "accessibilite"
# Slug and words of the pages every site has.
PAGES = [
    ("donnees-personnelles", _("My data and my anonymity")),
    ("charte", _("Participation charter")),
    ("aide", _("Help")),
    ("mentions-legales", _("Legal information")),
]
# Slug of a page of the footer → that of its English translation.
ENGLISH = {
    ACCESSIBILITY: "accessibility",
    "donnees-personnelles": "personal-data",
    "charte": "charter",
    "aide": "help",
    "mentions-legales": "legal-information",
}
REFRESHED_EVERY = 60

_state = {"conformity": Conformity.NONE, "read_at": float("-inf")}


def refresh(force: bool = False) -> None:
    """Read again how accessible the site says it is, at most once a minute; the pages of editors call it.

    Until it was read, the footer says what the law says without an audit: not conforming.
    """
    now = time.monotonic()
    if force or now - _state["read_at"] > REFRESHED_EVERY:
        page = AccessibilityPage.objects.live().order_by("path").first()
        _state.update(conformity=page.shown_conformity if page else Conformity.NONE, read_at=now)


def links() -> list[dict]:
    """The links of the footer, in the reader's language."""
    state = Conformity(_state["conformity"]).label
    first = {
        "label": gettext("Accessibility: %(state)s") % {"state": state},
        "url": _address(ACCESSIBILITY),
    }
    by_code = {"label": gettext("Follow with a code"), "url": "/suivre/"}
    promises = {"label": gettext("Promised answers"), "url": "/reponses/"}
    quality = {"label": gettext("Quality of services"), "url": "/qualite/"}
    measures = {"label": gettext("Commitments"), "url": "/engagements/"}
    pages = ({"label": str(label), "url": _address(slug)} for slug, label in PAGES)
    return [first, by_code, measures, promises, quality, *pages]


def _address(slug: str) -> str:
    return f"/en/{ENGLISH[slug]}/" if get_language() == "en" else f"/{slug}/"
