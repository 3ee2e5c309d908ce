"""When a training is due and how long it holds: the vectors of the design, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from src.foundations import clock
from trainings.obligations.deadlines import (
    Claim,
    RenewalBase,
    Span,
    Standing,
    State,
    Validity,
    add_months,
    deadline,
    due_of,
    extended,
    merged,
    moved_by_absences,
    state_of,
)

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
spans = st.builds(lambda start, length: Span(start, start + timedelta(days=length)), days, st.integers(0, 200))
claims = st.builds(Claim, days, st.integers(0, 800), st.integers(1, 200))
YEAR = Validity(12, RenewalBase.PREVIOUS_EXPIRY, window_days=30)
CALENDAR = Validity(12, RenewalBase.FIXED_CALENDAR, fixed_on=date(2015, 12, 31), min_active_days=180)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 12, 15), 36, date(2027, 12, 15)),
    ],
)
def test_a_month_ends_where_it_ends(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("validity", "completed", "expiry", "then"),
    [
        # In the window: from the end of the one before.
        (YEAR, date(2013, 4, 15), date(2013, 5, 3), date(2014, 5, 3)),
        (YEAR, date(2013, 4, 3), date(2013, 5, 3), date(2014, 5, 3)),
        (YEAR, date(2013, 5, 3), date(2013, 5, 3), date(2014, 5, 3)),
        # From the day it was done.
        (Validity(12, RenewalBase.COMPLETION, 30), date(2013, 4, 15), date(2013, 5, 3), date(2014, 4, 15)),
        # Late, or the first one: from the day it was done, never from the day it was due.
        (YEAR, date(2013, 6, 1), date(2013, 5, 3), date(2014, 6, 1)),
        (YEAR, date(2013, 4, 15), None, date(2014, 4, 15)),
        # On the 31 December, for 180 days at least.
        (CALENDAR, date(2021, 2, 28), None, date(2021, 12, 31)),
        (CALENDAR, date(2021, 7, 30), None, date(2022, 12, 31)),
        (CALENDAR, date(2021, 12, 31), None, date(2022, 12, 31)),
        (CALENDAR, date(2021, 2, 28), date(2020, 12, 31), date(2021, 12, 31)),
        (Validity(1), date(2023, 1, 31), None, date(2023, 2, 28)),
        (Validity(1), date(2024, 1, 31), None, date(2024, 2, 29)),
    ],
)
def test_until_when_it_holds(validity, completed, expiry, then):
    worth = validity.after(completed, expiry)

    assert (worth.counts, worth.expires_on) == (True, then)


def test_the_window_opens_before_the_end():
    assert YEAR.window_opens_on(date(2014, 5, 3)) == date(2014, 4, 3)


def test_before_its_window_it_is_kept_and_does_not_renew_unless_somebody_counts_it():
    early, expiry = date(2013, 4, 2), date(2013, 5, 3)

    assert YEAR.after(early, expiry).counts is False
    assert YEAR.after(early, expiry).expires_on == expiry
    assert YEAR.after(early, expiry, counted_early=True).expires_on == date(2014, 4, 2)
    # On the calendar, a second completion before the same day gives nothing more.
    assert CALENDAR.after(date(2021, 3, 1), date(2021, 12, 31)).counts is False


def test_without_a_validity_it_holds_for_good():
    assert Validity(None).after(date(2020, 1, 1)).expires_on is None
    with pytest.raises(ValueError, match="calendar"):
        Validity(12, RenewalBase.FIXED_CALENDAR).after(date(2020, 1, 1))


def test_an_absence_moves_the_day_by_its_days_after_the_duty_was_told():
    told, due = date(2026, 1, 1), date(2026, 3, 1)

    assert moved_by_absences(due, told, []) == (due, 0)
    # Ten days, five of them before it was told.
    assert moved_by_absences(due, told, [Span(date(2025, 12, 28), date(2026, 1, 6))]) == (date(2026, 3, 6), 5)
    # Told twice, counted once; one that begins after the day itself is beside the point…
    twice = [Span(date(2026, 2, 1), date(2026, 2, 10)), Span(date(2026, 2, 5), date(2026, 2, 12))]
    assert moved_by_absences(due, told, twice) == (date(2026, 3, 13), 12)
    assert moved_by_absences(due, told, [Span(date(2026, 3, 2), date(2026, 3, 9))]) == (due, 0)
    # … unless the first one moved the day past its beginning.
    both = [*twice, Span(date(2026, 3, 2), date(2026, 3, 9))]
    assert moved_by_absences(due, told, both) == (date(2026, 3, 21), 20)
    # Without an end it moves nothing yet.
    assert moved_by_absences(due, told, [Span(date(2026, 2, 1))]) == (due, 0)


def test_a_day_that_is_not_worked_rolls_on():
    claim = Claim(date(2026, 5, 1), 0, 1)

    assert deadline([claim], date(2026, 1, 1), is_working_day=clock.is_working_day).due_on == date(2026, 5, 4)
    assert deadline([claim], date(2026, 1, 1)).due_on == date(2026, 5, 1)
    with pytest.raises(ValueError, match="rule"):
        deadline([], date(2026, 1, 1))


def test_an_extension_counts_when_it_is_later_and_was_not_past():
    due = date(2026, 5, 4)

    assert extended(due, None) == due
    assert extended(due, date(2026, 5, 3)) == due
    assert extended(due, date(2026, 6, 1), date(2026, 6, 2)) == due
    assert extended(due, date(2026, 6, 1), date(2026, 6, 1)) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 12, 31), State.UPCOMING),
        (date(2026, 1, 1), State.TO_DO),
        (date(2026, 1, 30), State.TO_DO),
        (date(2026, 1, 31), State.DUE_SOON),
        (date(2026, 3, 1), State.DUE_SOON),
        (date(2026, 3, 11), State.DUE_SOON),
        (date(2026, 3, 12), State.OVERDUE),
    ],
)
def test_how_somebody_stands_in_a_first_cycle(day, state):
    standing = Standing(True, assigned_on=date(2026, 1, 1), due_on=date(2026, 3, 1), grace_days=10)

    assert state_of(standing, day) == state


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"expires_on": date(2026, 3, 1)}, State.TO_RENEW),
        ({"expires_on": date(2026, 1, 31), "due_on": date(2026, 1, 31)}, State.EXPIRED),
        ({"satisfied": True}, State.UP_TO_DATE),
        ({"satisfied": True, "valid_until": date(2026, 2, 1)}, State.UP_TO_DATE),
        ({"satisfied": True, "valid_until": date(2026, 1, 31)}, State.EXPIRED),
        ({"satisfied": True, "valid_until": date(2026, 3, 1), "renews_from": date(2026, 2, 1)}, State.TO_RENEW),
        ({"away": True}, State.SUSPENDED),
        ({"away": True, "satisfied": True}, State.UP_TO_DATE),
        ({"exempt": True, "away": True}, State.EXEMPT),
        ({"concerned": False, "exempt": True}, State.NOT_APPLICABLE),
    ],
)
def test_how_somebody_stands_otherwise(fields, state):
    known = {"concerned": True, "assigned_on": date(2026, 1, 1), "due_on": date(2026, 3, 1)} | fields

    assert state_of(Standing(**known), date(2026, 2, 1)) == state


@given(st.lists(claims, min_size=1, max_size=4), days, st.lists(spans, max_size=4))
@settings(max_examples=300, deadline=None)
def test_what_always_holds_of_a_deadline(asked, told, away):
    made = deadline(asked, told, absences=away)

    plain = [due_of(claim, told) for claim in asked]
    assert all(due >= told + timedelta(days=claim.min_notice_days) for due, claim in zip(plain, asked, strict=True))
    assert plain[made.winner] == min(plain)
    assert made.due_on == min(plain) + timedelta(days=made.absence_days)
    assert made.due_on >= told + timedelta(days=min(claim.min_notice_days for claim in asked))
    # As many days of presence as without the absences, and no fewer days for one absence more.
    absent = {
        span.starts_on + timedelta(days=n) for span in away for n in range((span.ends_on - span.starts_on).days + 1)
    }
    assert made.absence_days == sum(told < day <= made.due_on for day in absent)
    assert deadline(asked, told, absences=away[1:]).due_on <= made.due_on
    # In whatever order, and told later it is never sooner.
    assert deadline(asked[::-1], told, absences=away[::-1]).due_on == made.due_on
    assert deadline(asked, told + timedelta(days=30)).due_on >= deadline(asked, told).due_on
    working = deadline(asked, told, absences=away, is_working_day=clock.is_working_day).due_on
    assert clock.is_working_day(working) and working >= made.due_on


@given(days, st.integers(1, 60), st.integers(0, 27), days, st.sampled_from(RenewalBase), days, st.integers(0, 200))
@settings(max_examples=300, deadline=None)
def test_what_always_holds_of_a_validity(completed, months, window, expiry, base, fixed, active):
    validity = Validity(months, base, window, fixed, min(active, months * 28))

    worth = validity.after(completed, expiry)

    if worth.counts:
        assert worth.expires_on > completed
        assert validity.after(completed + timedelta(days=1), expiry).expires_on >= worth.expires_on
        assert worth.expires_on <= add_months(max(completed, expiry), 2 * months)
    else:
        assert worth.expires_on == expiry
    first = validity.after(completed).expires_on
    if base == RenewalBase.FIXED_CALENDAR:
        assert (first - completed).days >= validity.min_active_days
        calendar = [add_months(fixed, n * months) for n in range(-400 // months - 1, 400 // months + 1)]
        least = validity.min_active_days
        assert first == next(day for day in calendar if day > completed and (day - completed).days >= least)
    else:
        assert first == add_months(completed, months)


@given(st.lists(spans, max_size=6))
def test_merged_spans_hold_the_same_days_apart(given_spans):
    kept = merged(given_spans)

    assert all((after.starts_on - before.ends_on).days > 1 for before, after in zip(kept, kept[1:], strict=False))
    for span in given_spans:
        assert any(one.holds(span.starts_on) and one.holds(span.ends_on) for one in kept)
