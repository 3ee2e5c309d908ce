"""The outbox: one row in the cause's transaction, run outside of it, again when it fails, never twice at once."""

import json
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction

from src.foundations import clock, jobs, outbox
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox, forget_effects, undrained

pytestmark = pytest.mark.django_db

SEEN = []


@pytest.fixture(autouse=True)
def _handlers():
    SEEN.clear()
    kept = dict(outbox._handlers), dict(jobs._jobs)
    outbox.handles("test.seen")(SEEN.append)
    yield
    outbox._handlers.clear()
    outbox._handlers.update(kept[0])
    jobs._jobs.clear()
    jobs._jobs.update(kept[1])


def failing(payload):
    raise ConnectionError("550 refused for <nadia.benali@ville.example> in 'le texte'")


def test_emit_then_drain_runs_the_handler_once():
    outbox.emit("test.seen", {"id": 1})

    assert (drain_outbox(), drain_outbox(), SEEN) == (1, 0, [{"id": 1}])


def test_emit_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        outbox.emit("test.seen", {"id": 1})
    with django_assert_num_queries(1):
        outbox.emit("test.seen", {"id": 2}, key="two")

    assert drain_outbox() == 2


def test_a_rolled_back_cause_leaves_no_effect():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.emit("test.seen", {"id": 1})
        1 / 0  # noqa: B018

    assert (drain_outbox(), SEEN) == (0, [])


def test_the_same_key_is_done_once_even_after_it_was_done():
    outbox.emit("test.seen", {"id": 1}, key="a")
    outbox.emit("test.seen", {"id": 2}, key="a")
    drain_outbox()
    outbox.emit("test.seen", {"id": 3}, key="a")
    outbox.emit_many("test.seen", [{"id": 4}, {"id": 5}], keys=["a", "b"])
    drain_outbox()

    assert SEEN == [{"id": 1}, {"id": 5}]


def test_an_effect_waits_for_its_hour():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        outbox.emit("test.seen", {"id": 1}, not_before=clock.now() + timedelta(minutes=10))

        before = drain_outbox()
        traveller.shift(timedelta(minutes=10))
        after = drain_outbox()

    assert (before, after) == (0, 1)


def test_effects_run_in_the_order_they_are_due():
    with time_machine.travel(clock.now(), tick=False):
        outbox.emit("test.seen", {"id": 1})
        outbox.emit("test.seen", {"id": 2}, not_before=clock.now() - timedelta(minutes=1))
        outbox.emit("test.seen", {"id": 3})
        drain_outbox()

    assert [payload["id"] for payload in SEEN] == [2, 1, 3]


def test_drain_runs_what_handlers_emit_and_stops_at_its_limit():
    outbox.handles("test.chain")(lambda payload: outbox.emit("test.seen", payload))
    for number in range(3):
        outbox.emit("test.chain", {"id": number})

    assert (outbox.drain(limit=2), outbox.drain(), len(SEEN)) == (2, 4, 3)


def test_a_failure_is_tried_later_and_later_then_given_up_without_a_name_in_its_error():
    outbox.handles("test.failing")(failing)
    moments = []
    with time_machine.travel(clock.now(), tick=False) as traveller:
        outbox.emit("test.failing", {"id": 1})
        outbox.emit("test.seen", {"id": 2})
        for _ in range(outbox.MAX_ATTEMPTS):
            outbox.drain()
            event = OutboxEvent.objects.get(topic="test.failing")
            moments.append(int((event.not_before - clock.now()).total_seconds()))
            traveller.shift(event.not_before - clock.now())
        last = outbox.drain()

    assert moments == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]
    assert (SEEN, last, event.dead_at is not None, event.attempts) == ([{"id": 2}], 0, True, 10)
    assert event.last_error.startswith("ConnectionError (test_outbox.py:")
    assert "nadia" not in event.last_error
    assert "le texte" not in event.last_error

    outbox._handlers["test.failing"] = SEEN.append
    assert (outbox.revive(topic="test.failing"), drain_outbox(), len(SEEN)) == (1, 1, 2)


def test_a_handlers_own_sql_error_leaves_the_next_effects_runnable():
    def breaks(payload):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    outbox.handles("test.breaks")(breaks)
    outbox.emit("test.breaks", {})
    outbox.emit("test.seen", {"id": 1})

    assert (outbox.drain(), SEEN) == (1, [{"id": 1}])


def test_drain_outbox_lets_failures_and_unknown_topics_out():
    outbox.handles("test.failing")(failing)
    outbox.emit("test.failing", {})
    with pytest.raises(ConnectionError):
        drain_outbox()

    outbox.emit("test.nobody", {})
    with pytest.raises(outbox.UnknownTopic):
        drain_outbox()


def test_a_row_claimed_by_somebody_is_left_until_they_are_dead():
    outbox.emit("test.seen", {"id": 1})
    OutboxEvent.objects.update(claimed_until=clock.now() + outbox.CLAIM, attempts=1)

    while_alive = drain_outbox()
    with time_machine.travel(clock.now() + outbox.CLAIM + timedelta(seconds=1)):
        once_dead = drain_outbox()

    assert (while_alive, once_dead) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_long_handler_keeps_its_row_claimed(monkeypatch):
    """On PostgreSQL and in a file; SQLite in memory refuses the keeper's write, so the claim is left long there."""
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    monkeypatch.setattr(outbox, "CLAIM", timedelta(seconds=60 if in_memory else 0.6))
    rivals = []

    def slow(payload):
        time.sleep(1.5)
        rivals.append(outbox.drain())

    outbox.handles("test.slow")(slow)
    forget_effects()
    outbox.emit("test.slow", {})

    assert (outbox.drain(), rivals) == (1, [0])


def test_of_two_relays_that_read_the_same_row_one_runs_it():
    outbox.emit("test.seen", {"id": 1})
    first, second = outbox.due().get(), outbox.due().get()

    assert [outbox._claim(first), outbox._claim(second)] == [True, False]


def test_a_secret_payload_is_sealed_padded_and_deleted_once_done():
    for text in ("", "CANARI-" * 20):
        outbox.emit("test.seen", {"text": text}, secret=True)

    with connection.cursor() as cursor:
        cursor.execute("SELECT payload, sealed_payload FROM foundations_outboxevent ORDER BY id")
        rows = cursor.fetchall()
    lengths = {len(bytes(sealed)) for _, sealed in rows}
    assert len(lengths) == 1
    assert [json.loads(payload) if isinstance(payload, str) else payload for payload, _ in rows] == [{}, {}]
    assert all(b"CANARI" not in bytes(sealed) for _, sealed in rows)

    drain_outbox()
    assert ([payload["text"][:6] for payload in SEEN], OutboxEvent.objects.count()) == (["", "CANARI"], 0)


def test_a_secret_failure_keeps_no_word_of_its_error():
    outbox.handles("test.failing")(failing)
    outbox.emit("test.failing", {}, secret=True)
    outbox.drain()

    assert OutboxEvent.objects.get().last_error.startswith("ConnectionError (test_outbox.py:")
    assert ":" not in OutboxEvent.objects.get().last_error.split(")")[1]


@pytest.mark.leaves_effects("a row not done outlives the purge")
def test_done_rows_are_purged_after_a_week_and_others_stay():
    outbox.emit("test.seen", {"id": 1})
    drain_outbox()
    outbox.emit("test.seen", {"id": 2})
    now = clock.now()

    early = outbox.purge(now + timedelta(days=6))
    late = outbox.purge(now + timedelta(days=8))

    assert (early, late, OutboxEvent.objects.count()) == (0, 1, 1)


def test_what_a_test_left_due_is_named_and_can_be_thrown_away():
    forget_effects()
    outbox.emit("test.seen", {})
    outbox.emit("test.seen", {}, not_before=clock.now() + timedelta(days=1))

    assert (undrained(), forget_effects(), undrained()) == (["test.seen"], 2, [])


def test_lag_is_the_wait_of_the_oldest_due_effect():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        assert outbox.lag() == timedelta(0)
        outbox.emit("test.seen", {})
        outbox.emit("test.seen", {}, not_before=clock.now() + timedelta(days=1))
        traveller.shift(timedelta(minutes=3))
        assert outbox.lag() == timedelta(minutes=3)
        assert (drain_outbox(), outbox.lag()) == (1, timedelta(0))


def test_a_commit_wakes_once_however_many_effects_it_left(monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr(outbox, "_wakers", [lambda: woken.append(1)])
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        outbox.emit("test.seen", {})
        outbox.emit("test.seen", {})
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            outbox.emit("test.seen", {})
            1 / 0  # noqa: B018

    assert (woken, drain_outbox()) == ([1], 2)


def test_two_handlers_for_a_topic_are_refused():
    with pytest.raises(ValueError, match="Two handlers"):
        outbox.handles("test.seen")(failing)


def test_enqueue_runs_the_named_job_with_its_ids():
    jobs.job("test.job")(lambda idea_id, why: SEEN.append((idea_id, why)))
    jobs.enqueue("test.job", idea_id=4, why="x")
    drain_outbox()

    assert SEEN == [(4, "x")]


def test_enqueue_refuses_a_name_nobody_registered():
    with pytest.raises(LookupError):
        jobs.enqueue("test.unknown")
    assert OutboxEvent.objects.count() == 0
