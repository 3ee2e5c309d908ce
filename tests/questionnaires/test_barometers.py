"""Barometers: begun, followed, asked again under the same keys, told beside earlier figures; and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.models import Phase
from src.questionnaires import barometer_page, barometer_reading, comparing, jobs, services
from src.questionnaires.enums import State
from src.questionnaires.figures import EVERYBODY
from src.questionnaires.models import (
    Barometer,
    BarometerFollow,
    Edition,
    Finding,
    PastFigure,
    Questionnaire,
    TrackedQuestion,
)
from src.questionnaires.rules import state_of
from src.questionnaires.services import barometers, findings
from src.questionnaires.trends import Verdict
from tests.factories import barometers as series
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db
YES, NO = {"q1": "c1"}, {"q1": "c2"}


@pytest.fixture(autouse=True)
def many_are_asked():
    series.people(2000)


def told(one: Barometer):
    reading = barometer_reading.read(one, AgentFactory())
    return {line.tracked.key: line for line in reading.lines}


def percents(line):
    return [point.share.percent if point.share else None for point in line.points]


def two_editions(first=(60, 40), second=(180, 20), change=None):
    """A barometer of two editions closed, its question followed; ``change`` rewrites it in between."""
    one = series.barometer()
    series.follow(one)
    series.edition(one, (YES, first[0]), (NO, first[1]))
    later = series.following(one)
    if change:
        services.save_question(questionnaire=later.questionnaire, key="q1", **make.single(is_required=True) | change)
    series.edition(one, (YES, second[0]), (NO, second[1]))
    return one


def test_the_same_question_asked_again_makes_a_line():
    one = two_editions()

    line = told(one)["q1"]

    assert percents(line) == [60, 90] and [point.edition.number for point in line.points] == [1, 2]
    (step,) = line.steps
    assert step.change.verdict == Verdict.UP and not line.is_flat
    assert "hausse nette" in barometer_page.line_words(line)[0]
    assert [one.asked for one in Edition.objects.order_by("number")] == [2000, 2000]


def test_a_line_that_doesnt_move_says_so():
    line = told(two_editions(first=(60, 40), second=(62, 38)))["q1"]

    assert line.is_flat and "plate" in barometer_page.line_words(line)[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": "Faut-il des bancs ou des chaises ?"}, "Ses mots ont changé."),
        ({"settings": {"choices": [*make.BENCHES, {"key": "c4", "label": "Peut-être"}]}}, "Ses réponses ont changé."),
        ({"settings": {"choices": [{"key": "c1", "label": "Plutôt oui"}, *make.BENCHES[1:]]}}, "réponses ont changé"),
        ({"is_personal": True}, "Je ne souhaite pas répondre"),
    ],
)
def test_another_question_under_the_same_key_breaks_the_line(change, sentence):
    line = told(two_editions(change=change))["q1"]

    assert percents(line) == [60, 90] and line.steps == [] and not line.is_flat
    assert sentence in " ".join(line.points[1].breaks)
    assert [len(one) for one in barometer_reading.segments(line.points)] == [1, 1]


@pytest.mark.parametrize(
    "change", [{"help": "Prenez votre temps."}, {"is_required": False}, {"text": "Faut-il des bancs\u00a0?"}]
)
def test_what_the_eye_doesnt_read_as_a_change_doesnt_break_it(change):
    assert len(told(two_editions(change=change))["q1"].steps) == 1


def test_the_next_edition_keeps_keys_and_never_uses_one_again():
    one = series.barometer(make.single(is_required=True), make.single("Et des tables ?"), make.short_text())
    series.follow(one)
    series.follow(one, "q2", is_core=False)
    series.edition(one, (YES | {"q2": "c1"}, 30))

    made = series.following(one, keep_optional=False).questionnaire

    draft = make.again(made).draft
    assert [question.key for question in draft.ordered] == ["q1", "q3"]
    services.remove_question(questionnaire=made, key="q3")
    # Neither q2, which the optional block keeps, nor q3, which the edition before asked.
    assert services.save_question(questionnaire=made, **make.single("Une fontaine ?")).key == "q4"
    assert (made.space_id, made.first_axis) == (one.space_id, "")


def test_the_next_edition_has_its_own_days_in_the_calendar():
    one = series.barometer()
    series.edition(one, (YES, 30), (NO, 20))

    made = series.following(one, starts=10, days=6).questionnaire

    phase = Phase.objects.filter(space=one.space).order_by("starts_at").last()
    assert phase.starts_at == clock.start_of_day(clock.today() + timedelta(days=10))
    assert phase.ends_at == clock.start_of_day(clock.today() + timedelta(days=17))
    services.publish(questionnaire=made)
    assert state_of(make.again(made)) == State.COMING
    # Neither closed by the ticker before it opens.
    assert services.close_due(clock.now()) == 0


@pytest.mark.parametrize(("starts", "days"), [(0, 7), (10, -1), (10, 400)])
def test_days_that_cant_be_are_refused(starts, days):
    one = series.barometer()
    series.edition(one, (YES, 30), (NO, 20))

    with pytest.raises(ValidationError):
        series.following(one, starts=starts, days=days)
    assert one.editions.count() == 1


def test_the_next_edition_waits_for_the_closing_of_the_last_one():
    one = series.barometer()
    with pytest.raises(ValidationError):
        series.following(one)

    series.edition(one, (YES, 30), (NO, 20))
    series.following(one)
    with pytest.raises(ValidationError):
        series.following(one)
    assert one.editions.count() == 2


def test_a_barometer_begins_once_from_what_is_published():
    made = make.questionnaire(published=False)
    with pytest.raises(ValidationError):
        barometers.begin_barometer(questionnaire=made, title="Trop tôt")
    services.publish(questionnaire=made)
    made = make.again(made)

    one = barometers.begin_barometer(questionnaire=made, title="Nos bancs")
    assert barometers.begin_barometer(questionnaire=make.again(made), title="Encore") == one
    with pytest.raises(ValidationError):
        barometers.begin_barometer(questionnaire=make.questionnaire(space=made.space), title="Deux ici")


def test_what_is_counted_is_some_of_the_answers_and_stays():
    one = series.barometer(make.single(), make.short_text())
    for key, counted in (("q1", []), ("q1", ["c1", "c2", "c3"]), ("q1", ["c9"]), ("q2", ["c1"]), ("q7", ["c1"])):
        with pytest.raises(ValidationError):
            series.follow(one, key, counted)

    tracked = series.follow(one)
    with pytest.raises(ValidationError):
        series.follow(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrackedQuestion.objects.update(counted=["c2"])
    barometers.unfollow_question(tracked=tracked)
    assert not one.tracked.exists()


# Earlier editions, typed


def test_typed_figures_stand_beside_those_counted():
    one = series.barometer(number=3)
    series.follow(one)
    series.typed(one, 1, {"q1": ("41", 400, "")}, asked=900)
    series.typed(one, 2, {"q1": ("46.5", 380, "")})
    series.edition(one, (YES, 60), (NO, 40))

    line = told(one)["q1"]

    assert [point.edition.is_typed for point in line.points] == [True, True, False]
    assert percents(line) == [41, round(46.5), 60] and len(line.steps) == 2 and line.whole is not None
    rows = list(barometer_page.export_rows(barometer_reading.read(one, AgentFactory())))
    assert [row[4] for row in rows] == ["oui", "oui", "non"]


def test_a_typed_figure_asked_otherwise_breaks_the_line():
    one = series.barometer(number=3)
    series.follow(one)
    series.typed(one, 1, {"q1": ("41", 400, "Des bancs, oui ou non ?")})
    series.typed(one, 2, {"q1": ("46", 380, "")})
    series.edition(one, (YES, 60), (NO, 40))

    line = told(one)["q1"]

    assert len(line.steps) == 1 and line.points[1].breaks and not line.points[2].breaks


@pytest.mark.parametrize(
    ("number", "figures", "fields", "field"),
    [
        (3, {"q1": ("41", 400, "")}, {}, "number"),
        (4, {"q1": ("41", 400, "")}, {}, "number"),
        (1, {"q1": ("2", 400, "")}, {}, "share_q1"),
        (1, {"q1": ("98", 400, "")}, {}, "share_q1"),
        (1, {"q1": ("41", 401, "")}, {}, "share_q1"),
        (1, {"q1": ("41", 400, "")}, {"asked": 399}, "asked"),
        (1, {"q1": ("41", 400, "")}, {"asked": 405}, "asked"),
        (1, {"q1": ("41", 10, "")}, {"answered": 10}, "answered"),
        (1, {}, {}, "source"),
        (1, {"q1": ("41", 400, "")}, {"ago": -2}, "ended_on"),
    ],
)
def test_typed_figures_that_tell_of_a_few_are_refused(number, figures, fields, field):
    one = series.barometer(number=3)
    series.follow(one)

    with pytest.raises(ValidationError) as refusal:
        series.typed(one, number, figures, **fields)
    assert field in refusal.value.message_dict and not PastFigure.objects.exists()


def test_a_sensitive_question_asks_for_twenty_on_each_side():
    one = series.barometer(make.single(is_sensitive=True, is_required=True), number=2)
    series.follow(one)

    with pytest.raises(ValidationError):
        series.typed(one, 1, {"q1": ("19", 100, "")})
    series.typed(one, 1, {"q1": ("20", 100, "")})
    series.edition(one, (YES, 19), (NO, 60))

    assert percents(told(one)["q1"]) == [20, None]


def test_typed_editions_are_written_again_and_taken_away():
    one = series.barometer(number=2)
    tracked = series.follow(one)
    edition = series.typed(one, 1, {"q1": ("41", 400, "")})
    barometers.save_past_edition(
        barometer=one, number=1, ended_on=edition.ended_on, answered=400, source="Rapport corrigé",
        figures={tracked: barometers.Typed(Decimal("43"), 400)}, edition=edition,
    )  # fmt: skip

    assert [str(each.share) for each in PastFigure.objects.all()] == ["43.0"]
    series.finding(edition, tracked)
    with pytest.raises(ValidationError):
        barometers.remove_past_edition(edition=edition)
    with pytest.raises(ValidationError):
        barometers.remove_past_edition(edition=one.editions.get(number=2))
    findings.remove_finding(finding=Finding.objects.get())
    barometers.remove_past_edition(edition=edition)
    assert one.editions.count() == 1


# Between editions


def test_an_edition_nearly_everybody_answered_tells_nothing():
    """Ten of 60 didn't answer: beside the next edition, what came or went would be told."""
    from src.directory.models import Unit

    Unit.objects.update(headcount=0)
    series.people(60)
    one = series.barometer()
    series.follow(one)

    series.edition(one, (YES, 30), (NO, 20))

    content = Questionnaire.objects.get().release.content
    assert [each["withheld"] for each in content["questions"]] == [EVERYBODY]
    assert percents(told(one)["q1"]) == [None]
    # The same without a barometer is told.
    alone = make.questionnaire(make.single(is_required=True))
    series.crowd(alone, (YES, 30), (NO, 20))
    services.close_questionnaire(questionnaire=alone)
    assert make.again(alone).release.content["questions"][0]["withheld"] == ""
    # And no barometer is begun from it afterwards.
    with pytest.raises(ValidationError):
        barometers.begin_barometer(questionnaire=make.again(alone), title="Trop de monde")


def test_eleven_absent_are_enough():
    from src.directory.models import Unit

    Unit.objects.update(headcount=0)
    series.people(61)
    one = series.barometer()
    series.follow(one)

    series.edition(one, (YES, 30), (NO, 20))

    assert percents(told(one)["q1"]) == [60]


def test_the_categories_of_an_edition_are_those_of_its_barometer():
    made = make.questionnaire()
    one = barometers.begin_barometer(questionnaire=made, title="Nos bancs")
    series.edition(one, (YES, 30), (NO, 20))
    later = series.following(one).questionnaire

    with pytest.raises(ValidationError):
        services.describe(questionnaire=later, title="x", introduction="", minutes=3, first_axis="direction")
    with pytest.raises(IntegrityError), transaction.atomic():
        Questionnaire.objects.filter(pk=later.pk).update(first_axis="direction")
    other = services.create_questionnaire(space=one.space, title="Autre", minutes=2, first_axis="direction")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(barometer=one, number=9, questionnaire=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(barometer=one, number=9, questionnaire=make.questionnaire())
    with pytest.raises(IntegrityError), transaction.atomic():
        Barometer.objects.update(second_axis="contact")


def test_the_database_keeps_a_line_what_it_is():
    one, other = series.barometer(number=2), series.barometer(number=2)
    tracked, stranger = series.follow(one), series.follow(other)
    edition = series.typed(one, 1, {"q1": ("41", 400, "")})
    attempts = (
        lambda: Edition.objects.filter(pk=edition.pk).update(number=5),
        lambda: Edition.objects.filter(pk=edition.pk).update(source=""),
        lambda: Edition.objects.create(barometer=one, number=3, ended_on=clock.today(), answered=40, source="x"),
        lambda: Edition.objects.filter(questionnaire__isnull=False).delete(),
        lambda: PastFigure.objects.create(edition=edition, tracked=stranger, share=41, number=400),
        lambda: PastFigure.objects.create(edition=one.editions.get(number=2), tracked=tracked, share=41, number=400),
        lambda: Finding.objects.create(edition=edition, tracked=stranger, text="x", written_on=clock.today()),
        lambda: Finding.objects.create(edition=edition, text="x", written_on=clock.today()),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


# Findings, and who is told


def test_a_finding_is_of_an_edition_that_is_told_and_said_once():
    one = series.barometer()
    tracked = series.follow(one)
    edition = one.editions.get()
    with pytest.raises(ValidationError):
        series.finding(edition, tracked)
    edition = series.edition(one, (YES, 60), (NO, 40))

    made = series.finding(edition, tracked)

    with pytest.raises(ValidationError):
        series.finding(edition, tracked)
    with pytest.raises(ValidationError):
        findings.save_finding(edition=edition, text="Sans rien dire de quoi.")
    with pytest.raises(ValidationError):
        findings.save_finding(edition=edition, text="Court", finding=made)
    (line,) = barometer_page.shown_lines(barometer_reading.read(one, AgentFactory()), AgentFactory())
    assert [each.finding for each in line.findings] == [made] and line.findings[0].measures == []
    assert barometer_page.unanswered_words(line.findings)


def test_those_who_follow_are_told_once_an_edition():
    one, person = series.barometer(), AgentFactory()
    series.follow(one)
    for _time in range(3):
        findings.set_barometer_follow(barometer=one, actor=person, wanted=True)
    assert BarometerFollow.objects.count() == 1
    jobs.look_at_editions(clock.now())
    assert not Edition.objects.filter(told_at__isnull=False).exists()
    series.edition(one, (YES, 60), (NO, 40))

    jobs.look_at_editions(clock.now())
    jobs.look_at_editions(clock.now())
    drain_outbox()

    assert InboxItem.objects.filter(code="questionnaires.edition_told").count() == 1
    findings.set_barometer_follow(barometer=one, actor=person, wanted=False)
    assert not BarometerFollow.objects.exists()


def test_a_page_costs_the_same_whatever_the_editions():
    costs = []
    for editions in (1, 3):
        one, viewer = series.barometer(number=4), AgentFactory()
        series.follow(one)
        for number in range(1, editions + 1):
            series.typed(one, number, {"q1": ("41", 400, "")}, ago=900 - number)
        series.edition(one, (YES, 60), (NO, 40))
        fresh = Barometer.objects.get(pk=one.pk)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            reading = barometer_reading.read(fresh, viewer)
            barometer_page.shown_lines(reading, viewer)
        costs.append(len(seen))
    assert costs == [7, 7]


def test_texts_and_several_choices_arent_followed():
    several = {"kind": "multiple", "text": "Lesquels ?", "settings": {"choices": make.BENCHES}}
    one = series.barometer(several, make.short_text(), make.single())

    assert [comparing.can_be_followed(each) for each in barometers.last_questions(one)] == [False, False, True]
