"""Letters for window envelopes: one page a person, with what waits for them on Terrain."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from src.foundations import documents

from ..models import LetterBatch
from . import selectors

# What holds on a page; the rest is on Terrain, and the letter says so.
MESSAGES = 4
WORDS = 420


def batch_html(batch: LetterBatch) -> str:
    """The letters of a batch, to be printed; the same each time they are asked for."""
    with override("fr"):
        letters = [
            {
                "person": person,
                "language": person.language or settings.LANGUAGE_CODE,
                "unit": person.current_affectation.unit if person.current_affectation else None,
                "messages": [{"subject": one.subject, "text": _short(one.text)} for one in told[:MESSAGES]],
                "left": max(0, len(told) - MESSAGES),
                "identifier": person.personnel_number or person.username,
            }
            for person, told in selectors.people_of(batch)
        ]
        context = {
            "letters": letters,
            "qr": documents.qr_data_uri(f"{settings.SITE_URL}/connexion/?next=/moi/messages/"),
            "city_name": settings.CITY_NAME,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "day": timezone.localdate(batch.drawn_at),
        }
        return render_to_string("notices/without_mail/letters.html", context)


def file_name(batch: LetterBatch) -> str:
    """A plain name for the file."""
    kept = "".join(symbol if symbol.isalnum() and symbol.isascii() else "-" for symbol in batch.unit.name.lower())
    return f"lettres-{kept.strip('-')}-{batch.drawn_at:%Y-%m-%d}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WORDS else text[: WORDS - 1].rsplit(" ", 1)[0] + "…"
