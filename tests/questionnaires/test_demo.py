"""The demo city's questionnaires: open to agents, to anybody, secret, closed with results; loaded twice, nothing changes."""

import pytest

from consultations.services.demo_findings import load_barometers
from src.directory.models import User
from src.directory.services import demo as directory_demo
from src.foundations import clock
from src.paper.models import Batch
from src.questionnaires import barometer_page, barometer_reading, channels, rules
from src.questionnaires.coding_reading import disagreements, progress
from src.questionnaires.enums import State
from src.questionnaires.models import AnswerSet, Barometer, Codebook, Questionnaire, QuoteCase, SynthesisFigure
from src.questionnaires.services import demo_gathered
from src.questionnaires.services.demo import load_questionnaires
from src.questionnaires.services.demo_reading import load_reading
from src.questionnaires.synthesis_reading import shown_texts

pytestmark = pytest.mark.django_db


@pytest.mark.leaves_effects("the demo city drains its own")
def test_one_is_open_and_one_tells_its_results():
    directory_demo.load_directory()

    assert (load_questionnaires(), load_questionnaires()) == (4, 0)
    every = Questionnaire.objects.for_pages().order_by("title")
    assert [rules.state_of(one) for one in every] == [State.OPEN, State.CLOSED, State.OPEN, State.OPEN]
    assert [one.answer_mode for one in every] == ["identity", "secret", "open", "secret"]
    rosters, at_work, _on_the_bus, in_teams = every
    assert not in_teams.answer_sets.exists() and in_teams.sealed_answers.count() == 38
    assert AnswerSet.objects.filter(questionnaire=rosters).count() == 212
    gathered = (demo_gathered.load_gathered(), demo_gathered.load_gathered())
    assert gathered == (3, 0)
    assert channels.counts(rosters) == {"web": 212, "paper": 14, "import": 13}
    assert [one.destroy_by > clock.today() for one in Batch.objects.filter(state="sent")] == [True]
    told = {one["key"]: one for one in at_work.release.content["questions"]}
    assert [one["withheld"] for one in told.values()] == [""] * 5
    assert all(number >= 20 for _key, _label, number in told["q4"]["tables"][0]["rows"])
    assert at_work.release.released_at < clock.now()

    # Its open answers were read by two people, all but a few; the synthesis cites figures that open answers.
    assert (load_reading(), load_reading()) == (1, 0)
    book = Codebook.objects.get()
    far = progress(book)
    assert (far.written, far.left) == (101, 7)
    double = book.double_readings.get()
    assert double.agreement["texts"] == 30 and 0.6 < double.agreement["alpha"] < 1
    assert [one.settled is None for one in disagreements(double)].count(True) == 1
    figures = {one.name: one for one in SynthesisFigure.objects.select_related("table")}
    assert set(figures) == {
        "Être entendu", "Horaires et remplacements", "Locaux", "Matériel et tenues", "Informatique et papiers",
        "Équipe et encadrement",
    }  # fmt: skip
    shown = shown_texts(figures["Être entendu"])
    assert book.texts.filter(set_aside_at__isnull=False).count() == 1 and QuoteCase.objects.count() == 1
    assert len(shown) >= 11 and not any("Malika" in text for text in shown)

    # Its barometer: two editions typed, this one, the next being prepared; one line rises, one is honestly flat.
    load_barometers()
    load_barometers()
    barometer = Barometer.objects.get()
    reading = barometer_reading.read(barometer, User.objects.get(username="agent"))
    lines = {line.tracked.key: line for line in reading.lines}
    percents = {key: [point.share.percent for point in line.points] for key, line in lines.items()}
    assert (percents["q2"], percents["q4"]) == ([41, 46, 54], [52, 50, 51])
    assert not lines["q2"].is_flat and lines["q4"].is_flat
    assert "hausse nette" in barometer_page.line_words(lines["q2"])[0]
    assert (barometer.editions.count(), [one.number for one in reading.editions]) == (4, [1, 2, 3])
    assert [one.theme is not None for one in reading.findings].count(True) == 1
