"""What the clock fires by itself: when it is due, once, and never stopped by one broken subject."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.workflow import registry
from src.workflow.services import fire, run_clock
from src.workflow.time_rules import automatic_since, counted_from, due_on, is_due

from .subjects.models import Parcel, ParcelEntry

pytestmark = pytest.mark.django_db
# A Monday in a week without holidays.
MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def days_later(days, hour=9):
    return MONDAY_MORNING + timedelta(days=days, hours=hour - 9)


def test_due_subject_is_moved_by_the_clock_once(make_parcel):
    parcel = make_parcel("submitted", at=MONDAY_MORNING)

    assert run_clock(days_later(4)).fired == 0
    assert run_clock(days_later(7)).fired == 1
    assert run_clock(days_later(7)).fired == 0

    entry = ParcelEntry.objects.get()
    parcel.refresh_from_db()
    assert (parcel.stage.slug, entry.transition_slug, entry.actor, entry.actor_role, entry.at) == (
        "open",
        "auto_open",
        None,
        "system",
        days_later(7),
    )
    drain_outbox()


def test_subject_in_another_stage_is_left_alone(make_parcel):
    for slug in ("open", "in_review", "accepted", "dormant"):
        make_parcel(slug, at=MONDAY_MORNING)

    assert run_clock(days_later(300)).fired == 0


def test_one_broken_subject_does_not_stop_the_others(make_parcel, monkeypatch, caplog):
    parcels = [make_parcel("needs_info", at=MONDAY_MORNING) for _number in range(5)]
    broken = parcels[2].pk

    def obey(subject, effect, **kwargs):
        if subject.pk == broken:
            raise RuntimeError("broken")

    monkeypatch.setitem(registry._clocks, "parcel", obey)

    run = run_clock(days_later(40))

    assert (run.fired, run.failed) == (4, 1)
    assert list(Parcel.objects.filter(stage_kind="needs_info").values_list("pk", flat=True)) == [broken]
    assert ParcelEntry.objects.count() == 4
    assert "workflow.clock_failed" in caplog.text
    drain_outbox()


def test_many_are_taken_in_slices_and_the_turn_is_bounded(make_parcel):
    for _number in range(7):
        make_parcel("submitted", at=MONDAY_MORNING)

    assert [run_clock(days_later(30), limit=3).fired for _turn in range(4)] == [3, 3, 1, 0]
    drain_outbox()


def test_moved_meanwhile_is_not_an_error(make_parcel, people, monkeypatch):
    parcel = make_parcel("submitted", at=MONDAY_MORNING)
    from src.workflow.services import automatic

    real = automatic.fire

    def late(subject, *args, **kwargs):
        fire(Parcel.objects.get(pk=subject.pk), "screen", actor=people["moderator"])
        return real(subject, *args, **kwargs)

    monkeypatch.setattr(automatic, "fire", late)

    run = run_clock(days_later(30))

    assert (run.fired, run.refused, run.failed) == (0, 1, 0)
    assert parcel.journal.get().transition_slug == "screen"
    drain_outbox()


def test_sealed_authors_lose_no_day(make_parcel):
    """Their move is kept as Monday midnight: the delay counts from that week's Sunday."""
    parcel = make_parcel("dormant")
    thursday = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)

    fire(parcel, "wake", actor=None, as_role="author", at=thursday)

    assert counted_from(parcel.stage_since) == date(2026, 3, 8)
    assert due_on(parcel.stage_since, 5) == date(2026, 3, 13)
    assert due_on(thursday, 5) == date(2026, 3, 12)
    drain_outbox()


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 40), st.integers(0, 90))
def test_the_first_day_asked_for_is_never_too_late(arrival, delay, waited):
    """What the query leaves out isn't due, whatever the weekends and holidays between."""
    today = arrival + timedelta(days=waited)
    since = clock.start_of_day(arrival) + timedelta(hours=12)

    if is_due(since, delay, clock.start_of_day(today) + timedelta(hours=23)):
        assert arrival <= automatic_since(today, delay)
    else:
        assert arrival > automatic_since(today, delay)


def test_tick_runs_the_clock(make_parcel):
    from src.foundations import ticking

    make_parcel("submitted", at=MONDAY_MORNING)

    with time_machine.travel(days_later(30), tick=False):
        assert ticking.tick()["workflow.clock"] == "ok"

    assert ParcelEntry.objects.get().transition_slug == "auto_open"
    drain_outbox()
