"""The figures of a round: what is told from how many votes, groups, and what no figure ever gives away."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from panels.statements.figures import figures_of


def crowd(people: int, statements: int, sides: int = 2, seen: float = 1.0, seed: int = 1):
    """Members of so many sides: each agrees with its own statements and not with the others'."""
    dice = random.Random(seed)
    cast = {}
    for person in range(people):
        for number in range(1, statements + 1):
            if dice.random() < seen:
                mine = number % sides == person % sides
                likely = 0.9 if mine else 0.1
                cast[person, number] = 1 if dice.random() < likely else -1
    return list(range(1, statements + 1)), cast


def test_under_eleven_votes_nothing_of_a_statement_is_told():
    cast = {(person, 1): 1 for person in range(10)} | {(person, 2): 1 for person in range(11)}
    found = figures_of([1, 2, 3], cast)
    assert found["hidden"] == [1, 3] and found["agreed"] == [2] and found["voters"] == 11
    assert found["statements"] == [{"number": 2, "agree": 11, "pass": 0, "disagree": 0, "groups": None}]


def test_under_thirty_voters_there_are_no_groups():
    numbers, cast = crowd(29, 20)
    found = figures_of(numbers, cast)
    assert found["groups"] == [] and found["why_no_groups"] == "few_voters" and found["placed"] == 0
    assert found["divided"] and all(one["groups"] is None for one in found["statements"])


def test_from_thirty_voters_groups_of_ten_have_their_own_statements():
    numbers, cast = crowd(48, 20)
    found = figures_of(numbers, cast)
    assert [one["people"] for one in found["groups"]] == [24, 24]
    first, second = ({number for number, side in one["own"] if side == 1} for one in found["groups"])
    assert first and second and not first & second
    assert found == figures_of(numbers, dict(reversed(cast.items())))


def test_consensus_with_groups_is_what_each_agrees_on():
    numbers, cast = crowd(48, 20)
    cast |= {(person, 20): 1 for person in range(48)} | {(person, 19): -1 for person in range(48)}
    found = figures_of(numbers, cast)
    assert found["agreed"] == [20] and found["refused"] == [19] and not {19, 20} & set(found["divided"])


def test_with_groups_no_subtraction_gives_back_those_who_are_in_none():
    numbers, cast = crowd(40, 12)
    lonely = {(99, 1): 1, (99, 2): -1}
    with_them, without = figures_of(numbers, cast | lonely), figures_of(numbers, cast)
    assert with_them["statements"] == without["statements"] and with_them["placed"] == 40


def test_a_statement_on_which_a_group_cast_few_votes_has_no_figure_by_group():
    numbers, cast = crowd(40, 12)
    kept = {key: one for key, one in cast.items() if key[1] != 12 or key[0] % 2 == 0 or key[0] < 18}
    (told,) = [one for one in figures_of(numbers, kept)["statements"] if one["number"] == 12]
    assert told["groups"] is None
    assert all(12 not in dict(one["own"]) for one in figures_of(numbers, kept)["groups"])


@settings(max_examples=60, deadline=None)
@given(
    people=st.integers(0, 45), statements=st.integers(1, 14), sides=st.integers(1, 3),
    seen=st.floats(0.1, 1.0), seed=st.integers(0, 10_000),
)  # fmt: skip
def test_what_is_told_always_keeps_the_rules(people, statements, sides, seen, seed):
    numbers, cast = crowd(people, statements, sides, seen, seed)
    found = figures_of(numbers, cast)
    told = {one["number"]: one for one in found["statements"]}
    assert sorted([*told, *found["hidden"]]) == numbers
    for one in told.values():
        assert one["agree"] + one["pass"] + one["disagree"] >= 11
        for group in one["groups"] or ():
            assert sum(group.values()) >= 10
        if one["groups"]:
            assert {side: sum(group[side] for group in one["groups"]) for side in ("agree", "pass", "disagree")} == {
                side: one[side] for side in ("agree", "pass", "disagree")
            }
    for part in ("agreed", "refused", "divided"):
        assert set(found[part]) <= set(told)
    assert not set(found["divided"]) & {*found["agreed"], *found["refused"]}
    assert all(group["people"] >= 10 for group in found["groups"])
    assert all(number in told for group in found["groups"] for number, _side in group["own"])
