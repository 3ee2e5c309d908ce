"""Letters that carry personal codes: A4 pages for window envelopes, with a QR to the sign-in page."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import override

from src.foundations import clock, documents

from .services.codes import IssuedCode


def letters_html(issued: list[IssuedCode], *, place: str = "") -> str:
    """One page a person, in the language their account chose.

    The QR opens the sign-in page with the number filled in; the code is never in it.
    """
    letters = [
        {
            "person": one.user,
            "language": one.user.language or settings.LANGUAGE_CODE,
            "unit": one.user.current_affectation.unit if one.user.current_affectation else None,
            "identifier": one.user.personnel_number or one.user.username,
            "code": one.spaced,
            "expires_on": one.expires_on,
            "qr": documents.qr_data_uri(_door(one)),
        }
        for one in issued
    ]
    with override(settings.LANGUAGE_CODE):
        return render_to_string(
            "directory/letters.html",
            {
                "letters": letters,
                "place": place,
                "city_name": settings.CITY_NAME,
                "site_name": settings.SITE_NAME,
                "site_url": settings.SITE_URL,
                "today": clock.today(),
            },
        )


def standalone(html: str) -> str:
    """The same letters for a file on a disk: their stylesheet inside, nothing to load."""
    styles = Path(finders.find("directory/letters.css")).read_text(encoding="utf-8")
    return re.sub(r'<link rel="stylesheet"[^>]*>', lambda _link: f"<style>{styles}</style>", html)


def _door(one: IssuedCode) -> str:
    query = urlencode({"matricule": one.user.personnel_number or one.user.username})
    return f"{settings.SITE_URL}/connexion/?{query}"


def file_name(place: str) -> str:
    """A plain name for the batch."""
    kept = "".join(symbol if symbol.isalnum() and symbol.isascii() else "-" for symbol in place.lower())
    return f"lettres-{kept.strip('-') or 'codes'}-{clock.today():%Y-%m-%d}"
