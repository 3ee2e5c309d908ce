"""Cents as people read them."""

from django.utils.formats import number_format


def euros(cents: int) -> str:
    """5000 is “50 €”, 5050 is “50,50 €”."""
    places = 2 if cents % 100 else 0
    sign, cents = ("−" if cents < 0 else ""), abs(cents)
    return f"{sign}{number_format(cents / 100, decimal_pos=places, force_grouping=True)}\N{NO-BREAK SPACE}€"
