"""The figures of participation in the registry of what is published."""

from src.participation.published import PublishedTable, publish

from .enums import FigureKind
from .models import ParticipationFigure


def _read():
    """Dossier by dossier, how people answered, as typed: the form takes no figure under the smallest number."""
    tables: dict[int, dict[str, int]] = {}
    rows = ParticipationFigure.objects.filter(kind=FigureKind.CHANNEL, dossier__live=True)
    for dossier_id, label, count in rows.values_list("dossier_id", "label", "count"):
        tables.setdefault(dossier_id, {})[label] = count
    yield from tables.values()


publish(PublishedTable("consultations", ("api/v1/consultations/<slug>/",), _read))
