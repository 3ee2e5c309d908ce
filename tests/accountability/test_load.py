"""The load figure: which promised dates slip at the pace of two months, and who is warned."""

import datetime
from itertools import permutations
from math import ceil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from src.accountability.load import forecast, load_by_direction, load_for
from src.accountability.models import ResponseOwed
from src.foundations import clock
from tests.factories.accountability import ResponseOwedFactory
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory, grant

TODAY = datetime.date(2026, 11, 20)


def days(*offsets):
    return [TODAY + datetime.timedelta(days=offset) for offset in offsets]


def test_a_date_slips_when_its_turn_comes_after_it():
    # Twenty in sixty days: one each three days. Turns on days 3, 6, 9, 12.
    load = forecast(days(3, 5, 9, 11), 20, TODAY)

    assert (load.per_week, load.slipping, load.first_slip) == (2.3, 2, TODAY + datetime.timedelta(days=5))


def test_what_is_late_is_told_apart_and_takes_its_turn():
    load = forecast(days(-4, 3), 20, TODAY)

    assert (load.waiting, load.late, load.slipping) == (2, 1, 1)


@pytest.mark.parametrize(("answered", "pace"), [(4, None), (5, 0.6)])
def test_few_answers_make_no_pace(answered, pace):
    load = forecast(days(1), answered, TODAY)

    assert (load.per_week, load.slipping) == (pace, None if pace is None else 1)
    assert load.is_worrying is (pace is not None)


@given(
    offsets=st.lists(st.integers(0, 40), max_size=6),
    answered=st.integers(5, 60),
)
def test_no_other_order_keeps_the_worst_date_closer(offsets, answered):
    """Jackson's rule: when something slips in the order of dates, something slips in every order."""

    def lateness(order):
        return max((ceil(turn * 60 / answered) - day for turn, day in enumerate(order, start=1)), default=0)

    load = forecast(days(*offsets), answered, TODAY)

    assert (load.slipping > 0) is (min(lateness(order) for order in permutations(offsets)) > 0)


@given(offsets=st.lists(st.integers(-20, 60), max_size=40), answered=st.integers(5, 200))
def test_answering_faster_never_lets_more_dates_slip(offsets, answered):
    slow, fast = (forecast(days(*offsets), pace, TODAY) for pace in (answered, answered + 10))

    assert fast.slipping <= slow.slipping <= slow.waiting - slow.late


@pytest.mark.django_db
class TestInTheCity:
    @pytest.fixture
    def busy(self):
        """Five answers in two months and three that wait, of one direction; one of another."""
        direction = DirectionFactory(name="Propreté")
        service = UnitFactory(parent=direction)
        today = clock.today()
        for _number in range(5):
            one = ResponseOwedFactory(unit=service, started_on=today - datetime.timedelta(days=30))
            ResponseOwed.objects.filter(pk=one.pk).update(answered_on=today - datetime.timedelta(days=3))
        for _number in range(3):
            ResponseOwedFactory(unit=service, started_on=today - datetime.timedelta(days=40))
        ResponseOwedFactory(unit=DirectionFactory(name="Écoles"))
        return direction

    def test_who_can_do_something_is_warned_of_their_own_units(self, busy):
        decider = AgentFactory()
        grant(decider, "decision_maker", busy)
        moderator = AgentFactory(roles=[("moderator", None)])

        assert (load_for(decider).waiting, load_for(decider).slipping) == (3, 2)
        assert load_for(moderator) is None
        assert load_for(AgentFactory()) is None

    def test_a_role_over_the_whole_city_sees_it_whole(self, busy):
        whole = AgentFactory(roles=[("idea_correspondent", None), ("delegate", None)])
        grant(whole, "decision_maker", busy)

        assert load_for(whole).waiting == 4

    def test_a_running_pause_gives_its_days(self, busy):
        today = clock.today()
        ResponseOwed.objects.open().filter(unit__direction=busy).update(
            paused_on=today,
            paused_until=today + datetime.timedelta(days=15),
            promised_after_pause=today + datetime.timedelta(days=90),
        )
        decider = AgentFactory()
        grant(decider, "decision_maker", busy)

        assert load_for(decider).slipping == 0

    @pytest.mark.parametrize("size", [1, 3])
    def test_statements_do_not_grow(self, busy, size):
        for _number in range(5 * size):
            ResponseOwedFactory(unit=busy)
        with CaptureQueriesContext(connection) as seen:
            lines = load_by_direction()

        assert len(seen) == 2
        assert [(name, load.waiting) for name, load in lines] == [("Propreté", 3 + 5 * size), ("Écoles", 1)]
