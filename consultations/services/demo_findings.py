"""Ties the measures of the demo city to the findings of its barometer; twice changes nothing."""

from src.accountability.models import Measure
from src.questionnaires.services.demo_barometer import load_barometer

from .findings import tie


def load_barometers() -> int:
    """Load the barometer when it is missing, with the measures that answer it; answers how many ties were made."""
    made = 0
    for finding, titles in load_barometer():
        found = Measure.objects.filter(title__in=titles, published_on__isnull=False).order_by("pk")
        for reference in found.values_list("reference", flat=True):
            tie(finding, reference, None)
            made += 1
    return made
