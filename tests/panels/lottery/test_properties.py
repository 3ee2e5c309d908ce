"""What holds for every table, on pools that nobody chose."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panels.lottery import CrossQuota, Person, Pool, Quota, advice, draw
from panels.lottery.cells import Cells
from panels.lottery.pool import Infeasible, holds
from panels.lottery.target import first_level, target

from .pools import broken_rules

pytestmark = pytest.mark.slow
PANELS = 12
FEW = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def pools(draws) -> Pool:
    """People, homes and quotas around one panel that exists, so that a draw is possible."""
    dice = random.Random(draws(st.integers(0, 10**9)))
    many = draws(st.integers(8, 40))
    shapes = {name: "abcd"[: draws(st.integers(2, 4))] for name in ("one", "three", "two")}
    homes = draws(st.integers(1, many))
    people = tuple(
        Person(
            f"{place:03}",
            {name: dice.choice(values) for name, values in shapes.items()},
            dice.choice(["", f"home {dice.randrange(homes)}"]),
        )
        for place in range(many)
    )
    panel, taken = [], set()
    for person in dice.sample(people, many):
        if len(panel) < max(2, many // 4) and person.household not in taken:
            panel.append(person)
            taken |= {person.household} - {""}
    room = draws(st.integers(0, 2))
    quotas = []
    for name, values in shapes.items():
        for value in values:
            held = sum(one.values[name] == value for one in panel)
            quotas.append(Quota(name, value, max(0, held - dice.randint(0, room)), held + dice.randint(0, room)))
    label = (("one", "a"), ("two", "b"))
    held = sum(holds(one, label) for one in panel)
    crossed = (CrossQuota(label, max(0, held - 1), held + 1),) if draws(st.booleans()) else ()
    return Pool(people, tuple(quotas), crossed, len(panel))


@FEW
@given(pools())
def test_every_row_meets_every_rule_and_counts_add_up(pool):
    lottery = draw(pool, panels=PANELS, seed=b"properties")

    assert [broken_rules(pool, row) for row in lottery.rows] == [[]] * PANELS
    assert lottery.counts == {p.ticket: sum(p.ticket in row for row in lottery.rows) for p in pool.people}
    assert sum(lottery.counts.values()) == pool.seats * PANELS
    shut = set(lottery.record["result"]["without_chance"])
    assert lottery.floor == min(count for ticket, count in lottery.counts.items() if ticket not in shut)
    assert lottery.floor <= PANELS * lottery.bound + 1e-6
    assert all(lottery.counts[ticket] == 0 for ticket in shut)


@FEW
@given(pools(), st.integers(0, 10**6))
def test_the_order_of_people_and_quotas_changes_nothing(pool, number):
    dice = random.Random(number)
    people, quotas = list(pool.people), list(pool.quotas)
    dice.shuffle(people), dice.shuffle(quotas)
    people = [replace(one, values=dict(dice.sample(sorted(one.values.items()), len(one.values)))) for one in people]

    shuffled = Pool(tuple(people), tuple(quotas), pool.cross_quotas, pool.seats)

    assert draw(shuffled, panels=4, seed=b"s").rows == draw(pool, panels=4, seed=b"s").rows


@FEW
@given(pools())
def test_other_names_for_people_and_homes_change_only_names(pool):
    renamed = Pool(
        tuple(
            Person(f"P-{p.ticket}", p.values, p.household and f"{hash(p.household) % 97}{p.household}")
            for p in pool.people
        ),
        pool.quotas,
        pool.cross_quotas,
        pool.seats,
    )

    before, after = draw(pool, panels=4, seed=b"s"), draw(renamed, panels=4, seed=b"s")

    assert Counter(tuple(f"P-{ticket}" for ticket in row) for row in before.rows) == Counter(after.rows)
    assert after.bound == before.bound


@FEW
@given(pools())
def test_advice_says_what_the_table_shows(pool):
    told = advice(pool)
    lottery = draw(pool, panels=PANELS, seed=b"advice")

    assert told.feasible
    assert set(told.certain) <= set(lottery.certain)
    assert {ticket for one in told.without_chance for ticket in one.tickets} <= set(lottery.without_chance)
    if not lottery.record["result"]["without_chance"]:
        assert lottery.minimum <= told.bound + 1e-6


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(pools())
def test_the_first_level_is_that_of_the_target(pool):
    """The quick program and the one that gives the target agree on the bound, on who is shut out, on what can't be."""
    cells = Cells.of(pool)
    try:
        aim = target(cells, first_only=True)
    except Infeasible:
        with pytest.raises(Infeasible):
            first_level(cells)
        return
    bound, shut = first_level(cells)
    assert bound == pytest.approx(aim.bound, abs=1e-7) and shut == int(cells.sizes[aim.shut].sum())
