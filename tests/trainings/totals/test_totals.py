"""Totals: eleven people at least in what is told and in what a night adds, nobody told apart, editors alone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from src.foundations import clock
from tests.factories import trainings as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.trainings.learning.test_learning import begun
from tests.trainings.test_admin import as_role, words_of
from trainings.learning import selectors as learning
from trainings.learning.services import begin_attempt, choose, submit_attempt
from trainings.models import QuestionBank
from trainings.totals.models import QuestionTotal, SceneTotal
from trainings.totals.services import count_answers
from trainings.totals.tallies import LEAST, Tallies

PAGES = "/gestion/formations/reponses/"


def answered(version, count: int, answer=0) -> None:
    """So many people send their first attempt, all with the same place."""
    unit = UnitFactory()
    for _ in range(count):
        person = AgentFactory(unit=unit)
        enrolment = begun(person, version)
        attempt = begin_attempt(actor=person, enrolment=enrolment, module=version.modules.get())
        answers = {one.pk: answer for one in learning.revisions_of(attempt)}
        submit_attempt(actor=person, attempt=attempt, answers=answers)


def quizzed(questions=1):
    return made.published([made.quiz(made.bank([made.question(n) for n in range(questions)]), {"accueil": questions})])


def later(hours=1):
    return time_machine.travel(clock.now() + timedelta(hours=hours), tick=False)


@pytest.mark.django_db
def test_ten_people_are_not_told_and_eleven_are():
    version = quizzed()
    answered(version, 10)
    with later():
        assert count_answers() == 0

    answered(version, 1, answer=2)

    with later():
        assert (count_answers(), count_answers()) == (1, 0)
    total = QuestionTotal.objects.get()
    assert (total.people, total.right, total.choices) == (11, 10, {"0": 10, "2": 1})


@pytest.mark.django_db
def test_a_night_adds_eleven_people_at_least_so_that_two_days_tell_nobody_apart():
    version = quizzed()
    answered(version, 12)
    with later():
        count_answers()
    with later(2):
        answered(version, 3, answer=1)
    with later(30):
        assert count_answers() == 0
        answered(version, 8, answer=1)
    assert QuestionTotal.objects.get().people == 12

    with later(60):
        assert count_answers() == 1

    total = QuestionTotal.objects.get()
    assert (total.people, total.right, total.choices) == (23, 12, {"0": 12, "1": 11})


@pytest.mark.django_db
def test_the_last_minutes_wait_and_only_first_attempts_count():
    version = quizzed()
    answered(version, 11, answer=1)
    assert count_answers() == 0
    person = AgentFactory(unit=UnitFactory())
    enrolment = begun(person, version)
    for hours in (1, 40):
        with later(hours):
            attempt = begin_attempt(actor=person, enrolment=enrolment, module=version.modules.get())
            answers = {one.pk: 1 for one in learning.revisions_of(attempt)}
            submit_attempt(actor=person, attempt=attempt, answers=answers)

    with later(80):
        count_answers()

    assert QuestionTotal.objects.get().people == 12


@pytest.mark.django_db
def test_words_people_wrote_are_right_or_wrong_and_never_told():
    short = {"key": "00000000-0000-4000-8000-0000000000aa", "kind": "short", "text": "Un mot ?", "category": "accueil",
             "accepted": ["égalité"], "reason": "Parce que.", "source": "La Ville"}  # fmt: skip
    version = made.published([made.quiz(made.bank([short]), {"accueil": 1})])
    answered(version, 11, answer="un mot que l’on reconnaît")
    with later():
        count_answers()

    total = QuestionTotal.objects.get()
    assert (total.people, total.right, total.choices) == (11, 0, {})


@pytest.mark.django_db
def test_scenes_are_told_once_eleven_people_reached_an_end():
    version = made.published([made.scenario()])
    module, unit = version.modules.get(), UnitFactory()
    for number in range(12):
        person = AgentFactory(unit=unit)
        enrolment = begun(person, version)
        if number < 11:
            choose(actor=person, enrolment=enrolment, module=module, node="a", choice=1)
        else:
            choose(actor=person, enrolment=enrolment, module=module, node="a", choice=0)
            choose(actor=person, enrolment=enrolment, module=module, node="b", choice=1)
    with later():
        count_answers()

    total = SceneTotal.objects.get()
    assert (total.node, total.people, total.choices) == ("a", 12, {"1": 11, "0": 1})


@pytest.mark.django_db
def test_the_database_refuses_a_total_of_ten():
    revision = quizzed().pk and QuestionBank.objects.get().rows.get().current
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionTotal.objects.create(revision=revision, people=10, right=2, counted_until=clock.now())


@given(nights=st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=40), max_size=5))
def test_whatever_the_nights_each_total_grows_by_eleven_or_more_and_loses_nobody(nights):
    """A walk: answers come, each night adds what is ready; at the end what is told and what waits are all of them."""
    start = clock.now()
    until: dict = {}
    given_, told = [], {}
    for night, answers in enumerate(nights):
        moment = start + timedelta(days=night)
        given_ += [(key, moment, place) for key, place in answers]
        tallies = Tallies(until)
        for key, at, place in given_:
            tallies.add(key, at, [place])
        for key, tally in tallies.ready().items():
            assert tally.people >= LEAST
            assert sum(tally.choices.values()) == tally.people
            told[key] = told.get(key, 0) + tally.people
            until[key] = moment
    for key in {one for one, _at, _place in given_}:
        waiting = sum(1 for one, at, _place in given_ if one == key and at > until.get(key, start - timedelta(days=1)))
        assert waiting < LEAST
        assert told.get(key, 0) + waiting == sum(1 for one, _at, _place in given_ if one == key)


# Screens


@pytest.mark.django_db
def test_editors_read_the_hardest_first_and_nothing_of_who_is_too_few(client):
    bank = made.bank([made.question(1), made.question(2), made.question(3)])
    told = [one.current for one in bank.rows.order_by("pk")]
    for revision, right in ((told[0], 40), (told[1], 12)):
        QuestionTotal.objects.create(
            revision=revision, people=44, right=right, choices={"0": right, "1": 44 - right}, counted_until=clock.now()
        )
    editor = as_role(client, "editor")

    words = words_of(editor.get(f"{PAGES}questions/{bank.pk}/"))

    assert words.index("Question 2 ?") < words.index("Question 1 ?") < words.index("Question 3 ?")
    assert "27 % de bonnes réponses" in words and "Moins de onze personnes : rien n’est dit." in words
    file = editor.get(f"{PAGES}questions/{bank.pk}/?export=csv").getvalue().decode("utf-8-sig")
    assert "Question 3 ?;moins de 11" in file.replace('"', "")
    assert PAGES in editor.get("/gestion/").content.decode()
    assert words_of(editor.get(PAGES)).count(bank.title) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["hr", "trainer", "moderator"])
def test_nobody_else_reads_totals(client, role):
    assert as_role(client, role).get(PAGES).status_code in (302, 403)


@pytest.mark.django_db
def test_what_does_not_exist_is_missing(client):
    editor = as_role(client, "editor")
    assert editor.get(f"{PAGES}questions/99/").status_code == 404
    assert editor.get(f"{PAGES}scenarios/{quizzed().pk}/").status_code == 404


@pytest.mark.django_db
def test_a_page_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    editor = as_role(client, "editor")

    def cost(count):
        bank = made.bank([made.question(n) for n in range(count)])
        for one in bank.rows.all():
            QuestionTotal.objects.create(
                revision=one.current, people=11, right=11, choices={}, counted_until=clock.now()
            )
        with django_assert_num_queries(13):
            editor.get(f"{PAGES}questions/{bank.pk}/")

    made.bank()
    editor.get(PAGES)
    cost(1)
    cost(3)
