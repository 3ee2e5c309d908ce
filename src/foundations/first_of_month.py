"""« 1er décembre »: French names the first of a month by its rank, and Django's formats have no letter for it."""

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

_day = DateFormat.j


def _rank(self):
    """The day without a leading zero; « 1er » in French."""
    day = _day(self)
    return "1er" if day == 1 and (get_language() or "").startswith("fr") else day


def tell_in_french() -> None:
    """Have every date written with a day and a month's name say « 1er »; dates in figures don't use this letter."""
    DateFormat.j = _rank
