"""More people than the machine bears: who can't be answered in time is told so at once, and nobody for a hitch."""

import heapq
import random
import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from src.config import crowd
from src.foundations import metrics

TEXT = "Les volets du préau restent ouverts la nuit, <b>même</b> en hiver et sous la pluie."


def run(queue, waits, *, start=0.0, every=0.1):
    """Refusals of requests that come one after another, each having waited so long."""
    return [queue.refuses(waited, start + number * every) for number, waited in enumerate(waits)]


def test_a_hitch_of_two_seconds_refuses_nobody():
    assert not any(run(crowd.Queue(0.25), [0.1] * 10 + [1.9] * 20 + [0.2] * 10))


def test_nobody_waits_beyond_all_patience():
    assert run(crowd.Queue(0.25), [0.1, 3.1, 2.9]) == [False, True, False]


def test_a_queue_that_stands_refuses_those_who_waited_and_serves_those_who_did_not():
    queue = crowd.Queue(0.25)
    run(queue, [1.0] * 25)

    assert queue.stands
    assert run(queue, [0.3, 0.2, 0.3, 0.24], start=2.5) == [True, False, True, False]


def test_a_long_tail_is_no_queue():
    """One in three waits: there is always somebody who comes through soon."""
    assert not any(run(crowd.Queue(0.25), [0.6, 0.1, 0.1] * 100))


def test_once_everybody_came_through_soon_for_a_second_all_is_as_before():
    queue = crowd.Queue(0.25)
    run(queue, [1.0] * 25)
    still = run(queue, [0.1] * 9 + [0.5], start=2.5)
    after = run(queue, [0.1] * 12 + [0.5], start=3.5)

    assert (still[-1], after[-1]) == (True, False)


def simulated(queue, phases, *, threads=2, service=0.04, refusal=0.003, seed=4):
    """People who come at these rates for so long each, before one process whose threads serve first come first.

    Virtual time: (came, waited until answered, refused) of each. Without a queue that refuses: ``queue`` None.
    """
    rng, now, arrivals = random.Random(seed), 0.0, []
    for rate, seconds in phases:
        end = now + seconds
        while (now := now + rng.expovariate(rate)) < end:
            arrivals.append(now)
        now = end
    free, told = [0.0] * threads, []
    for came in arrivals:
        begins = max(came, heapq.heappop(free))
        refused = queue is not None and queue.refuses(begins - came, begins)
        done = begins + (refusal if refused else rng.expovariate(1 / service))
        heapq.heappush(free, done)
        told.append((came, done - came, refused))
    return told


def share(waits, part):
    return sorted(waits)[int(part * len(waits))]


def test_at_twice_what_it_bears_those_answered_are_answered_in_time_and_the_others_told_at_once():
    """50 a second is all that two threads of 40 ms bear."""
    told = simulated(crowd.Queue(0.25), [(30, 60), (100, 120), (15, 60)])
    rush = [(wait, refused) for came, wait, refused in told if 60 <= came < 180]
    answered, refused = ([wait for wait, no in rush if no is which] for which in (False, True))
    drowned = [wait for came, wait, _no in simulated(None, [(30, 60), (100, 120), (15, 60)]) if 60 <= came < 180]

    assert (share(answered, 0.95) < 0.5, share(answered, 0.99) < 1.5) == (True, True)
    assert (share(refused, 0.95) < 0.5, share(refused, 0.99) < 1.5) == (True, True)
    # As many are served as can be: the queue refuses no more than it must.
    assert len(answered) > 0.85 * 50 * 120
    # What it was before: nobody within ten seconds.
    assert share(drowned, 0.5) > 10


def test_when_they_go_all_is_as_before_within_seconds_and_a_busy_day_refuses_nobody():
    told = simulated(crowd.Queue(0.25), [(100, 60), (30, 60)])

    assert [came for came, _wait, refused in told if refused and came > 65] == []
    assert not any(refused for _came, _wait, refused in simulated(crowd.Queue(0.25), [(38, 300)]))


@pytest.fixture
def door(settings, monkeypatch):
    """The gate before a view, with a queue that stands and a process at work."""
    settings.TERRAIN_WAIT_SECONDS = 0.25
    served = []
    gate = crowd.CrowdMiddleware(lambda request: served.append(request.path) or HttpResponse("ok"))
    monkeypatch.setattr(gate.queue, "stands", True)
    gate.served = served
    gate._serving = 1
    return gate


def asked(path="/idees/", *, waited=1.0, data=None, **headers):
    stamp = {"HTTP_X_REQUEST_START": f"t={time.time() - waited}"} if waited is not None else {}
    factory = RequestFactory()
    return factory.post(path, data, **stamp, **headers) if data else factory.get(path, **stamp, **headers)


def test_who_waited_too_long_reads_when_to_come_back_and_nothing_was_asked_of_the_database(
    door, django_assert_num_queries, db
):
    before = metrics.crowded._value.get()
    with django_assert_num_queries(0):
        response = door(asked())

    assert (response.status_code, response["Retry-After"], door.served) == (503, "30", [])
    assert "trop de personnes se connectent à la fois" in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert metrics.crowded._value.get() == before + 1


def test_what_was_typed_comes_back_with_a_button_and_the_same_token(door):
    data = {"body": TEXT, "token": "t-1", "csrfmiddlewaretoken": "c-1"}
    page = door(asked("/idees/deposer/", data=data, HTTP_SEC_FETCH_SITE="same-origin")).content.decode()

    assert "&lt;b&gt;même&lt;/b&gt; en hiver et sous la pluie." in page
    assert '<input type="hidden" name="token" value="t-1">' in page
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="c-1">' in page
    assert "Réessayer l’envoi" in page


def test_a_script_reads_json(door):
    response = door(asked(HTTP_ACCEPT="application/json"))

    assert (response.status_code, response["Content-Type"]) == (503, "application/json")
    assert response["Content-Length"] == str(len(response.content))


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_probe_is_never_refused(door, path):
    assert door(asked(path)).status_code == 200


@pytest.mark.parametrize("stamp", ["", "t=", "t=hier", "t=nan", "t=inf", "t=1e999", "t=12", "-1"])
def test_a_stamp_that_makes_no_sense_refuses_nobody(door, stamp):
    assert door(RequestFactory().get("/idees/", HTTP_X_REQUEST_START=stamp)).status_code == 200


def test_without_a_stamp_or_without_the_setting_nobody_is_refused(door):
    assert door(asked(waited=None)).status_code == 200
    door.queue.soon = 0.0
    assert door(asked()).status_code == 200


def test_a_process_that_served_nobody_kept_nobody_waiting(door):
    """Two clocks that differ: whoever finds the process at rest is answered."""
    door._serving, door._idle_since = 0, time.monotonic() - 1

    assert door(asked()).status_code == 200
    assert door.queue.stands is False


def test_who_is_served_is_counted_whatever_happens(door):
    def breaks(request):
        raise RuntimeError

    door.get_response = breaks
    with pytest.raises(RuntimeError):
        door(asked(waited=0.0))

    assert door._serving == 1
