"""What holds for every hall: a plan that keeps its rules, or a reason; and a plan whenever there is one."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panels.mixing import Impossible, plan, replan
from panels.sessions.clashes import of_clash

from .halls import broken, pairs_of, some_setup

pytestmark = pytest.mark.slow
MANY = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SOME = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def short_search(monkeypatch):
    """Rules are kept at every step of the search; a short one shows it as well."""
    monkeypatch.setattr("panels.mixing.planning.MOST_WEIGHINGS", 100)


@MANY
@given(st.integers(0, 10**9))
def test_a_plan_is_found_whenever_there_is_one(number):
    dice = random.Random(number)
    setup = some_setup(dice, dice.randint(1, 6), dice.randint(1, 3))
    possible = [exists(setup, round_number) for round_number in range(setup.rounds)]

    try:
        made = plan(setup)
    except Impossible as refused:
        assert not all(possible) or not setup.present or clumsy(refused)
        assert refused.clashes and all(of_clash(clash) for clash in refused.clashes)
        assert "undecided" not in {clash.code for clash in refused.clashes}
    else:
        assert all(possible)
        assert broken(setup, made.rounds) == []
        if len({table.seats for table in setup.tables}) == 1:
            for round_number, tables in enumerate(made.rounds):
                even = exists(setup, round_number, spread=1)
                assert even == (max(map(len, tables.values())) - min(map(len, tables.values())) <= 1)


@SOME
@given(st.integers(0, 10**9))
def test_larger_halls_keep_their_rules_before_and_after_an_absence(number):
    dice = random.Random(number)
    setup = some_setup(dice, dice.randint(10, 60), dice.randint(2, 8), 3, rules=8)
    try:
        made = plan(setup, seed=number)
    except Impossible as refused:
        assert refused.clashes
        return
    assert broken(setup, made.rounds) == []
    figures = made.figures
    assert figures.distinct == len(set(pairs_of(made.rounds))) <= figures.reachable <= figures.bound
    assert figures.distinct + figures.repeats + figures.kept_together == figures.meetings
    absent = dice.sample([one.name for one in setup.present], min(3, len(setup.present) - 1))
    again = replan(made, 1, absent)
    assert again.rounds[0] == made.rounds[0]
    assert broken(setup, again.rounds, absent, first=1) == []


def clumsy(refused: Impossible) -> bool:
    """A setup that nothing is computed from, such as nobody to seat."""
    return {clash.code for clash in refused.clashes} == {"nobody"}


def exists(setup, number: int, spread: int | None = None) -> bool:
    """Whether some round keeps every rule, by trying them all."""
    here = [one.name for one in setup.people if one.name not in setup.absent]
    tables = [table.name for table in setup.tables]
    for seats in itertools.product(tables, repeat=len(here)):
        where = {table: [one for one, seat in zip(here, seats, strict=True) if seat == table] for table in tables}
        rounds = [{}] * number + [where]
        counts = [len(names) for names in where.values()]
        if broken(setup, rounds, first=number) == [] and (spread is None or max(counts) - min(counts) <= spread):
            return True
    return False
