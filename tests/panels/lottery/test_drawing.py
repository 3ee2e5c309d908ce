"""The table of a draw: everybody's chance, the rules of every row, the bound, and the same table again."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from panels.lottery import Cancelled, CrossQuota, Infeasible, InvalidPool, Person, Pool, Problem, Quota, draw

from .pools import LISTS, balanced, broken_rules, exclusive, mirror

ROOT = Path(__file__).resolve().parents[3]
SEED = b"a seed of thirty-two bytes, fixed"
AGAIN = """
import json, os, random, sys
from panels.lottery import Pool, draw
from tests.panels.lottery.pools import mirror
pool = mirror(60, 12, tolerance=2, shared=0.3)
people, quotas = list(pool.people), list(pool.quotas)
dice = random.Random(os.environ["PYTHONHASHSEED"])
dice.shuffle(people), dice.shuffle(quotas)
lottery = draw(Pool(tuple(people), tuple(quotas), (), 12), panels=30, seed=b"the same")
print(json.dumps([lottery.rows, lottery.record["result"]]))
"""


def counts_of(lottery) -> Counter:
    return Counter(ticket for row in lottery.rows for ticket in row)


def test_two_balanced_criteria_give_everybody_exactly_a_tenth():
    pool = balanced(200, 20)

    lottery = draw(pool, seed=SEED)

    assert set(lottery.counts.values()) == {100}
    assert lottery.counts == counts_of(lottery)
    assert (lottery.panels, lottery.floor, lottery.minimum) == (1000, 100, 0.1)
    assert lottery.bound == pytest.approx(0.1)
    assert lottery.record["result"]["limits"] == []


def test_a_mirror_of_the_city_reaches_the_whole_part_of_its_bound():
    pool = mirror(150, 30, tolerance=2)

    lottery = draw(pool, panels=200, seed=SEED)

    assert [broken_rules(pool, row) for row in lottery.rows] == [[]] * 200
    assert lottery.floor == min(lottery.counts.values()) == int(200 * lottery.bound + 1e-6) > 0
    assert lottery.record["result"]["distinct_panels"] > 190
    assert lottery.record["result"]["without_chance"] == []
    limiting = lottery.record["result"]["limits"][0]
    assert (limiting[0][0][0], limiting[1]) == ("diploma", "maximum")


def test_seats_kept_for_three_lists_are_exact_in_every_row():
    pool = mirror(200, 100, lists=LISTS, tolerance=6)
    list_of = {person.ticket: person.values["list"] for person in pool.people}

    lottery = draw(pool, panels=25, seed=SEED)

    kept = {name: seats for name, seats, _often in LISTS}
    assert [Counter(list_of[ticket] for ticket in row) for row in lottery.rows] == [kept] * 25


def test_people_who_exclude_each_other_are_cut_to_a_third():
    told: list[int] = []

    lottery = draw(exclusive(), seed=SEED, prove=True, progress=lambda done, _total: told.append(done))

    result = lottery.record["result"]
    assert told == [*range(1, 151), *range(1, 1001)], "debts tell it after 150 panels, and the draw begins again"
    assert lottery.bound == pytest.approx(1 / 3)
    assert {ticket: lottery.counts[ticket] for ticket in ("A0", "A1", "A2")} == {"A0": 333, "A1": 333, "A2": 333}
    assert result["cuts"] == [[[1, 1, 1], 1]]
    assert result["proof"] == {
        "mixture": pytest.approx(1 / 3),
        "true": pytest.approx(1 / 3),
        "at_most": pytest.approx(1 / 3),
        "panels_entered": 0,
    }


def test_a_small_table_finds_the_cut_by_what_is_missing():
    """Fifty panels don't let debts grow far enough: what the repair can't give is what proves the cut."""
    lottery = draw(exclusive(), panels=50, seed=SEED)

    assert lottery.record["result"]["cuts"]
    assert lottery.floor == 16


def test_crossed_quotas_hold_in_every_row():
    pool = mirror(150, 30, tolerance=3)
    crossed = CrossQuota((("gender", "F"), ("tenure", "social")), 5, 6)

    lottery = draw(replace(pool, cross_quotas=(crossed,)), panels=40, seed=SEED)

    both = {one.ticket for one in pool.people if (one.values["gender"], one.values["tenure"]) == ("F", "social")}
    assert {len(both & set(row)) for row in lottery.rows} <= {5, 6}


def test_people_of_one_home_never_sit_together_and_a_blank_home_binds_nobody():
    homes = ["same"] * 4 + [" "] * 4
    people = tuple(Person(f"{place}", {"list": "one"}, home) for place, home in enumerate(homes))

    lottery = draw(Pool(people, (Quota("list", "one", 5, 5),), (), 5), panels=20, seed=SEED)

    assert {len(set(row) & {"0", "1", "2", "3"}) for row in lottery.rows} == {1}
    assert lottery.counts == {**dict.fromkeys("0123", 5), **dict.fromkeys("4567", 20)}
    assert lottery.certain == ("4", "5", "6", "7")


def test_somebody_whom_a_quota_shuts_out_is_named_and_the_others_keep_their_floor():
    people = tuple(Person(f"{place}", {"age": "child" if place < 2 else "adult"}) for place in range(10))

    lottery = draw(
        Pool(people, (Quota("age", "child", 0, 0), Quota("age", "adult", 4, 4)), (), 4), panels=10, seed=SEED
    )

    assert lottery.record["result"]["without_chance"] == ["0", "1"] == list(lottery.without_chance)
    assert lottery.bound == pytest.approx(0.5)
    assert lottery.floor == 5


def test_ten_hash_seeds_and_shuffled_inputs_give_one_table():
    told = set()
    for number in range(10):
        env = {**os.environ, "PYTHONHASHSEED": str(number * 467)}
        done = subprocess.run([sys.executable, "-c", AGAIN], cwd=ROOT, env=env, capture_output=True, check=True)
        told.add(done.stdout)

    assert len(told) == 1
    rows, result = json.loads(told.pop())
    assert len(rows) == result["panels"] == 30


def test_another_seed_gives_another_table():
    pool = mirror(60, 12, tolerance=2)

    tables = {draw(pool, panels=10, seed=seed).record["result"]["table"] for seed in (b"one", b"two")}

    assert len(tables) == 2


def test_progress_is_told_after_each_panel_and_a_cancelled_draw_leaves_nothing():
    pool, told = mirror(60, 12, tolerance=2), []

    draw(pool, panels=5, seed=SEED, progress=lambda done, total: told.append((done, total)))
    with pytest.raises(Cancelled):
        draw(pool, panels=50, seed=SEED, progress=lambda *step: told.append(step), cancelled=lambda: len(told) == 8)

    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5), (1, 50), (2, 50), (3, 50)]


def test_a_pool_that_contradicts_itself_is_refused_with_everything_wrong():
    people = (Person("1", {"age": "x"}), Person("1", {"age": "x"}), Person("2", {}))

    with pytest.raises(InvalidPool) as refused:
        draw(Pool(people, (Quota("age", "x", 2, 1),), (), 1), seed=SEED)

    assert refused.value.problems == (
        Problem("ticket_twice", (), {"ticket": "1", "times": 2}),
        Problem("value_missing", (("age", ""),), {"ticket": "2"}),
        Problem("minimum_over_maximum", (("age", "x"),), {"minimum": 2, "maximum": 1}),
    )


def test_quotas_that_contradict_each_other_are_refused():
    people = tuple(Person(f"{n}", {"a": "x" if n < 5 else "y", "b": "x" if n < 5 else "y"}) for n in range(10))

    with pytest.raises(Infeasible):
        draw(Pool(people, (Quota("a", "x", 3, 4), Quota("b", "x", 0, 2)), (), 4), seed=SEED)


def test_the_record_tells_what_made_the_table_apart_from_when():
    lottery = draw(mirror(60, 12, tolerance=2), panels=5, seed=SEED)

    assert set(lottery.record) == {"result", "environment", "timings"}
    assert {"highspy", "numpy", "python", "platform"} == set(lottery.record["environment"])
    assert lottery.record["timings"]["processor_seconds"] > 0
    assert lottery.record["result"]["seed"] == SEED.hex()


def test_rows_are_in_the_order_of_a_hash_and_people_in_theirs():
    lottery = draw(mirror(60, 12, tolerance=2), panels=20, seed=SEED)

    def lot(row):
        return hashlib.sha256("|".join([SEED.hex(), *row]).encode()).hexdigest()

    assert list(lottery.rows) == sorted(lottery.rows, key=lot)
    assert [list(row) for row in lottery.rows] == [sorted(row) for row in lottery.rows]
