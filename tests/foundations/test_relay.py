"""Leases, the relay's loop, and Redis as an alarm clock that may die."""

import os
import signal
import socket
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django_rq.management.commands.rqworker import Command as DjangoRqCommand
from redis import Connection

from src.foundations import clock, leases, outbox, relay, ticking
from src.foundations.models import Lease, OutboxEvent


@pytest.fixture
def seen():
    kept = dict(outbox._handlers)
    found = []
    outbox.handles("test.seen")(found.append)
    yield found
    outbox._handlers.clear()
    outbox._handlers.update(kept)


@pytest.mark.django_db
def test_a_lease_is_for_one_until_it_says_nothing_for_thirty_seconds():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        steps = [leases.take("x", "a"), leases.take("x", "b"), leases.take("x", "a"), leases.is_held("x")]
        traveller.shift(timedelta(seconds=31))
        steps += [leases.is_held("x"), leases.take("x", "b"), leases.take("x", "a")]
        leases.release("x", "a")
        steps.append(leases.take("x", "a"))
        leases.release("x", "b")
        steps.append(leases.take("x", "a"))

    assert steps == [True, False, True, True, False, True, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_the_loop_runs_what_is_committed_then_gives_its_lease_back(seen):
    stop = threading.Event()
    thread = threading.Thread(target=relay.run, args=(stop,), kwargs={"poll": 30})
    thread.start()
    try:
        with transaction.atomic():
            outbox.emit("test.seen", {"id": 1})
        until = time.monotonic() + 10
        while time.monotonic() < until and not seen:
            time.sleep(0.05)
    finally:
        stop.set()
        relay.wake()
        thread.join(timeout=10)

    assert (seen, thread.is_alive(), Lease.objects.filter(name=relay.LEASE).count()) == ([{"id": 1}], False, 0)


@pytest.mark.leaves_effects("the loop without the lease leaves it to the other")
@pytest.mark.django_db(transaction=True)
def test_a_second_loop_does_nothing_while_the_first_holds_the_lease(seen):
    leases.take(relay.LEASE, "somebody else")
    outbox.emit("test.seen", {"id": 1})
    stop = threading.Event()
    thread = threading.Thread(target=relay.run, args=(stop,), kwargs={"poll": 0.05})
    thread.start()
    time.sleep(0.5)
    stop.set()
    thread.join(timeout=10)

    assert (seen, Lease.objects.get(name=relay.LEASE).owner) == ([], "somebody else")


@pytest.mark.django_db(transaction=True)
def test_the_ticker_ticks_in_its_thread():
    ran = []
    kept = dict(ticking._periodic)
    ticking._periodic.clear()
    ticking.on_tick("test.ran", every=timedelta(hours=1))(ran.append)
    stop = threading.Event()
    thread = threading.Thread(target=relay.run_ticker, args=(stop,), kwargs={"poll": 0.05})
    try:
        thread.start()
        until = time.monotonic() + 10
        while time.monotonic() < until and not ran:
            time.sleep(0.05)
        time.sleep(0.3)
    finally:
        stop.set()
        thread.join(timeout=10)
        ticking._periodic.clear()
        ticking._periodic.update(kept)

    assert len(ran) == 1


def _redis_or_skip():
    redis = pytest.importorskip("redis")
    try:
        client = redis.Redis(host="127.0.0.1", port=6379, db=9, socket_connect_timeout=1)
        client.ping()
    except redis.exceptions.RedisError:
        pytest.skip("Redis doesn't answer on 127.0.0.1:6379")
    return client


def _use_redis(monkeypatch, settings, port: int):
    config = {"HOST": "127.0.0.1", "PORT": port, "DB": 9}
    settings.TERRAIN_JOBS = "rq"
    settings.RQ_QUEUES = {"default": config}
    monkeypatch.setattr(relay, "_redis_rests_until", 0.0)
    relay.queue.cache_clear()


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_flushed_redis_loses_nothing(seen, monkeypatch, settings):
    client = _redis_or_skip()
    _use_redis(monkeypatch, settings, 6379)
    client.flushdb()
    for number in range(5):
        outbox.emit("test.seen", {"id": number})
    queued = client.llen("rq:queue:default")
    client.flushdb()

    relay.relay_once()

    # Five commits while nobody works ring once.
    assert queued == 1
    assert [payload["id"] for payload in seen] == [0, 1, 2, 3, 4]


@pytest.mark.redis
@pytest.mark.leaves_effects("the worker's own process runs them, in a database this test can't share")
@pytest.mark.django_db(transaction=True)
def test_the_command_of_the_workers_reads_what_a_commit_rings(seen, monkeypatch, settings, tmp_path):
    client = _redis_or_skip()
    _use_redis(monkeypatch, settings, 6379)
    client.flushdb()
    # rq forks for each alarm: the child leaves a file.
    monkeypatch.setattr(relay, "answer_alarm", lambda: (tmp_path / "answered").write_text("yes"))

    outbox.emit("test.seen", {"id": 7})
    call_command("rqworker", "default", burst=True)

    assert (tmp_path / "answered").read_text() == "yes"
    assert client.zcard("rq:failed:default") == 0
    client.flushdb()


@pytest.mark.django_db(transaction=True)
def test_an_alarm_stops_by_itself_between_two_effects(seen, monkeypatch):
    monkeypatch.setattr(relay, "_TURN", 1)
    for number in range(3):
        outbox.emit("test.seen", {"id": number})
    monkeypatch.setattr(relay, "ALARM_SECONDS", 0.0)
    at_once = relay.answer_alarm()
    monkeypatch.setattr(relay, "ALARM_SECONDS", 60.0)

    assert (at_once, relay.answer_alarm(), len(seen)) == (0, 3, 3)


@pytest.mark.django_db(transaction=True)
def test_what_comes_while_an_alarm_works_is_run_by_the_same_alarm(seen, monkeypatch):
    """A crowd's effects are run together: one process is forked for many gestures."""
    pauses = []

    def gather(seconds):
        pauses.append(seconds)
        if len(pauses) <= 3:
            outbox.emit("test.seen", {"id": len(pauses)})

    monkeypatch.setattr(relay.time, "sleep", gather)
    outbox.emit("test.seen", {"id": 0})

    assert (relay.answer_alarm(), [payload["id"] for payload in seen]) == (4, [0, 1, 2, 3])
    # It ends by itself once nothing came for a second.
    assert pauses == [relay.GATHER_SECONDS] * (4 + relay.QUIET_TURNS)


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_an_rq_worker_woken_by_a_commit_runs_the_outbox(seen, monkeypatch, settings):
    client = _redis_or_skip()
    _use_redis(monkeypatch, settings, 6379)
    client.flushdb()
    import django_rq
    from rq import SimpleWorker
    from rq.serializers import JSONSerializer

    outbox.emit("test.seen", {"id": 7})
    queue = django_rq.get_queue("default", serializer=JSONSerializer)
    SimpleWorker([queue], connection=queue.connection, serializer=JSONSerializer).work(burst=True)

    assert seen == [{"id": 7}]
    client.flushdb()


@pytest.mark.django_db(transaction=True)
def test_a_dead_redis_costs_a_request_nothing_and_loses_nothing(seen, monkeypatch, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    _use_redis(monkeypatch, settings, port)

    connect, tried = Connection.connect, []
    monkeypatch.setattr(Connection, "connect", lambda self: tried.append(self) or connect(self))
    for number in range(20):
        outbox.emit("test.seen", {"id": number})
    relay.relay_once()

    # One refusal, then Redis is left alone.
    assert len(tried) == 1
    assert len(seen) == 20
    assert OutboxEvent.objects.filter(done_at=None).count() == 0
    assert connection.in_atomic_block is False


@pytest.mark.parametrize("command", ["relay", "rqworker"])
def test_processes_of_effects_let_pages_go_first(monkeypatch, command):
    given = []
    monkeypatch.setattr(os, "nice", lambda more: given.append(more) or 3)
    monkeypatch.setattr(relay, "run", lambda stop: given.append("runs"))
    monkeypatch.setattr(DjangoRqCommand, "handle", lambda self, *args, **options: given.append("runs"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    call_command(command)

    assert given == [0, relay.NICENESS - 3, "runs"]
