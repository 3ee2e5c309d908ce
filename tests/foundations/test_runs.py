"""Work of over ten seconds: a row that tells how far it is, can be stopped, and never stays open for ever."""

from datetime import timedelta

import pytest
import time_machine

from src.foundations import clock, jobs, runs
from src.foundations.models import JobRun
from src.foundations.testing import drain_outbox

pytestmark = pytest.mark.django_db
State = JobRun.State


@pytest.fixture(autouse=True)
def count_job():
    kept = dict(jobs._jobs)

    @jobs.job("test.count")
    def count(run_id, up_to, stop_at=None):
        try:
            for done in range(1, up_to + 1):
                if done == stop_at:
                    runs.ask_cancel(run_id)
                runs.advance(run_id, done, total=up_to)
        except runs.Cancelled:
            return
        runs.finish(run_id, {"counted": up_to})

    yield
    jobs._jobs.clear()
    jobs._jobs.update(kept)


def test_a_run_goes_from_waiting_to_done_with_its_result():
    run = runs.start("test.count", up_to=4)
    before = (run.state, run.percent, run.is_finished)
    drain_outbox()
    run.refresh_from_db()

    assert before == (State.WAITING, 0, False)
    assert (run.state, run.done, run.total, run.percent, run.result, run.is_finished) == (
        State.DONE, 4, 4, 100, {"counted": 4}, True,
    )  # fmt: skip


def test_a_run_stops_at_its_next_step_once_asked():
    run = runs.start("test.count", up_to=9, stop_at=3)
    drain_outbox()
    run.refresh_from_db()

    assert (run.state, run.done, run.result) == (State.CANCELLED, 2, {})
    assert run.finished_at is not None


def test_run_twice_a_job_changes_nothing_more():
    run = runs.start("test.count", up_to=2)
    drain_outbox()
    finished = JobRun.objects.get(pk=run.pk).finished_at
    jobs.run_job({"name": "test.count", "ids": {"run_id": str(run.pk), "up_to": 5}})

    again = JobRun.objects.get(pk=run.pk)
    assert (again.state, again.result, again.finished_at) == (State.DONE, {"counted": 2}, finished)


@pytest.mark.leaves_effects("the run fails by hand: its job is never taken")
def test_a_failure_is_told_without_a_name():
    run = runs.start("test.count", up_to=2)
    runs.fail(run.pk, ValueError("line 4: 'Nadia'"))
    run.refresh_from_db()

    assert (run.state, "Nadia" in run.error, runs.finish(run.pk)) == (State.FAILED, False, False)


@pytest.mark.leaves_effects("the worker that took the job died")
def test_a_silent_worker_is_given_up_and_old_runs_are_forgotten():
    run = runs.start("test.count", up_to=2)
    runs.advance(run.pk, 1)
    now = clock.now()

    assert [runs.sweep(now + timedelta(minutes=minutes)) for minutes in (14, 16)] == [0, 1]
    assert JobRun.objects.get().state == State.FAILED
    with time_machine.travel(now):
        assert [runs.purge(now + timedelta(days=days), apply=apply) for days, apply in ((29, True), (31, False))] == [
            0,
            1,
        ]
        assert (runs.purge(now + timedelta(days=31)), JobRun.objects.count()) == (1, 0)


def test_the_percentage_never_says_done_too_early():
    assert [JobRun(state=State.RUNNING, done=done, total=10).percent for done in (0, 5, 10, 20)] == [0, 50, 99, 99]
