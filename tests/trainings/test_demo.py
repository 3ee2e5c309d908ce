"""The two tracks of the demo city: whole, without a fact nobody checked, each item with its reason and its source."""

import pytest
from django.utils import translation

from src.directory.services import demo as directory_demo
from src.foundations.testing import forget_effects
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.contents.skeleton import texts
from trainings.learning import selectors, services, versions
from trainings.learning.enums import QuizDoor
from trainings.learning.models import Enrolment, ModuleProgress, QuizAttempt
from trainings.learning.rules import quiz_door
from trainings.learning.services.demo import load_learning
from trainings.ledger.models import Completion
from trainings.models import ModulePatch, Question, Track, TrackVersion
from trainings.services.demo import FOLDER, files, load_next_versions, load_tracks
from trainings.services.publishing import intact


def test_no_fact_of_the_content_is_marked_unchecked():
    found = [path.name for path in FOLDER.glob("*.json") if "⚠" in path.read_text(encoding="utf-8")]

    assert found == [] and len(list(FOLDER.glob("*.json"))) == 2


def test_no_text_says_that_a_law_asks_for_the_training():
    words = " ".join(text.lower() for told in files() for text in texts(told))

    assert "obligatoire par la loi" not in words
    assert all("Décision de la Ville" in told["basis"] for told in files())


def test_each_item_has_its_reason_and_its_source():
    for told in files():
        questions = [one for bank in told["banks"] for one in bank["questions"]]
        checks = [one for module in told["modules"] for one in module.get("blocks", []) if one["type"] == "check"]
        assert [one["key"] for one in questions if not (one["reason"] and one["source"])] == []
        assert [one["question"] for one in checks if not one["source"]] == []
        assert [one for check in checks for one in check["choices"] if not one["feedback"]] == []
    first = files()[0]
    assert {one["kind"] for bank in first["banks"] for one in bank["questions"]} == {
        "single", "multiple", "true_false", "matching", "ordering", "short",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_demo_city_has_its_tracks_and_agents_at_every_state():
    directory_demo.load_directory()
    for _turn in range(2):
        load_tracks()
        load_learning()
    forget_effects()

    assert [(one.number, one.minutes, intact(one)) for one in TrackVersion.objects.order_by("pk")] == [
        (1, 90, True), (1, 60, True),
    ]  # fmt: skip
    assert not ModulePatch.objects.exists() and not Question.objects.filter(current=None).exists()
    first = Track.objects.get(slug="accueillir-sans-discriminer")
    states = {one.agent.username: one.state for one in Enrolment.objects.filter(track=first)}
    assert states == {
        "agent": "in_progress", "encadrement": "in_progress", "correspondant": "completed", "egalite": "completed",
        "formation": "completed",
    }  # fmt: skip
    assert Completion.objects.count() == 3
    stuck = ModuleProgress.objects.get(enrolment__agent__username="encadrement", module__kind="quiz")
    rule = stuck.module.content["quiz"]["rule"]
    assert quiz_door(stuck, rule, list(stuck.attempts.all()))[0] == QuizDoor.TOGETHER
    assert QuizAttempt.objects.filter(passed=True).count() == 3


@pytest.mark.django_db
def test_what_a_track_became_is_one_module_for_those_who_had_finished():
    directory_demo.load_directory()
    load_tracks()
    load_learning()
    for _turn in range(2):
        load_next_versions()
    forget_effects()

    (version,) = TrackVersion.objects.filter(number=2)
    assert (version.change_kind, version.minutes, intact(version)) == ("major", 90, True)
    held = Completion.objects.filter(track=version.track).first()
    change = versions.what_changed(held.agent_id, version)
    assert ([one.title for one in change.left], change.minutes, len(change.same)) == (
        ["Alerter, être protégé, continuer"], 8, 8,
    )  # fmt: skip


@pytest.mark.django_db
def test_both_tracks_are_read_page_after_page_and_stay_light(client):
    load_tracks()
    forget_effects()
    agent = AgentFactory(unit=UnitFactory())
    client.force_login(agent, backend="src.directory.backends.DirectoryBackend")

    weights = {}
    with translation.override("fr"):
        for track in Track.objects.all():
            enrolment = services.enrol(actor=agent, track=track)
            for step in selectors.standing_of(enrolment.version, enrolment).steps:
                path = f"/formations/{track.slug}/{step.module.position}/"
                response = client.get(path)
                assert response.status_code == 200, path
                weights[path] = len(response.content)
    assert client.get("/formations/fiches/").status_code == 200

    assert max(weights.values()) < 100_000, weights
