"""Figures for the holder of the token, by nobody's name, added up over the workers of a server."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from src.foundations import clock, outbox
from src.foundations.models import OutboxEvent

pytestmark = pytest.mark.django_db
TOKEN = "a-long-token-for-the-monitoring"


@pytest.fixture
def asked(client, settings):
    settings.TERRAIN_METRICS_TOKEN = TOKEN

    def ask():
        response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        lines = response.content.decode().splitlines()
        return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))

    return ask


def test_without_the_token_the_address_does_not_exist(client, settings):
    assert client.get("/metrics").status_code == 404
    settings.TERRAIN_METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer x"}).status_code == 404


def test_the_age_of_the_outbox_and_the_mails_are_told(asked):
    OutboxEvent.objects.all().delete()
    outbox.emit("test", {})
    OutboxEvent.objects.update(not_before=clock.now() - timedelta(minutes=6))
    told = asked()
    OutboxEvent.objects.all().delete()

    assert 360 <= float(told["terrain_outbox_age_seconds"]) < 370
    assert told['terrain_outbox_rows{state="waiting"}'] == "1.0"
    assert {name for name in told if name.startswith("terrain_mails")} == {
        f'terrain_mails{{state="{state}"}}'
        for state in ("queued", "claimed", "sent", "uncertain", "refused", "skipped")
    }
    assert told["terrain_answers_overdue"] == "0.0"
    assert float(told["terrain_database_round_seconds"]) >= 0


def test_a_gesture_counts_once_and_a_page_does_not(asked, client):
    before = float(asked()["terrain_acknowledged_total"])
    client.get("/idees/")
    client.post("/affichage/", {"theme": "sombre"})
    client.post("/idees/deposer/", {"body": "x"})  # led to the sign-in page: nothing was done

    assert float(asked()["terrain_acknowledged_total"]) - before == 1


def test_no_label_names_anything_but_a_state(asked):
    labels = {name.split("{")[1] for name in asked() if "{" in name}

    assert {label.split("=")[0] for label in labels} == {"state"}


def test_readiness_keeps_its_detail_for_the_token(client, settings):
    settings.TERRAIN_DEMO, settings.TERRAIN_METRICS_TOKEN = False, TOKEN

    assert set(client.get("/readyz").json()) == {"status"}
    assert "checks" in client.get("/readyz", headers={"authorization": f"Bearer {TOKEN}"}).json()


def test_the_counters_of_several_processes_add_up(tmp_path):
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    start = "import django; django.setup(); from src.foundations import metrics; "

    def run(code):
        return subprocess.run(
            [sys.executable, "-c", start + code], env=environment, capture_output=True, text=True, check=True
        ).stdout

    for _worker in range(2):
        run("metrics.acknowledged.inc(3)")
    told = run("metrics._gauges.clear(); print(metrics.exposition().content.decode())")

    assert "terrain_acknowledged_total 6.0" in told
