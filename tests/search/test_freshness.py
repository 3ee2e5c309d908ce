"""The index follows what people do, kind by kind: made, changed, taken down, thrown away."""

import pytest

from panels.models import Panel
from panels.services import preparing
from src.accountability.models import Measure
from src.accountability.services import measures, plans
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.questionnaires import services as asking
from src.search.asking import Asked
from src.search.finding import find
from src.search.models import SearchDocument
from tests.factories.directory import AgentFactory
from tests.factories.measures import MeasureFactory
from tests.factories.panels import prepared
from tests.factories.plans import PlanFactory
from tests.factories.publishing import DossierPageFactory
from tests.factories.questionnaires import asked_space, questionnaire
from tests.factories.trainings import lesson, published, republished
from trainings.models import Track

pytestmark = pytest.mark.django_db


def found(word: str, viewer=None) -> list[str]:
    """What is found once the relay has run, the few seconds the index waits being over."""
    OutboxEvent.objects.filter(topic="search.index", done_at=None).update(not_before="2000-01-01T00:00Z")
    drain_outbox()
    return [line.result.title for line in find(viewer, Asked(q=word)).lines]


def test_a_measure_is_found_as_it_is_told(db):
    decider = AgentFactory()
    measure = MeasureFactory(title="Remplacer les girafes", published_on=None, owner=decider)
    measures.publish(measure, actor=decider, title="Remplacer les autruches", changes="Des autruches dans les dépôts.")
    assert found("autruches") == ["Remplacer les autruches"]

    measures.give_news(measure, actor=decider, text="Les premiers zèbres sont arrivés hier.", status="works")
    assert found("zèbre") == ["Remplacer les autruches"]
    assert SearchDocument.objects.get(kind="measure").step == "en-cours"

    measures.publish(measure, actor=decider, title="Remplacer les girafes", changes="Des girafes dans les dépôts.")
    assert (found("autruche"), found("girafe")) == ([], ["Remplacer les girafes"])
    Measure.objects.filter(pk=measure.pk).update(published_on=None)
    assert (found("girafe"), found("girafe", decider)) == ([], ["Remplacer les girafes"])


def test_a_plan_is_found_once_published_and_leaves_when_thrown_away(db, monkeypatch):
    monkeypatch.setattr(plans, "_check_follows", lambda actor, unit: None)
    plan = PlanFactory(title="Un plan girafe", published_on=None, measures=1)
    fields = {"summary": "Des girafes partout.", "adopted_on": plan.adopted_on, "unit": plan.unit}
    plans.edit_plan(plan, actor=None, title="Un plan autruche", **fields)
    assert found("autruche") == []

    plans.publish_plan(plan, actor=None)
    assert found("autruche") == ["Un plan autruche"]

    other = plans.create_plan(actor=None, title="Un plan pour rien", **fields)
    assert found("rien") == [] and SearchDocument.objects.filter(kind="plan").count() == 2
    plans.discard_plan(other, actor=None)
    found("rien")
    assert SearchDocument.objects.filter(kind="plan").count() == 1


def test_a_questionnaire_is_found_by_its_last_questions(db):
    made = questionnaire(title="Vos girafes", space=asked_space(circle="everyone"), published=False)
    assert found("girafe") == []

    asking.publish(questionnaire=made)
    assert (found("girafe"), found("bancs")) == (["Vos girafes"], ["Vos girafes"])

    asking.describe(questionnaire=made, title="Vos autruches", introduction="", minutes=4)
    assert (found("girafe"), found("autruche")) == ([], ["Vos autruches"])


def test_a_panel_is_found_once_it_recruits(db):
    made = prepared()
    assert found("premier accueil") == []

    made.open()
    assert found("premier accueil") == ["Premier accueil"]

    preparing.change_panel(actor=made.organiser, panel=made.panel, title="Panel des girafes")
    assert found("girafe") == ["Panel des girafes"]

    preparing.stop_panel(actor=made.organiser, panel=made.panel, because="La question ne se pose plus.")
    assert found("girafe") == ["Panel des girafes"]
    assert Panel.objects.count() == 1


def test_a_track_is_found_in_the_words_of_its_last_version(db):
    agent = AgentFactory()
    version = published([lesson()], title="Girafes")
    version.track.save_revision().publish()
    assert (found("girafe", agent), found("girafe")) == (["Girafes"], [])

    Track.objects.filter(pk=version.track_id).update(title="Autruches")
    republished(version, [lesson(title="Zèbres")])
    Track.objects.get(pk=version.track_id).save_revision().publish()
    assert (found("girafe", agent), found("zèbre", agent)) == ([], ["Autruches"])

    Track.objects.get(pk=version.track_id).unpublish()
    assert found("zèbre", agent) == []
    assert not SearchDocument.objects.filter(kind="track").exists()


def test_a_page_follows_its_publication(db):
    page = DossierPageFactory(title="Girafes")
    page.save_revision().publish()
    assert found("girafe") == ["Girafes"]

    page.title = "Autruches"
    page.save_revision().publish()
    assert (found("girafe"), found("autruche")) == ([], ["Autruches"])

    page.unpublish()
    assert found("autruche") == []
    page.save_revision().publish()
    assert found("autruche") == ["Autruches"]
    page.delete()
    assert found("autruche") == []
    assert not SearchDocument.objects.filter(kind="page", title="Autruches").exists()
