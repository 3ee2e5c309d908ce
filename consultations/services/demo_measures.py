"""Loads what came of a figure in the demo city: a measure, named by the report; and a work shown in two dossiers."""

from datetime import timedelta

from django.db import transaction

from src.accountability import services
from src.accountability.models import Measure, MeasureOrigin
from src.directory.models import Unit, User
from src.foundations import clock
from src.questionnaires.models import SynthesisFigure

from ..figure_measures import KIND
from ..models import ConsultationDossier, DossierSharedWork, DossierWork

# Whose word begins it, for which direction; the theme it answers, and the line of the report that names it.
DECIDES, DIRECTION = "decideur", "PRO"
DOSSIER, THEME, LINE = "nous-au-travail", "Horaires et remplacements", 1
WORDS = {
    "title": "Afficher les plannings trois semaines avant dans les dépôts de propreté",
    "changes": (
        "Chaque dépôt affiche ses horaires trois semaines à l’avance. Un changement après l’affichage est dit à la "
        "personne, avec sa raison ; un échange entre collègues se fait par un mot signé."
    ),
    "first_step": "Essai dans deux dépôts, avec les équipes",
}
IN_DAYS = 45
SHARED, SHOWN_IN = "Deux éditions de « Nous au travail »", "plannings"


@transaction.atomic
def load_figure_measure() -> int:
    """Begin the measure and name it in the report; answers how many came in. Twice changes nothing."""
    figure = (
        SynthesisFigure.objects.filter(name=THEME, table__synthesis__published_at__isnull=False)
        .select_related("theme")
        .first()
    )
    dossier = ConsultationDossier.objects.filter(slug=DOSSIER).first()
    if figure is None or dossier is None or MeasureOrigin.objects.filter(subject_kind=KIND).exists():
        return 0
    made = services.begin(
        actor=User.objects.get(username=DECIDES),
        unit=Unit.objects.get(code=DIRECTION),
        first_step_on=clock.today() + timedelta(days=IN_DAYS),
        subject_kind=KIND,
        subject_reference=figure.theme.reference,
        **WORDS,
    )
    _name(dossier, made)
    _share()
    return 1


def _name(dossier: ConsultationDossier, made: Measure) -> None:
    row = dossier.report_rows.all()[LINE]
    row.measures = f"{row.measures} {made.reference}".strip()
    row.save(update_fields=["measures"])
    dossier.refresh_from_db()
    dossier.save_revision()


def _share() -> None:
    work = DossierWork.objects.filter(title__startswith=SHARED).first()
    other = ConsultationDossier.objects.filter(slug=SHOWN_IN).first()
    if work is not None and other is not None:
        DossierSharedWork.objects.create(dossier=other, work=work, sort_order=0)
        other.refresh_from_db()
        other.save_revision()
