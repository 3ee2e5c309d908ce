"""Two deciders at the same instant, on real connections: one wins, the other reads who and when."""

import threading
import time

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.workflow import process_cache
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.models import Process
from src.workflow.services import activate_process, fire
from src.workflow.services.starting import begin
from tests.factories.workflow import small_draft, small_process

from .conftest import holders_of
from .subjects.models import Parcel, ParcelEntry
from .words import plain

pytestmark = pytest.mark.django_db(transaction=True)
DECIDERS = 2
ROUNDS = 5


@pytest.fixture
def each_thread(tmp_path):
    """Runs functions at once, each on a connection of its own; SQLite's memory becomes a file, as in embedded mode."""
    path = tmp_path / "deciders.sqlite3"
    if connection.vendor == "sqlite":
        import sqlite3

        copy = sqlite3.connect(path)
        connection.ensure_connection()
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
        copy.close()

    def connect():
        if connection.vendor == "sqlite":
            options = {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA foreign_keys=ON;PRAGMA synchronous=FULL;",
            }
            connections["default"] = DatabaseWrapper(
                {**connection.settings_dict, "NAME": str(path), "OPTIONS": options}, "default"
            )

    def run(*functions):
        barrier, results = threading.Barrier(len(functions)), [None] * len(functions)

        def work(number, function):
            connect()
            try:
                connections["default"].ensure_connection()
                barrier.wait(timeout=20)
                with translation.override("fr"):
                    results[number] = function()
            except Exception as error:
                results[number] = error
            finally:
                connections["default"].close()

        threads = [threading.Thread(target=work, args=pair) for pair in enumerate(functions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    return run


@pytest.fixture
def scene(people, each_thread, db):
    """Everything is made by a thread too, in the database the deciders will use."""
    for key, user in people.items():
        people[key] = user

    def make():
        process = small_process(slug=f"duel-{time.monotonic_ns()}")
        process_cache.graph(process.pk)
        return [
            Parcel.objects.create(
                reference=f"D{process.pk}-{number}",
                holders=holders_of(people) | {"decision_maker": [people["decision_maker"].pk, people["nobody"].pk]},
                **begin(process.pk, stage_slug="in_review"),
            ).pk
            for number in range(ROUNDS)
        ]

    [keys] = each_thread(make)
    assert isinstance(keys, list), keys
    return keys


def test_one_wins_the_other_reads_who_and_when(scene, people, each_thread):
    for key in scene:

        def decide(user, slug, key=key):
            parcel = Parcel.objects.get(pk=key)
            time.sleep(0.01)
            return fire(parcel, slug, actor=user, data={"text": "Parce que."})

        results = each_thread(
            lambda: decide(people["decision_maker"], "accept"),
            lambda: decide(people["nobody"], "decline"),
        )

        losers = [result for result in results if isinstance(result, TransitionNotAllowed)]
        winners = [result for result in results if isinstance(result, ParcelEntry)]
        assert (len(winners), len(losers)) == (1, 1), results
        [winner] = winners
        name = {"accept": "Sophie L.", "decline": "Paul K."}[winner.transition_slug]
        label = {"accept": "Accepted", "decline": "Declined"}[winner.transition_slug]
        sentence = plain(losers[0])
        assert sentence.startswith("Une réponse a déjà été décidée le ")
        assert sentence.endswith(f" par {name} : « {label} ».")
        [(entries, events, kind)] = each_thread(
            lambda key=key, winner=winner: (
                list(ParcelEntry.objects.filter(parcel=key).values_list("pk", flat=True)),
                OutboxEvent.objects.filter(topic="workflow.moved", payload__entry=winner.pk).count(),
                Parcel.objects.values_list("stage_kind", flat=True).get(pk=key),
            )
        )
        assert (entries, events, kind) == ([winner.pk], 1, winner.to_kind)
    # What follows at once, and what people are told.
    assert each_thread(drain_outbox) == [2 * ROUNDS]


def test_eight_at_once_leave_one_row(scene, people, each_thread):
    key = scene[0]

    def decide():
        return fire(Parcel.objects.get(pk=key), "accept", actor=people["decision_maker"], data={"text": "Oui."})

    results = each_thread(*[decide] * 8)

    assert sorted(type(result).__name__ for result in results) == ["ParcelEntry"] + ["TransitionNotAllowed"] * 7
    [count] = each_thread(lambda: ParcelEntry.objects.filter(parcel=key).count())
    assert count == 1
    assert each_thread(drain_outbox) == [2]


def test_a_real_transaction_costs_six_statements(scene, people, each_thread):
    def decide():
        parcel = Parcel.objects.get(pk=scene[0])
        own = connections["default"]
        own.force_debug_cursor = True
        with CaptureQueriesContext(own) as captured:
            fire(parcel, "accept", actor=people["decision_maker"], data={"text": "Oui."})
        return [query["sql"].split()[0] for query in captured.captured_queries]

    [statements] = each_thread(decide)

    assert statements == ["BEGIN", "UPDATE", "INSERT", "UPDATE", "INSERT", "COMMIT"]
    assert each_thread(drain_outbox) == [2]


def test_two_activations_at_once_leave_one(people, each_thread):
    def make():
        return small_draft(slug=f"duel-{time.monotonic_ns()}").pk

    [key] = each_thread(make)

    def activate():
        return activate_process(Process.objects.get(pk=key), people["nobody"])

    results = each_thread(activate, activate)

    assert sorted(type(result).__name__ for result in results) == ["Process", "ProcessRefused"]
    [state] = each_thread(lambda: Process.objects.values_list("status", "activated_by_id").get(pk=key))
    assert state == ("active", people["nobody"].pk)
