"""Months, usual days, public holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.foundations import clock
from src.meetings import rhythm


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_months_end_on_their_last_day_when_they_are_shorter(day, months, found):
    assert rhythm.add_months(day, months) == found


def test_a_public_holiday_is_never_proposed():
    """Tuesday 14 July 2026 is one: the week after comes instead."""
    found = rhythm.proposed(since=date(2026, 4, 15), months=3, weekday=1, today=date(2026, 7, 1))

    assert found == [date(2026, 7, 21), date(2026, 7, 28), date(2026, 8, 4)]


DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(since=DAYS, months=st.sampled_from([1, 2, 3, 6]), weekday=st.integers(0, 4), later=st.integers(0, 900))
def test_days_proposed_are_to_come_usual_and_worked(since, months, weekday, later):
    today = since + timedelta(days=later)

    found = rhythm.proposed(since=since, months=months, weekday=weekday, today=today)

    assert len(set(found)) == 3 and found == sorted(found)
    assert all(day > today and day.weekday() == weekday and clock.is_working_day(day) for day in found)
    limit = rhythm.due_on(since, months)
    usual = limit - timedelta(days=(limit.weekday() - weekday) % 7)
    if usual > today and clock.is_working_day(usual):
        assert found[0] == usual <= limit
