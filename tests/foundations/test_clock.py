"""The clock, the week and the working days."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from src.foundations import clock

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_today_is_the_citys_day_not_utcs():
    with time_machine.travel(datetime(2026, 6, 30, 22, 30, tzinfo=UTC), tick=False):
        assert (clock.now(), clock.today()) == (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (date(2026, 11, 22), date(2026, 11, 16)),
        (date(2026, 11, 23), date(2026, 11, 23)),
        # Sunday 23:30 in London is already Monday in the city.
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_week_of_is_the_monday_in_the_citys_time(moment, monday):
    assert clock.week_of(moment) == monday


def test_week_start_moment_is_midnight_of_monday_on_both_sides_of_the_clock_change():
    winter, summer = clock.week_start_moment(date(2026, 3, 25)), clock.week_start_moment(date(2026, 4, 1))

    assert [moment.isoformat() for moment in (winter, summer)] == [
        "2026-03-23T00:00:00+01:00",
        "2026-03-30T00:00:00+02:00",
    ]


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # 1 May, then the weekend
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # Easter Monday
        (date(2026, 5, 4), -1, date(2026, 4, 30)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_add_working_days_skips_weekends_and_public_holidays(day, n, expected):
    assert clock.add_working_days(day, n) == expected


@given(DAYS, st.integers(1, 30))
def test_working_days_go_back_where_they_came_from(day, n):
    start = clock.add_working_days(day, 1)

    assert clock.add_working_days(clock.add_working_days(start, n), -n) == start


def test_the_demo_city_alone_tells_another_moment_and_only_inside(settings):
    real = datetime(2026, 6, 30, 12, tzinfo=UTC)
    past = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    with time_machine.travel(real, tick=False):
        settings.TERRAIN_DEMO = True
        with pytest.raises(ValueError, match="x"), clock.told_as(past):
            assert (clock.now(), clock.today()) == (past, date(2026, 6, 2))
            raise ValueError("x")
        assert clock.now() == real
        settings.TERRAIN_DEMO = False
        with pytest.raises(RuntimeError), clock.told_as(past):
            pass
        assert clock.now() == real
