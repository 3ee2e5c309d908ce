"""Measures born of a figure of a synthesis: the figure is their origin, each leads to the other."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from src.accountability import measure_reading, registry, rules
from src.accountability.models import Measure
from src.foundations import clock
from src.questionnaires import born, synthesis_reading
from src.questionnaires.models import SynthesisFigure, Theme

KIND = "synthesis_figure"


def register() -> None:
    """Fill the registries of both floors."""
    registry.register_visible_subjects(KIND, visible)
    registry.register_origin_words(KIND, words, _("Figures of syntheses"))
    born.register(born_of)


def visible(viewer):
    """The themes whose published figure this person may read."""
    return Theme.objects.filter(pk__in=synthesis_reading.figures_for(viewer).values("theme"))


def words(viewer, references) -> dict[str, registry.OriginWords]:
    """What a measure says of the figures it comes from, with their addresses; one statement."""
    found = synthesis_reading.figures_for(viewer).filter(theme__reference__in=references)
    return {one.theme.reference: registry.OriginWords(sentence_of(one), url_of(one)) for one in found}


def sentence_of(figure: SynthesisFigure) -> str:
    """« 214 réponses sur 1 020 parlent de « Horaires ». »"""
    return synthesis_reading.figure_sentence(figure.name, figure.count, figure.table.base)


def url_of(figure: SynthesisFigure) -> str:
    """Where a figure opens the answers behind it."""
    asked = figure.table.synthesis.questionnaire
    return reverse("questionnaires:figure", args=[asked.reference, figure.theme.reference])


def born_of(viewer, reference: str) -> born.Born:
    """The measures a figure led to, and where to begin one for whoever decides for some unit."""
    found = (
        Measure.objects.visible_to(viewer)
        .filter(origins__subject_kind=KIND, origins__subject_reference=reference)
        .select_related("direction", "unit")
        .prefetch_related("origins")
        .order_by("created_on", "pk")
    )
    today = clock.today()
    add_url = reverse("consultations:figure_measure", args=[reference]) if rules.may_adopt(viewer) else ""
    return born.Born([measure_reading.row_of(one, today) for one in found], add_url)
