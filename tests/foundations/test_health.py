"""Probes: alive, ready, degraded, failed; and nothing a stranger should know."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.urls import reverse

from src.foundations import checks, clock, outbox, relay
from src.foundations.models import OutboxEvent, TickRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_migrations(monkeypatch):
    monkeypatch.setattr(checks, "_migrations_seen", True)
    monkeypatch.setattr(checks, "outbox_lag", checks.outbox_lag)
    OutboxEvent.objects.all().delete()


def ready(client):
    response = client.get(reverse("foundations:readyz"))
    return response.status_code, json.loads(response.content)


def test_healthz_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_readyz_is_ok_when_everything_is(client):
    assert ready(client) == (
        200,
        {
            "status": "ok",
            "checks": {
                "database": {"status": "ok"},
                "migrations": {"status": "ok"},
                "outbox": {"status": "ok"},
                "outbox_dead": {"status": "ok"},
                "periodic": {"status": "ok"},
                "disk": {"status": "ok"},
                "clock": {"status": "ok"},
                "redis": {"status": "ok", "cause": "not used"},
            },
        },
    )


@pytest.mark.leaves_effects("an effect six minutes late is the subject")
def test_a_lagging_outbox_fails(client):
    outbox.emit("test", {})
    OutboxEvent.objects.update(not_before=clock.now() - timedelta(minutes=6))
    status, report = ready(client)

    assert (status, report["status"], report["checks"]["outbox"]) == (
        503,
        "failed",
        {"status": "failed", "cause": "360 s late"},
    )


def test_a_dead_effect_and_a_failing_function_degrade(client):
    outbox.emit("test.topic", {})
    OutboxEvent.objects.update(dead_at=clock.now(), last_error="ValueError (x.py:1): secret")
    TickRun.objects.create(name="x.y", failures=2, last_error="secret")
    status, report = ready(client)

    assert (status, report["status"]) == (200, "degraded")
    assert report["checks"]["outbox_dead"] == {"status": "degraded", "cause": "test.topic"}
    assert report["checks"]["periodic"] == {"status": "degraded", "cause": "x.y"}
    assert "secret" not in json.dumps(report)


def test_a_database_that_refuses_fails_without_an_exception(client, monkeypatch):
    def refuses():
        raise OperationalError("password of terrain at 10.0.0.1")

    monkeypatch.setitem(checks._CHECKS, "database", refuses)
    status, report = ready(client)

    assert (status, report["checks"]["database"]) == (503, {"status": "failed", "cause": "OperationalError"})


def test_a_slow_database_degrades_and_never_fails(client, monkeypatch):
    """Each statement takes 300 ms by the check's own clock; nobody waits."""
    slow = {"seconds": 0.0}

    def delayed(execute, *arguments):
        slow["seconds"] += 0.3
        return execute(*arguments)

    monkeypatch.setattr(checks, "perf_counter", lambda: slow["seconds"])
    with connection.execute_wrapper(delayed):
        status, report = ready(client)
    quick = ready(client)[1]["checks"]["database"]

    assert (status, report["status"]) == (200, "degraded")
    assert report["checks"]["database"]["status"] == "degraded"
    assert re.fullmatch(r"\d\.\d s for a row", report["checks"]["database"]["cause"])
    assert quick == {"status": "ok"}


def test_a_full_disk_fails(client, monkeypatch):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: type("U", (), {"total": 100, "free": 4})())

    assert ready(client)[1]["checks"]["disk"] == {"status": "failed", "cause": "4% free"}


def test_the_disk_of_private_files_counts_as_that_of_pictures(client, settings, monkeypatch, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    full = type("U", (), {"total": 100, "free": 1})()
    roomy = type("U", (), {"total": 100, "free": 90})()
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: full if folder == tmp_path else roomy)

    assert ready(client)[1]["checks"]["disk"] == {"status": "failed", "cause": "1% free"}


def test_a_database_clock_three_seconds_away_degrades(client, monkeypatch):
    monkeypatch.setattr(checks, "_database_now", lambda: clock.now() - timedelta(seconds=3))
    status, report = ready(client)

    assert (status, report["checks"]["clock"]) == (200, {"status": "degraded", "cause": "3 s apart"})


def test_a_dead_redis_degrades_and_never_fails(client, settings):
    settings.TERRAIN_JOBS = "rq"
    settings.RQ_QUEUES = {"default": {"HOST": "127.0.0.1", "PORT": 1, "DB": 0}}
    relay.queue.cache_clear()
    status, report = ready(client)
    relay.queue.cache_clear()

    assert (status, report["checks"]["redis"]) == (200, {"status": "degraded", "cause": "ConnectionError"})


def test_waiting_migrations_fail(client, monkeypatch):
    monkeypatch.setattr(checks, "_migrations_seen", False)

    class Executor:
        def __init__(self, connection):
            self.loader = type("L", (), {"graph": type("G", (), {"leaf_nodes": staticmethod(list)})()})()

        def migration_plan(self, targets):
            return [("ideas.0002", False)]

    monkeypatch.setattr(checks, "MigrationExecutor", Executor)

    assert ready(client)[1]["checks"]["migrations"] == {"status": "failed", "cause": "1 waiting"}


def test_probes_only_read_and_tell_no_setting(client):
    body = client.get("/readyz").content.decode()

    assert client.post("/readyz").status_code == 405
    assert django_settings.SECRET_KEY not in body
    assert str(django_settings.DATABASES["default"]["NAME"]) not in body
