"""Reads of quotes: what a page shows of one, what an editor may choose, the list of what was asked."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from src.directory.viewer import AnyAgent
from src.foundations import clock

from . import cards
from .enums import QuoteSignature, QuoteState
from .models import QuoteRequest

CHOICES, LISTED = 200, 100


@dataclass(frozen=True)
class ShownQuote:
    """Words their author lets everybody read, and how they are signed."""

    words: str
    signature: str


def shown(reference: str) -> ShownQuote | None:
    """The quote as it stands at this very moment: None without a yes, once it is taken back, or when what it comes
    from is hidden, withdrawn or gone."""
    row = QuoteRequest.objects.filter(reference=reference, state=QuoteState.AGREED).first()
    if row is None or not row.is_agreed(clock.today()):
        return None
    contribution = cards.quotable(row.subject_kind, row.subject_reference, AnyAgent())
    if contribution is None:
        return None
    signature = contribution.signature if row.signature == QuoteSignature.NAME else ""
    return ShownQuote(row.words, signature or _("An agent of the City"))


def awaited_words(reference: str) -> str:
    """What an editor's preview says in the place of a quote that pages don't show."""
    row = QuoteRequest.objects.filter(reference=reference).first()
    state = QuoteState(row.shown_state(clock.today())).label if row else _("unknown")
    return _("This quote isn’t shown: %(state)s.") % {"state": state}


def choices() -> list[tuple[str, str]]:
    """The quotes a page may hold, with where they stand; the newest first."""
    today = clock.today()
    rows = QuoteRequest.objects.exclude(state=QuoteState.DROPPED).order_by("-pk")[:CHOICES]
    return [
        (row.reference, f"{Truncator(row.words).chars(60)} ({QuoteState(row.shown_state(today)).label})")
        for row in rows
    ]


def listed() -> list[dict]:
    """What was asked for, the newest first, as editors read it."""
    today = clock.today()
    rows = QuoteRequest.objects.exclude(state=QuoteState.DROPPED).select_related("asked_by").order_by("-pk")[:LISTED]
    return [{"row": row, "state": QuoteState(row.shown_state(today)).label} for row in rows]
