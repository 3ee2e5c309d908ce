"""The statement map: known groups are found, figures are those of their formulas, and small groups are never told."""

import json
import os
import random
import subprocess
import sys
from math import prod, sqrt

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panels.opinion_map import Statement, Votes, opinion_map, projection
from panels.opinion_map.grouping import distances, k_means, silhouette

from .crowds import crowd, rand_index

SCRIPT = (
    "import json;from panels.opinion_map import opinion_map;from tests.panels.opinion_map.crowds import crowd;"
    "print(json.dumps(opinion_map(crowd(150, 40, 3)[0]).record(points=True)))"
)


def small(table, moderated=()) -> Votes:
    table = np.array(table)
    statements = tuple(Statement(str(n), f"Énoncé {n}", -1 if n in moderated else 0) for n in range(table.shape[1]))
    return Votes(tuple(str(n) for n in range(len(table))), statements, table)


@pytest.mark.parametrize(
    "people, statements, groups, seen",
    [(100, 40, 2, 0.7), (120, 60, 3, 0.4), (400, 40, 4, 0.9), (600, 300, 3, 0.2), (90, 200, 2, 0.5)],
)
def test_known_groups_are_found(people, statements, groups, seen):
    votes, mine = crowd(people, statements, groups, seen=seen)

    found = opinion_map(votes)

    assert len(found.groups) == groups
    assert rand_index(found.members, mine[list(found.mapped)]) >= 0.95


def test_the_index_that_measures_is_one_for_the_same_and_nothing_for_chance():
    dice = random.Random(2)
    assert rand_index([0, 0, 1, 1], [5, 5, 2, 2]) == 1
    assert abs(rand_index([dice.randrange(3) for _ in range(3000)], [dice.randrange(3) for _ in range(3000)])) < 0.02


def test_order_and_hash_seed_change_nothing():
    votes, _mine = crowd(150, 40, 3)
    told = json.dumps(opinion_map(votes).record(points=True))
    rows, columns = np.random.default_rng(1).permutation(150), np.random.default_rng(2).permutation(40)
    shuffled = Votes(
        tuple(votes.people[row] for row in rows),
        tuple(votes.statements[column] for column in columns),
        votes.table[np.ix_(rows, columns)],
    )

    assert json.dumps(opinion_map(shuffled).record(points=True)) == told
    for seed in ("1", "99"):
        out = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert out.stdout == told + "\n"


def test_moderated_statements_and_people_of_few_votes_are_left_out_and_counted():
    votes, _mine = crowd(60, 20, 2, seen=1.0)
    table = votes.table.copy()
    table[0, 6:] = 2
    table[1, 7:] = 2
    statements = tuple(Statement(one.key, one.text, -1 if one.key in ("18", "19") else 0) for one in votes.statements)
    table[2, :12] = 2  # Eight votes, of which two on statements that are out.

    told = opinion_map(Votes(votes.people, statements, table)).record()

    assert told["statements"]["moderated_out"] == 2 and told["statements"]["used"] == 18
    assert told["participants"] == {"all": 60, "under_seven_votes": 2, "mapped": 58}
    assert told["votes"]["used"] == 57 * 18 + 7
    shown = [one["statement"] for group in told["groups"] for one in group["statements"]]
    assert not {"18", "19"} & set(shown)


def test_of_fewer_statements_than_seven_all_are_asked():
    votes, mine = crowd(60, 5, 2, seen=1.0, noise=0)

    assert len(opinion_map(votes).mapped) == 60


@pytest.mark.parametrize("people, why", [(29, "few_voters"), (30, "")])
def test_no_group_under_thirty_voters(people, why):
    votes, _mine = crowd(people, 40, 2, seen=1.0, noise=0.02)

    told = opinion_map(votes).record(points=True)

    assert told["no_groups_because"] == (why or None)
    assert (told["k"], len(told["groups"]), "points" in told) == ((0, 0, False) if why else (2, 2, True))


def test_a_group_of_nine_is_never_shown():
    sides = np.array([[1] * 20 + [-1] * 20, [-1] * 20 + [1] * 20, [1, -1] * 20])
    nine = small(np.repeat(sides, [40, 40, 9], 0))
    ten = small(np.repeat(sides, [40, 40, 10], 0))

    # Three are looked for and one would be of nine: two are drawn, as is told.
    assert [one.people for one in opinion_map(ten, 3).groups] == [40, 40, 10]
    fewer = opinion_map(nine, 3)
    assert len(fewer.groups) == 2 and min(one.people for one in fewer.groups) >= 10
    assert fewer.record()["groups_asked"] == 3
    assert 3 not in opinion_map(nine).silhouettes


def test_when_no_split_leaves_ten_there_is_no_group():
    table = np.ones((40, 10), int)
    table[:5] = -1

    told = opinion_map(small(table)).record(points=True)

    assert (told["no_groups_because"], told["k"]) == ("no_groups", 0)
    assert "points" not in told
    assert opinion_map(small(np.ones((40, 10), int))).why == "no_groups"


def test_a_statement_of_which_a_group_cast_nine_votes_is_not_told():
    sides = np.array([[1] * 12 + [-1] * 12, [-1] * 12 + [1] * 12])
    table = np.repeat(sides, [40, 40], 0)
    table[40:71, 0] = 2

    found = opinion_map(small(table))

    assert found.hidden == 1
    assert found.record()["statements"]["under_ten_votes_of_a_group"] == 1
    assert "0" not in json.dumps([group["statements"] for group in found.record()["groups"]]).split('"')


def test_figures_are_those_of_their_formulas():
    votes, _mine = crowd(200, 30, 2, seen=0.7, noise=0.25, seed=8)
    found = opinion_map(votes, 2)
    told = found.record()
    table = votes.table[list(found.mapped)]

    assert sum(len(group["statements"]) for group in told["groups"]) > 4
    for rank, group in enumerate(told["groups"]):
        here, there = table[found.members == rank], table[found.members != rank]
        assert group["people"] == len(here)
        for one in group["statements"]:
            side = 1 if one["side"] == "agree" else -1
            column = int(one["statement"])
            a, n = int((here[:, column] == side).sum()), int((here[:, column] != 2).sum())
            b, m = int((there[:, column] == side).sum()), int((there[:, column] != 2).sum())
            assert (one["agree" if side == 1 else "disagree"], one["votes"]) == (a, n)
            share, ratio = (a + 1) / (n + 2), ((a + 1) / (n + 2)) / ((b + 1) / (m + 2))
            z = 2 * sqrt(n + 1) * ((a + 1) / (n + 1) - 0.5)
            p = (a + b + 2) / (n + m + 2)
            difference = ((a + 1) / (n + 1) - (b + 1) / (m + 1)) / sqrt(p * (1 - p) * (1 / (n + 1) + 1 / (m + 1)))
            expected = (share, ratio, z, difference, difference * ratio)
            named = ("share", "times_others", "z", "z_of_difference", "score")
            assert [one[name] for name in named] == pytest.approx(expected, abs=6e-5)
            assert z > 1.2816 and difference > 1.2816
        scores = [one["score"] for one in group["statements"]]
        assert scores == sorted(scores, reverse=True)


def test_consensus_is_the_product_of_the_shares_of_groups():
    sides = np.array([[1] * 10 + [-1] * 10 + [1, 1, -1], [-1] * 10 + [1] * 10 + [1, 1, -1]])
    table = np.repeat(sides, [30, 20], 0)
    table[:9, 21] = -1
    votes = small(table)

    told = opinion_map(votes).record()["consensus"]

    assert [one["statement"] for one in told["agree"]] == ["20", "21"]
    assert [one["statement"] for one in told["disagree"]] == ["22"]
    assert told["agree"][0]["score"] == pytest.approx(prod([31 / 32, 21 / 22]), abs=1e-4)
    assert told["agree"][1]["score"] == pytest.approx(prod([22 / 32, 21 / 22]), abs=1e-4)
    assert told["agree"][1] | {"agree": 41, "disagree": 9, "votes": 50} == told["agree"][1]


def test_points_carry_nobody():
    votes, _mine = crowd(80, 30, 2)

    told = opinion_map(votes).record(points=True)

    assert len(told["points"]) == 80 and told["points"] == sorted(told["points"])
    assert "points" not in opinion_map(votes).record()


def test_who_votes_little_is_pushed_out_by_what_is_missing():
    votes, _mine = crowd(60, 40, 2, seen=1.0)
    table = votes.table.copy()
    table[0, 10:] = 2
    placed, cast = projection.project(table), table != 2
    means = np.where(cast, table, 0).sum(0) / cast.sum(0)
    axes = projection.components(np.where(cast, table - means, 0))

    assert placed[0] == pytest.approx(axes[:, :10] @ (table[0, :10] - means[:10]) * sqrt(40 / 10))
    assert placed[1] == pytest.approx(axes @ (table[1] - means))


@pytest.mark.parametrize("people, statements", [(400, 90), (90, 400), (50, 20), (60, 8)])
def test_directions_are_those_of_a_whole_decomposition(people, statements):
    votes, _mine = crowd(people, statements, 3)
    centred = np.where(votes.table == 2, 0, votes.table).astype(float)
    centred -= centred.mean(0)
    _left, _values, right = np.linalg.svd(centred, full_matrices=False)

    found = projection.components(centred)

    for one, other in zip(found, right, strict=False):
        assert abs(one @ other) == pytest.approx(1, abs=1e-6)
        assert one[np.abs(one).argmax()] > 0


def test_the_silhouette_is_its_definition():
    points = np.array([[0.0, 0], [0, 1], [4, 0], [4, 1], [5, 0]])
    mine = np.array([0, 0, 1, 1, 1])
    away = [[float(np.hypot(*(one - other))) for other in points] for one in points]
    told = []
    for one in range(5):
        own = [away[one][other] for other in range(5) if mine[other] == mine[one] and other != one]
        next_one = [away[one][other] for other in range(5) if mine[other] != mine[one]]
        a, b = sum(own) / len(own), sum(next_one) / len(next_one)
        told.append((b - a) / max(a, b))

    assert silhouette(distances(points), mine) == pytest.approx(sum(told) / 5)
    assert rand_index(k_means(points, 2), mine) == 1


@pytest.mark.parametrize("groups", [1, 6, 0])
def test_one_group_or_six_are_not_asked(groups):
    with pytest.raises(ValueError, match="two groups"):
        opinion_map(crowd(40, 10, 2)[0], groups)


def test_a_vote_that_is_none_and_a_key_twice_are_refused():
    with pytest.raises(ValueError, match="none of"):
        small([[3]])
    with pytest.raises(ValueError, match="twice"):
        Votes(("1", "1"), (Statement("0"),), np.array([[1], [1]]))


@pytest.mark.slow
@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9), st.sampled_from([None, 2, 3, 4, 5]))
def test_nothing_small_is_ever_told(number, asked):
    dice = np.random.default_rng(number)
    shape = (int(dice.integers(0, 70)), int(dice.integers(0, 30)))
    votes, _mine = crowd(max(1, shape[0]), max(1, shape[1]), int(dice.integers(1, 6)), seen=dice.random(), seed=number)
    votes = Votes(votes.people[: shape[0]], votes.statements[: shape[1]], votes.table[: shape[0], : shape[1]])

    found = opinion_map(votes, asked)
    told = found.record(points=True)

    assert told["participants"]["mapped"] + told["participants"]["under_seven_votes"] == shape[0]
    assert all(group["people"] >= 10 for group in told["groups"])
    assert told["k"] == len(told["groups"]) != 1
    assert told["k"] <= (asked or 5)
    if told["participants"]["mapped"] < 30:
        assert not told["groups"]
    assert sum(group["people"] for group in told["groups"]) in (0, told["participants"]["mapped"])
    for one in [one for group in told["groups"] for one in group["statements"]] + sum(told["consensus"].values(), []):
        column = votes.table[list(found.mapped)][:, [s.key for s in votes.statements].index(one["statement"])]
        assert all(((column != 2) & (found.members == group)).sum() >= 10 for group in set(found.members))
