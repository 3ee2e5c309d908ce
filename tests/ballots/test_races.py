"""The same gestures at the same moment, on real connections of both databases: one vote each, none lost silently."""

import datetime
import threading

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.participation.ballots import services
from src.participation.ballots.models import Ballot, CountedBox, PaperBatch, RollEntry, SealedBox, SimpleVote
from src.participation.ballots.services import closing
from src.participation.enums import Channel
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, UnitFactory
from tests.participation.real_database import several_writers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def presses() -> tuple[int, int]:
    """So many people at once, so many times each: 200 on PostgreSQL."""
    return (40, 5) if connection.vendor == "postgresql" else (10, 4)


def outcome(gesture):
    """What somebody is told."""
    try:
        return gesture()
    except services.AlreadyVoted:
        return "already"
    except services.Closed:
        return "closed"


def as_now(pk: int) -> Ballot:
    return Ballot.objects.for_pages().get(pk=pk)


def test_two_hundred_equal_sendings_are_one_secret_vote(tmp_path):
    made = make.opened(secrecy="secret")
    box, person, (writers, times) = made.box([0]), made.people[0], presses()

    def press():
        return [
            outcome(lambda: services.cast_secret(actor=person, ballot=as_now(made.ballot.pk), box=box))
            for _each in range(times)
        ]

    with made.while_open(), several_writers(tmp_path) as run:
        told = {one for answers in run([press] * writers) for one in answers}
        (rows,) = run([made.counts])
    assert len(told) == 1 and len(told.pop()) == 14, "one receipt, for all of them"
    assert rows == (1, 1, 0, 0)


def test_two_hundred_different_secret_sendings_are_one_vote(tmp_path):
    made = make.opened(secrecy="secret")
    person, (writers, times) = made.people[0], presses()

    def press():
        return [outcome(lambda: made.cast(person, [0])) for _each in range(times)]

    with made.while_open(), several_writers(tmp_path) as run:
        told = [one for answers in run([press] * writers) for one in answers]
        (rows,) = run([made.counts])
    assert sorted(told)[1:] == ["already"] * (writers * times - 1) or told.count("already") == writers * times - 1
    assert rows == (1, 1, 0, 0)


def test_two_hundred_simple_sendings_are_one_vote(tmp_path):
    made = make.opened()
    person, (writers, times) = made.people[0], presses()

    def press():
        return [outcome(lambda: made.cast(person, [0])) for _each in range(times)]

    with made.while_open(), several_writers(tmp_path) as run:
        told = [one for answers in run([press] * writers) for one in answers]
        (rows,) = run([made.counts])
    assert (told.count(True), told.count(False)) == (1, writers * times - 1)
    assert rows == (1, 0, 1, 0)


@pytest.mark.parametrize("secrecy", ["simple", "secret"])
def test_on_paper_and_on_the_web_at_once_is_one_vote(tmp_path, secrecy):
    made, place = make.opened(secrecy=secrecy, people=20), UnitFactory()
    desk = AgentFactory(roles=[(Role.FACILITATOR, place)])
    for number, person in enumerate(made.people):
        User.objects.filter(pk=person.pk).update(personnel_number=f"P{number}", last_name=f"Nom{number}")

    def web(person):
        return lambda: outcome(lambda: bool(made.cast(person, [0])) or True)

    def paper(number):
        return lambda: outcome(
            lambda: bool(
                services.mark_on_paper(
                    actor=User.objects.get(pk=desk.pk),
                    ballot=as_now(made.ballot.pk),
                    place=place,
                    number=f"P{number}",
                    last_name=f"Nom{number}",
                )
            )
        )

    with made.while_open(), several_writers(tmp_path) as run:
        for start in range(0, 20, 4):
            people = made.people[start : start + 4]
            told = run([*map(web, people), *(paper(start + one) for one in range(4))])
            for one in range(4):
                assert sorted(map(str, (told[one], told[4 + one]))) == ["True", "already"]
        (rows,) = run([made.counts])
        (papers,) = run([lambda: RollEntry.objects.filter(channel=Channel.PAPER).count()])
    assert rows[0] == 20
    assert rows[1] + rows[2] + papers == 20


@pytest.mark.parametrize("secrecy", ["simple", "secret"])
def test_closed_while_people_vote_each_is_in_or_refused(tmp_path, secrecy):
    made = make.opened(secrecy=secrecy, people=24 if connection.vendor == "sqlite" else 60)
    at_last = made.ballot.closes_at - datetime.timedelta(milliseconds=400)
    begun = threading.Event()

    def vote(people):
        def cast():
            begun.wait(10)
            return [outcome(lambda person=person: bool(made.cast(person, [0])) or True) for person in people]

        return cast

    def close():
        begun.set()
        while not closing.close_ballot(ballot=as_now(made.ballot.pk)).closed_at:
            pass

    with time_machine.travel(at_last, tick=True), several_writers(tmp_path) as run:
        sixth = len(made.people) // 6
        told = run([*(vote(made.people[one * sixth : (one + 1) * sixth]) for one in range(6)), close])
        (rows,) = run([made.counts])
        (kept,) = run([CountedBox.objects.count])
        run([forget_effects])
    answers = [one for part in told[:-1] for one in part]
    assert set(answers) <= {True, "closed"} and len(answers) == len(made.people)
    assert rows[0] == answers.count(True)
    assert (rows[1], kept) == ((0, rows[0]) if secrecy == "secret" else (0, 0))
    assert rows[2] == (0 if secrecy == "secret" else rows[0])


def test_two_closings_two_counts_two_openings_at_once_are_one(tmp_path):
    made = make.prepared(secrecy="secret", people=25)

    def told(gesture):
        try:
            return gesture()
        except ValidationError:
            return "refused"

    with several_writers(tmp_path) as run:
        opened = run([lambda: told(lambda: bool(services.open_ballot(actor=made.organiser, ballot=made.ballot)))] * 4)
        assert sorted(map(str, opened)) == ["True", "refused", "refused", "refused"]
        (ballot,) = run([lambda: as_now(made.ballot.pk)])
        made.ballot = ballot
        with made.while_open():
            run([lambda: [made.cast(person, [0]) for person in made.people[:12]]])
        with made.once_over():
            run([lambda: closing.close_ballot(ballot=ballot)] * 4)
            run([drain_outbox])
            run([lambda: made.half_open(0)] * 3)
            (key,) = run([lambda: made.urn_key(1)])
            counted = run(
                [lambda: services.count_secret(actor=made.holders[1], ballot=ballot, secret_key=key).result] * 4
            )
            run([drain_outbox])
    assert all(one == counted[0] for one in counted) and counted[0]["total"]["ballots"] == 12


def test_two_second_typings_at_once_close_the_papers_once(tmp_path):
    made, place = make.opened(people=6), UnitFactory()
    people = [AgentFactory(roles=[(Role.FACILITATOR, place)]) for _one in range(5)]
    with made.while_open():
        for person in made.people[:3]:
            RollEntry.objects.create(ballot=made.ballot, person=person, channel=Channel.PAPER, place=place)
        votes = [[0], [1], None]
        batch = services.type_papers(actor=people[0], ballot=made.ballot, place=place, votes=votes)

        def check(person):
            def again():
                try:
                    one = PaperBatch.objects.select_related("ballot").get(pk=batch.pk)
                    return services.check_papers(actor=User.objects.get(pk=person.pk), batch=one, votes=votes)
                except ValidationError:
                    return "done"

            return again

        with several_writers(tmp_path) as run:
            told = run([check(person) for person in people[1:]])
            (rows,) = run([made.counts])
    assert sorted(map(str, told)) == ["[]", "done", "done", "done"]
    assert rows == (3, 0, 0, 3)
    assert clock.now() and not SealedBox.objects.exists() and not SimpleVote.objects.exists()
