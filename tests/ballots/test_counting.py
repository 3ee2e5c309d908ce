"""Approval, yes or no, the quorum, and the totals they are counted from."""

import pytest

from src.participation.ballots.counting import Spec, Tally, outcome
from src.participation.ballots.enums import Grade, Majority, Method

from .counting_stand_ins import decide, rules, tally_of


def test_approval_lackner_and_skowron_example_2_2():
    """M. Lackner, P. Skowron, *Multi-Winner Voting with Approval Preferences* (2023), votes of Example 2.1: four of seven.

    Example 2.2 (their program: abcvoting, examples/abcbook/example202.py): AV gives {a, b, c, d} and {a, b, c, f}: a, b and c have a place, d and f are tied for the last one.
    """
    spec = rules(Method.APPROVAL, "abcdefg", most_choices=3, seats=4)
    a, b, c, d, e, f, g = range(7)

    told = decide(spec, [([a, b], 3), ([a, c], 3), ([a, d], 2), [b, c, f], [e], [f], [g]])

    assert told == {
        "quorum_met": None,
        "ranking": [a, b, c, d, f, e, g],
        "ranks": [1, 2, 2, 4, 6, 4, 6],
        "majority_met": [True] * 7,
        "retained": [a, b, c],
        "tied": [d, f],
        "steps": [],
    }


@pytest.mark.parametrize(
    ("counts", "seats", "retained", "tied"),
    [
        ((5, 4, 3), 2, [0, 1], []),
        ((5, 4, 4), 2, [0], [1, 2]),
        ((4, 4, 4), 2, [], [0, 1, 2]),
        ((4, 4, 0), 2, [0, 1], []),
        ((4, 0, 0), 2, [0], []),
        ((0, 0, 0), 2, [], []),
        ((4, 4, 4), 3, [0, 1, 2], []),
    ],
)
def test_a_tie_for_the_last_place_retains_none_of_those_tied(counts, seats, retained, tied):
    spec = rules(Method.APPROVAL, "abc", seats=seats)

    told = decide(spec, [([option], number) for option, number in enumerate(counts)])

    assert (told["retained"], told["tied"]) == (retained, tied)


@pytest.mark.parametrize(
    ("majority", "retained"),
    [(Majority.MOST, [0, 1, 2, 3]), (Majority.HALF, [0, 1]), (Majority.TWO_THIRDS, [0])],
)
def test_a_majority_is_asked_of_the_votes_expressed(majority, retained):
    """Nine votes, of which three blank and one void: five are expressed, half is three, two thirds four."""
    spec = rules(Method.APPROVAL, "abcd", most_choices=4, seats=4, majority=majority)

    told = decide(spec, [([0, 1, 2], 2), [0, 1], [0, 3], [3], ([], 3), None])

    assert told["retained"] == retained


@pytest.mark.parametrize(("number", "met"), [(3, False), (4, True)])
def test_two_thirds_of_six_are_four(number, met):
    spec = rules(Method.APPROVAL, "ab", majority=Majority.TWO_THIRDS)

    assert decide(spec, [([0], number), ([1], 6 - number)])["majority_met"][0] is met


@pytest.mark.parametrize(
    ("yes", "no", "majority", "retained", "tied"),
    [
        (3, 2, Majority.MOST, [0], []),
        (2, 3, Majority.MOST, [1], []),
        (2, 2, Majority.MOST, [], [0, 1]),
        (3, 3, Majority.HALF, [], []),
        (6, 4, Majority.TWO_THIRDS, [], []),
        (7, 3, Majority.TWO_THIRDS, [0], []),
        (0, 0, Majority.MOST, [], []),
    ],
)
def test_yes_or_no(yes, no, majority, retained, tied):
    spec = rules(Method.YES_NO, ("yes", "no"), majority=majority, seats=3)

    told = decide(spec, [([1], yes), ([0], no), ([], 20)])

    assert (told["retained"], told["tied"]) == (retained, tied)


@pytest.mark.parametrize("method", [Method.APPROVAL, Method.YES_NO, Method.GRADES, Method.EQUAL_SHARES])
@pytest.mark.parametrize(("voted", "met"), [(24, False), (25, True), (26, True)])
def test_without_the_quorum_nothing_is_retained_and_the_figures_are_told(method, voted, met):
    spec = rules(method, ("yes", "no"), costs=(10, 10), budget=20, quorum_percent=25)
    vote = [0, 6] if method == Method.GRADES else [0]

    told = decide(spec, [(vote, 20), ([], 4)], electors=100, voted=voted)

    assert told["quorum_met"] is met
    assert bool(told["retained"]) is met
    assert len(told["ranking"]) == 2


def test_a_quorum_counts_blank_and_void_votes_and_no_percentage_is_rounded():
    """A third of 1,000 people: 333 aren't 34 %, 340 are."""
    spec = rules(Method.YES_NO, ("yes", "no"), quorum_percent=34)

    assert decide(spec, [([], 339)], electors=1000)["quorum_met"] is False
    assert decide(spec, [([], 338), None, None], electors=1000)["quorum_met"] is True


def test_a_tally_tells_the_least_and_comes_back():
    approval = rules(Method.APPROVAL, "abc", most_choices=2)
    shares = rules(Method.EQUAL_SHARES, "abc", costs=(1, 2, 3), budget=4)
    grades = rules(Method.GRADES, "ab")

    assert tally_of(approval, [[0, 2], [0], [], None]).as_json() == {
        "ballots": 4, "blank": 1, "void": 1, "counts": [2, 0, 1],
    }  # fmt: skip
    assert tally_of(shares, [[0, 2], [0, 2], [0]]).as_json() == {
        "ballots": 3, "blank": 0, "void": 0, "counts": [3, 0, 2], "sets": [[[0], 1], [[0, 2], 2]],
    }  # fmt: skip
    assert tally_of(grades, [[0, 6], [1, -1]]).as_json() == {
        "ballots": 2, "blank": 0, "void": 0, "grades": [[1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 2]],
    }  # fmt: skip
    for spec, votes in ((approval, [[0], []]), (shares, [[0, 1], None]), (grades, [[0, 3], []])):
        tally = tally_of(spec, votes)
        assert Tally.from_json(spec, tally.as_json()) == tally
        assert (tally + tally_of(spec, votes)).as_json() == tally_of(spec, votes * 2).as_json()
    assert Spec.from_json(shares.as_json()) == shares


def test_every_proposal_is_judged_by_as_many_a_missing_grade_is_to_reject():
    spec = rules(Method.GRADES, "abc")

    tally = tally_of(spec, [[0, -1, 2], [-1, 1, -1], [], None])

    assert [sum(row) for row in tally.grades] == [tally.expressed] * 3 == [2, 2, 2]
    assert [row[Grade.REJECT] for row in tally.grades] == [1, 1, 1]


@pytest.mark.parametrize("method", [Method.APPROVAL, Method.YES_NO, Method.GRADES, Method.EQUAL_SHARES])
def test_nobody_expressed_a_choice(method):
    spec = rules(method, ("a", "b"), costs=(10, 20), budget=25)

    told = outcome(spec, tally_of(spec, [([], 12), None]), electors=20, voted=13)

    assert (told["retained"], told["ranks"], told["majority_met"]) == ([], [1, 1], [False, False])
