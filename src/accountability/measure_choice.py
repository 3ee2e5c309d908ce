"""Measures found by words, as a list to choose in; what every form that names a measure offers."""

from src.foundations import references
from theme.forms import ChoiceLabel

from .measure_reading import with_words
from .models import Measure


def offered(among, typed: str, most: int) -> tuple[list, int]:
    """The first measures of a queryset that have these words, and how many do; none where a reference was typed.

    Three statements at most.
    """
    if Measure.objects.filter(reference=references.normalise(typed)).exists():
        return [], 0
    found = with_words(among, typed).order_by("-year", "title", "reference")
    shown = list(found.select_related("unit")[:most])
    choices = [(one.reference, ChoiceLabel(one.title, f"{one.reference}, {one.unit}")) for one in shown]
    return choices, len(shown) if len(shown) < most else found.count()
