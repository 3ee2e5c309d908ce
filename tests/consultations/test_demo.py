"""The dossiers of the demo city, and the seventy measures: whole, believable figures, loaded once."""

import pytest
from django.test import Client

from consultations.models import ConsultationDossier, DossierTold
from consultations.services.demo import load_dossiers
from src.accountability.enums import MeasureStatus
from src.accountability.models import Measure, Plan, PlanMeasure
from src.accountability.services.demo_large_plan import load_large_plan
from src.directory.services.demo import load_directory
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import forget_effects
from src.participation.enums import Circle
from src.questionnaires.models import AnswerSet, ResultRelease
from src.questionnaires.services.demo_large import load_large
from tests.factories.questionnaires import asked_space

pytestmark = pytest.mark.django_db
ANONYMOUS = as_viewer(None)
DONE = (MeasureStatus.DELIVERED, MeasureStatus.VERIFIED)
UNDER_WAY = (MeasureStatus.STUDIES, MeasureStatus.PROCEDURE, MeasureStatus.WORKS)


def test_the_large_consultation_is_shown_whole_and_loaded_once():
    load_directory()
    for slug in ("plannings", "nous-au-travail-3"):
        asked_space(slug=slug, circle=Circle.AGENTS)

    loads = [(load_large(), load_large_plan(), load_dossiers()) for _twice in range(2)]

    assert loads == [(6_214, 70, 3), (0, 0, 0)]
    plan = Plan.objects.get(title__startswith="Parlons services publics")
    held = Measure.objects.filter(plan_entries__plan=plan)
    states = [held.filter(status__in=some).count() for some in (DONE, UNDER_WAY, ["planned"], ["stopped"])]
    assert states == [29, 31, 6, 4]
    chapters = [PlanMeasure.objects.filter(orientation__axis=axis).count() for axis in plan.axes.order_by("number")]
    assert chapters == [19, 17, 20, 14]
    assert list(plan.entries.order_by("number").values_list("number", flat=True)) == list(range(1, 71))
    # Nobody confirms their own; the day of nothing is tomorrow; a measure under way without news says so.
    assert not held.filter(verified_on__gt=clock.today()).exists()
    assert 1 <= held.silent(clock.today()).count() <= 5
    release = ResultRelease.objects.get(questionnaire__space__slug="parlons-services-publics")
    assert (release.content["answers"], AnswerSet.objects.count()) == (6_214, 0)
    page = Client().get("/consultations/parlons-services-publics/").content.decode()
    for words in ("6 214 réponses en tout".replace(" ", "\u202f", 1), "Un plan de 70 mesures", "Ce que cela a donné"):
        assert words in page.replace("\u00a0", "\u202f"), words
    assert ConsultationDossier.objects.visible_to(ANONYMOUS).count() == 1
    # What came out then was told then: loading the city tells nobody.
    assert DossierTold.objects.filter(what=DossierTold.REPORT).count() == 2
    assert not OutboxEvent.objects.filter(topic__startswith="consultations.").exists()
    forget_effects()
