"""The phase line, without the database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import phases
from consultations.enums import DossierState
from consultations.phases import Step
from consultations.services.templates import line
from src.participation.enums import ActivityPhase

TODAY = date(2026, 3, 10)


def step(kind, first, last=None):
    return Step(kind, TODAY + timedelta(days=first), TODAY + timedelta(days=last) if last is not None else None)


WHOLE = [step("inform", -20, -11), step("collect", -10, 5), step("deliberate", 6, 20), step("restitute", 30)]


@pytest.mark.parametrize(
    ("ago", "state", "current", "following"),
    [
        (-21, DossierState.COMING, None, "inform"),
        (-20, DossierState.OPEN, "inform", "collect"),
        (5, DossierState.OPEN, "collect", "deliberate"),
        (20, DossierState.OPEN, "deliberate", "restitute"),
        (21, DossierState.ENDED, None, "restitute"),
        (30, DossierState.ENDED, "restitute", None),
    ],
)
def test_where_a_dossier_stands_on_each_edge(ago, state, current, following):
    day = TODAY + timedelta(days=ago)
    found = phases.current(WHOLE, day), phases.following(WHOLE, day)

    assert phases.state(WHOLE, day) == state
    assert tuple(one.kind if one else None for one in found) == (current, following)


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        (WHOLE, ""),
        ([], "empty"),
        ([step("collect", 0, 1), step("collect", 2, 3)], "twice"),
        ([step("collect", 3, 1)], "backwards"),
        ([step("inform", 5, 6), step("collect", 0, 9)], "backwards"),
        ([step("collect", 0), step("restitute", 9)], "endless"),
    ],
)
def test_what_a_line_can_t_be(steps, fault):
    assert phases.fault(steps) == fault


def test_of_two_steps_that_run_the_furthest_is_the_current_one():
    together = [step("inform", -5, 30), step("collect", -2, 3)]

    assert phases.current(together, TODAY).kind == "collect"


@given(st.integers(-40, 40), st.integers(1, 90), st.integers(1, 200))
def test_the_line_of_a_template_holds_whatever_its_calendar(opens, lasts, after):
    from src.foundations import clock

    first = clock.today() + timedelta(days=opens)
    last = first + timedelta(days=lasts - 1)
    steps = [Step(*one) for one in line(first, last, last + timedelta(days=after))]

    assert phases.fault(steps) == ""
    assert [one.kind for one in steps][-1] == ActivityPhase.RESTITUTE
