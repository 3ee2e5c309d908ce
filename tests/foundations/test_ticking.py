"""Periodic work: due once, alone, and never silenced by another's failure."""

from datetime import timedelta

import pytest

from src.foundations import clock, ticking
from src.foundations.models import TickRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _alone():
    kept = dict(ticking._periodic)
    ticking._periodic.clear()
    yield
    ticking._periodic.clear()
    ticking._periodic.update(kept)


def test_running_twice_does_nothing_more():
    ran = []
    ticking.on_tick("b", every=timedelta(hours=1))(ran.append)
    now = clock.now()

    outcomes = [ticking.tick(now), ticking.tick(now + timedelta(minutes=1)), ticking.tick(now + timedelta(hours=1))]

    assert outcomes == [{"b": "ok"}, {"b": "later"}, {"b": "ok"}]
    assert ran == [now, now + timedelta(hours=1)]


def test_a_failure_stops_nobody_shows_and_is_tried_again_after_five_minutes():
    ran, broken = [], [True]

    @ticking.on_tick("a", every=timedelta(days=1))
    def fails(now):
        if broken:
            raise ValueError("'Nadia' has no unit")

    ticking.on_tick("b", every=timedelta(days=1))(ran.append)
    now = clock.now()

    outcome = ticking.tick(now)
    assert (outcome["b"], ran) == ("ok", [now])
    assert outcome["a"].startswith("ValueError (test_ticking.py:")
    assert "Nadia" not in outcome["a"]
    assert [run.name for run in ticking.failing()] == ["a"]

    broken.clear()
    outcomes = [ticking.tick(now + timedelta(minutes=minutes)) for minutes in (1, 5)]
    assert outcomes == [{"a": "later", "b": "later"}, {"a": "ok", "b": "later"}]
    assert ticking.failing() == []


def test_a_run_that_died_on_its_way_is_tried_again():
    ran = []
    ticking.on_tick("a", every=timedelta(days=1))(ran.append)
    now = clock.now()
    TickRun.objects.create(name="a", started_at=now)

    outcomes = [ticking.tick(now + timedelta(minutes=minutes))["a"] for minutes in (14, 15, 31)]

    assert outcomes == ["later", "ok", "later"]


def test_two_tickers_at_the_same_minute_take_one_turn():
    ran = []
    ticking.on_tick("a", every=timedelta(minutes=1))(ran.append)
    periodic = ticking.registered()[0]
    now = clock.now()
    TickRun.objects.create(name="a")

    assert [ticking._run_if_due(periodic, now), ticking._run_if_due(periodic, now)] == ["ok", "later"]


def test_a_minute_of_cron_is_never_exactly_a_minute():
    ran = []
    ticking.on_tick("a", every=timedelta(minutes=1))(ran.append)
    now = clock.now()

    ticking.tick(now)
    ticking.tick(now + timedelta(seconds=59, milliseconds=400))

    assert len(ran) == 2


def test_only_runs_the_function_named_and_refuses_an_unknown_one():
    ran = []
    ticking.on_tick("a", every=timedelta(minutes=1))(ran.append)
    ticking.on_tick("b", every=timedelta(minutes=1))(ran.append)

    assert ticking.tick(only="b") == {"b": "ok"}
    with pytest.raises(LookupError):
        ticking.tick(only="c")


def test_a_late_day_misses_nothing_and_catches_up_once():
    ran = []
    ticking.on_tick("a", every=timedelta(hours=1))(ran.append)
    now = clock.now()
    ticking.tick(now)

    ticking.tick(now + timedelta(hours=24))
    ticking.tick(now + timedelta(hours=24, minutes=1))

    assert ran == [now, now + timedelta(hours=24)]
