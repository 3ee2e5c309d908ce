"""The promise clock on rows: owed, paused, passed on, closed; and reminders that climb."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.accountability.models import OwedPause, OwedReminder, ResponseOwed
from src.accountability.selectors import DirectionRates, direction_reminded_on, owed_by_direction
from src.accountability.services import (
    cancel,
    close,
    escalate,
    owe,
    pause,
    reach_threshold,
    reassign,
    resume,
)
from src.accountability.services.escalation import levels_due
from src.directory.services import close_unit
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.accountability import ResponseOwedFactory
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory

pytestmark = pytest.mark.django_db

# A Monday.
DAY = date(2026, 3, 2)


def day(n):
    return DAY + timedelta(days=n)


def noon(n):
    return datetime(2026, 3, 2, 11, tzinfo=UTC) + timedelta(days=n)


@pytest.fixture
def owed():
    return ResponseOwedFactory(started_on=DAY)


def test_an_answer_is_promised_sixty_days_after_the_submission(owed):
    owed.refresh_from_db()

    assert (owed.started_on, owed.promised_on, owed.escalation_level) == (DAY, day(60), 0)
    assert owed.is_open and not owed.is_late(day(60)) and owed.days_late(day(61)) == 1


def test_the_period_is_a_setting(settings):
    settings.TERRAIN_PROMISE_DAYS = 45

    assert owe("idea", "ABC123", UnitFactory(), started_on=DAY).promised_on == day(45)


@pytest.mark.parametrize("weekday", range(7))
def test_the_promise_to_a_protected_author_tells_the_week_alone(weekday):
    owed = ResponseOwedFactory(started_on=day(weekday), by_week=True)

    assert (owed.started_on, owed.promised_on) == (DAY, day(60))


def test_the_database_keeps_one_open_promise_a_subject_and_its_beginning(owed):
    with pytest.raises(IntegrityError), transaction.atomic():
        owe("idea", owed.subject_reference, owed.unit)
    for change in ({"started_on": day(1)}, {"days": 90}, {"subject_reference": "ZZZZZZ"}, {"by_week": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResponseOwed.objects.filter(pk=owed.pk).update(**change)

    close(owed, day(3))
    assert owe("idea", owed.subject_reference, owed.unit).pk != owed.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponseOwed.objects.filter(pk=owed.pk).update(answered_on=None)


def test_a_pause_stops_the_clock_and_its_end_moves_the_date(owed):
    row = pause(owed, day(20), "L'équipe attend la précision de l'auteur.", on=day(10), step="study")

    assert (owed.paused_on, owed.paused_until, owed.promised_on, owed.promised_after_pause) == (
        day(10), day(20), day(60), day(70),
    )  # fmt: skip
    assert (owed.is_paused(day(20)), owed.is_paused(day(21))) == (True, False)

    resume(owed, on=day(14))

    row.refresh_from_db()
    assert (row.started_on, row.until, row.ended_on, row.step) == (day(10), day(20), day(14), "study")
    assert (owed.paused_on, owed.promised_on, owed.promised_after_pause) == (None, day(64), None)


def test_a_pause_that_ran_out_counts_without_any_job(owed):
    pause(owed, day(20), "Question à l'auteur.", on=day(10))

    assert owed.promised(day(20)) == day(60)
    assert owed.promised(day(21)) == day(70)
    assert [owed.days_late(day(n)) for n in (70, 71, 75)] == [0, 1, 5]
    assert [ResponseOwed.objects.late(day(n)).count() for n in (20, 65, 70, 71)] == [0, 0, 0, 1]
    assert [ResponseOwed.objects.paused(day(n)).count() for n in (20, 21)] == [1, 0]


def test_resuming_late_counts_no_day_after_the_end_that_was_told(owed):
    pause(owed, day(20), "Question à l'auteur.", on=day(10))

    resume(owed, on=day(40))

    assert owed.promised_on == day(70)
    assert OwedPause.objects.get().ended_on == day(20)


def test_resuming_what_runs_changes_nothing(owed):
    assert resume(owed, on=day(4)).promised_on == day(60)


def test_the_answer_of_a_protected_author_tells_its_week_alone():
    ends = []
    for number, answered in enumerate(range(14, 21)):
        owed = ResponseOwedFactory(started_on=DAY, by_week=True, reference=f"W{number}")
        pause(owed, day(24), "Question à l'auteur.", on=day(10))
        resume(owed, on=day(answered))
        ends.append((owed.promised_on, owed.pauses.get().ended_on))

    assert set(ends) == {(day(64), day(14))}


def test_the_answer_of_the_same_week_ends_the_pause_where_it_began():
    owed = ResponseOwedFactory(started_on=DAY, by_week=True)
    pause(owed, day(24), "Question à l'auteur.", on=day(10))

    resume(owed, on=day(12))

    assert (owed.promised_on, owed.pauses.get().ended_on) == (day(60), day(10))


@pytest.mark.parametrize(
    ("until", "reason"), [(10, "Question."), (9, "Question."), (26, "Question."), (20, "   "), (20, "")]
)
def test_a_pause_has_a_reason_and_ends_within_fifteen_days(owed, until, reason):
    with pytest.raises(ValidationError):
        pause(owed, day(until), reason, on=day(10))

    assert OwedPause.objects.count() == 0


def test_a_pause_is_refused_twice_at_a_step_and_three_times_in_all(owed):
    pause(owed, day(15), "Question.", on=day(10), step="screening")
    with pytest.raises(TransitionNotAllowed):
        pause(owed, day(16), "Encore.", on=day(11), step="study")
    resume(owed, on=day(12))
    with pytest.raises(TransitionNotAllowed):
        pause(owed, day(20), "Encore.", on=day(14), step="screening")
    pause(owed, day(25), "Question de l'étude.", on=day(20), step="study")
    resume(owed, on=day(24))
    with pytest.raises(TransitionNotAllowed):
        pause(owed, day(40), "Encore.", on=day(30))

    assert owed.promised_on == day(66)


def test_a_pause_that_ran_out_does_not_forbid_the_next(owed):
    pause(owed, day(15), "Question.", on=day(10), step="screening")

    pause(owed, day(30), "Question de l'étude.", on=day(20), step="study")

    assert (owed.promised_on, owed.promised_after_pause) == (day(65), day(75))
    assert list(OwedPause.objects.order_by("id").values_list("ended_on", flat=True)) == [day(15), None]


def test_what_was_answered_is_neither_paused_nor_passed_on(owed):
    close(owed, day(5))

    with pytest.raises(TransitionNotAllowed):
        pause(owed, day(15), "Question.", on=day(10))
    with pytest.raises(TransitionNotAllowed):
        reassign(owed, UnitFactory())


def test_the_threshold_brings_the_date_nearer_once(owed):
    assert reach_threshold(owed, on=day(10)) is True
    assert reach_threshold(owed, on=day(20)) is False

    assert (owed.threshold_on, owed.promised_on) == (day(10), day(40))


def test_the_threshold_during_a_pause_counts_what_is_left_of_it(owed):
    pause(owed, day(20), "Question.", on=day(10))

    reach_threshold(owed, on=day(15))

    assert (owed.promised_on, owed.promised_after_pause) == (day(45), day(50))
    resume(owed, on=day(18))
    assert owed.promised_on == day(48)


def test_passing_on_keeps_the_date(owed):
    other, owner = UnitFactory(), AgentFactory()

    reassign(owed, other, owner=owner)

    assert (owed.unit, owed.owner, owed.promised_on) == (other, owner, day(60))


def test_what_a_closing_unit_owes_passes_to_its_successor():
    direction = DirectionFactory()
    closing, heir = UnitFactory(parent=direction), UnitFactory(parent=direction)
    running = ResponseOwedFactory(unit=closing, started_on=DAY)
    answered = ResponseOwedFactory(unit=closing, started_on=DAY)
    close(answered, day(3))

    close_unit(closing, successor=heir, on=clock.today())

    running.refresh_from_db()
    answered.refresh_from_db()
    assert (running.unit, running.promised_on, answered.unit) == (heir, day(60), closing)


def test_an_answer_closes_once_and_ends_a_running_pause(owed):
    pause(owed, day(20), "Question.", on=day(10))

    assert close(owed, day(13)) is True
    assert close(owed, day(14)) is False
    assert cancel(owed, day(14)) is False

    assert (owed.answered_on, owed.cancelled_on, owed.promised_on) == (day(13), None, day(63))
    assert OwedPause.objects.get().ended_on == day(13)
    assert not owed.is_late(day(200))


def test_a_cancelled_promise_is_never_late(owed):
    assert cancel(owed, day(70)) is True

    assert owed.days_late(day(80)) == 0
    assert ResponseOwed.objects.late(day(80)).count() == 0


ACTS = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "threshold", "close"]), st.integers(0, 12), st.integers(1, 15)),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_the_date_moves_by_pauses_alone_and_list_and_row_agree(acts):
    with transaction.atomic():
        owed = ResponseOwedFactory(started_on=DAY)
        now = 0
        for act, later, length in acts:
            now += later
            try:
                if act == "pause":
                    pause(owed, day(now + length), "Question.", on=day(now))
                elif act == "resume":
                    resume(owed, on=day(now))
                elif act == "threshold":
                    reach_threshold(owed, on=day(now))
                elif close(owed, day(now)):
                    break
            except TransitionNotAllowed:
                pass
        owed.refresh_from_db()
        stood_still = sum(((row.ended_on or row.until) - row.started_on).days for row in owed.pauses.all())
        latest = max(owed.promised_on, owed.promised_after_pause or owed.promised_on)

        assert latest <= day(60 + stood_still)
        if owed.threshold_on is None:
            assert latest == day(60 + stood_still)
        for moment in range(0, 130, 3):
            listed = ResponseOwed.objects.late(day(moment)).filter(pk=owed.pk).exists()
            assert listed is owed.is_late(day(moment))
        transaction.set_rollback(True)


def test_acts_of_the_clock_cost_few_statements(owed, django_assert_num_queries):
    # They join the transaction they are called in; an answer alone is one update.
    with django_assert_num_queries(3):
        pause(owed, day(20), "Question.", on=day(10))
    with django_assert_num_queries(3):
        resume(owed, on=day(12))
    with django_assert_num_queries(1):
        close(owed, day(13))
    with django_assert_num_queries(1):
        ResponseOwedFactory(unit=owed.unit, started_on=DAY)


# Reminders


def told(owed):
    return list(OwedReminder.objects.filter(owed=owed).order_by("id").values_list("level", "promised_on", "on"))


def events():
    found = OutboxEvent.objects.filter(topic="accountability.escalated").order_by("id")
    return [(event.payload["owed"], event.payload["level"]) for event in found]


def test_reminders_climb_day_after_day_and_only_once(owed):
    written = {}
    for n in range(40, 80):
        for _twice in range(2):
            if count := escalate(noon(n)):
                written[n] = count

    assert written == {45: 1, 61: 1, 68: 1, 75: 1}
    assert told(owed) == [
        (0, day(60), day(45)), (1, day(60), day(61)), (2, day(60), day(68)), (3, day(60), day(75)),
    ]  # fmt: skip
    assert events() == [(owed.pk, level) for level in range(4)]
    owed.refresh_from_db()
    assert (owed.escalation_level, owed.last_reminder_on) == (3, day(75))
    assert direction_reminded_on(owed) == day(75)
    drain_outbox()


def test_two_tickers_that_read_the_same_debt_remind_once(owed):
    from src.accountability.services import escalation

    read_by_both = [stale(owed), stale(owed)]

    written = [escalation._write(read, day(60), [0, 1], day(61)) for read in read_by_both]

    assert written == [2, 0]
    assert events() == [(owed.pk, 0), (owed.pk, 1)]
    drain_outbox()


def test_after_an_outage_every_missed_level_is_told_lowest_first(owed):
    assert escalate(noon(70)) == 3

    assert [level for level, _promised, _on in told(owed)] == [0, 1, 2]
    assert events() == [(owed.pk, 0), (owed.pk, 1), (owed.pk, 2)]
    drain_outbox()


def test_nobody_is_reminded_of_what_is_paused_answered_or_cancelled():
    paused, answered, cancelled = (ResponseOwedFactory(started_on=DAY) for _number in range(3))
    pause(paused, day(69), "Question.", on=day(55))
    close(answered, day(40))
    cancel(cancelled, day(40))

    assert escalate(noon(66)) == 0
    assert levels_due(paused, day(66)) == []


def test_a_moved_date_is_announced_again(owed):
    escalate(noon(46))
    pause(owed, day(65), "Question.", on=day(50))

    assert escalate(noon(67)) == 1

    assert told(owed) == [(0, day(60), day(46)), (0, day(75), day(67))]
    owed.refresh_from_db()
    assert (owed.paused_on, owed.promised_on) == (None, day(75))
    drain_outbox()


def test_the_days_of_each_level_are_settings(owed, settings):
    settings.TERRAIN_ESCALATION_DAYS = {1: 2, 2: 3, 3: 4}
    settings.TERRAIN_OWNER_WARNING_DAYS = 5

    assert [len(levels_due(owed, day(n))) for n in (54, 55, 61, 62, 63, 64)] == [0, 1, 1, 2, 3, 4]


@pytest.mark.parametrize("count", [1, 3])
def test_a_quiet_run_costs_the_same_whatever_is_owed(count, django_assert_num_queries):
    for _number in range(count):
        ResponseOwedFactory(started_on=DAY)
    escalate(noon(46))

    with django_assert_num_queries(4):
        assert escalate(noon(47)) == 0
    drain_outbox()


def test_the_level_reached_stays_when_the_debt_is_passed_on(owed):
    escalate(noon(70))

    reassign(owed, UnitFactory())

    owed.refresh_from_db()
    assert owed.escalation_level == 2
    assert escalate(noon(71)) == 0
    drain_outbox()


# Reports


def test_rates_by_direction_are_masked_under_eleven_answers(django_assert_num_queries):
    first, second = DirectionFactory(name="Écoles"), DirectionFactory(name="Voirie")
    service = UnitFactory(parent=second)
    for number in range(12):
        owed = ResponseOwedFactory(unit=service, started_on=DAY)
        close(owed, day(60 if number < 8 else 61))
    for _number in range(10):
        close(ResponseOwedFactory(unit=first, started_on=DAY), day(2))
    ResponseOwedFactory(unit=first, started_on=DAY)
    ResponseOwedFactory(unit=first, started_on=day(40))
    pause(ResponseOwedFactory(unit=first, started_on=DAY), day(72), "Question.", on=day(58))
    cancel(ResponseOwedFactory(unit=first, started_on=DAY), day(2))

    with django_assert_num_queries(1):
        rates = owed_by_direction(day(65))

    assert rates == [
        DirectionRates(first.pk, "Écoles", open=3, late=1, paused=1, answered=10, in_time_share=None),
        DirectionRates(second.pk, "Voirie", open=0, late=0, paused=0, answered=12, in_time_share=67),
    ]
    assert [rate.is_masked for rate in rates] == [True, False]
    assert owed_by_direction(day(65), answered_since=day(61))[1].answered == 4
    assert owed_by_direction(day(65), subject_kind="panel") == []


# Rows read before somebody else changed them


def stale(owed):
    return ResponseOwed.objects.get(pk=owed.pk)


def test_acts_on_a_row_read_too_early_count_what_happened_meanwhile(owed):
    before = stale(owed)
    pause(owed, day(20), "Question.", on=day(10))

    assert reach_threshold(before, on=day(15)) is True
    assert (before.promised_on, before.promised_after_pause) == (day(45), day(50))
    resume(owed, on=day(20))
    assert owed.promised_on == day(50)


def test_an_answer_on_a_row_read_before_its_pause_ends_the_pause(owed):
    before = stale(owed)
    pause(owed, day(20), "Question.", on=day(10))

    assert close(before, day(12)) is True

    assert (before.answered_on, before.paused_on, before.promised_on) == (day(12), None, day(62))
    assert OwedPause.objects.get().ended_on == day(12)


def test_a_pause_on_a_row_read_before_the_threshold_is_refused_rather_than_miscounted(owed):
    before = stale(owed)
    reach_threshold(owed, on=day(10))

    with pytest.raises(TransitionNotAllowed):
        pause(before, day(25), "Question.", on=day(12))
    assert OwedPause.objects.count() == 0


def test_a_row_that_never_stands_still_is_told(owed, monkeypatch):
    from src.accountability.services import owing

    monkeypatch.setattr(owing, "_as_read", lambda owed: ResponseOwed.objects.none())

    for act in (lambda: reach_threshold(owed, on=day(3)), lambda: close(owed, day(3))):
        with pytest.raises(TransitionNotAllowed):
            act()
