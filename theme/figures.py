"""Figures as each language writes them."""

from django.utils.formats import number_format
from django.utils.translation import gettext


def percent(number) -> str:
    """« 12 % » in French, "12%" in English; a text is a number already written ("9,86")."""
    said = number if isinstance(number, str) else number_format(number)
    return gettext("%(n)s%%") % {"n": said}
