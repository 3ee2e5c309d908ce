"""Equal shares against the examples of those who made the method."""

from fractions import Fraction

import pytest

from src.participation.ballots.counting import equal_shares
from src.participation.ballots.enums import Method

from .counting_stand_ins import decide, pair, rules, steps_of, tally_of

BIKE, GYM, PARK, PLAYGROUND, LIBRARY = range(5)
# Equalshares.net, page Explanation, example 1: eleven voters, 1,100 €.
COSTS = (700, 400, 250, 200, 100)
FIRST_SIX = [
    [BIKE, GYM], [BIKE, GYM, PARK], [BIKE, GYM], [BIKE, GYM, PARK], [BIKE, GYM, PARK], [BIKE, GYM],
]  # fmt: skip
CHILDREN = [[PARK, PLAYGROUND, LIBRARY], [PLAYGROUND], [PLAYGROUND, LIBRARY], [PARK, PLAYGROUND, LIBRARY]]


def town(**fields):
    return rules(
        Method.EQUAL_SHARES, ("bike path", "outdoor gym", "new park", "new playground", "library for kids"),
        costs=COSTS, budget=1100, **fields,
    )  # fmt: skip


def bought(spec, votes, share):
    tally = tally_of(spec, votes)
    return equal_shares.purchases(spec, tally, Fraction(share), equal_shares.drawn_lots(spec, tally))


def test_equalshares_net_explanation_example_1():
    """Selected there: bike path, playground, library, at 100, 50 and 33.3 € each; by votes alone: bike path and gym."""
    told = decide(town(), [*FIRST_SIX, *CHILDREN, [BIKE]])

    assert told["retained"] == [BIKE, PLAYGROUND, LIBRARY]
    assert [pair(one["price"]) for one in steps_of(told, "bought")] == [100, 50, Fraction(100, 3)]
    assert [pair(one["effective_votes"]) for one in steps_of(told, "bought")] == [7, 4, 3]
    assert (told["greedy"], told["spent"]) == ({"retained": [BIKE, GYM], "spent": 1100}, 1000)
    assert steps_of(told, "share") == [{"code": "share", "voters": 11, "share": [100, 1]}]
    # Nothing else fits in the 100 € left: no raise.
    assert steps_of(told, "raised")[0] | {"share": 0} == {
        "code": "raised", "percent": 100, "share": 0, "because": "full",
    }  # fmt: skip


def test_equalshares_net_explanation_example_2():
    """The last voter asks for the gym: gym at 57.14, park at 60.5 by the two who can (4.1 effective votes), playground
    at 60.5 (3.2 there, where 42.86 is rounded to 43; 3.29 exactly), then nothing that its supporters can pay."""
    found = bought(town(), [*FIRST_SIX, *CHILDREN, [GYM]], 100)

    assert [one.option for one in found] == [GYM, PARK, PLAYGROUND]
    gym, park, playground = (one.price for one in found)
    left = 100 - Fraction(400, 7)
    assert gym == Fraction(400, 7)
    assert park == (250 - 3 * left) / 2
    assert playground == (200 - 2 * (100 - park)) / 2
    assert round(float(250 / park), 1) == 4.1
    assert [one.payers for one in found] == [7, 5, 4]


def test_lackner_and_skowron_example_2_11_first_phase():
    """M. Lackner, P. Skowron, *Multi-Winner Voting with Approval Preferences* (2023), Example 2.11: the votes of Example
    2.1, four of eight. Theirs goes on with another completion; the purchases are ours to read: each of twelve holds
    1/3, a is bought at 1/8, those who chose it keep 5/24, nothing else can be."""
    spec = rules(Method.EQUAL_SHARES, "abcdefgh", costs=(1,) * 8, budget=4)
    a, b, c, d, e, f, g, _h = range(8)

    found = bought(spec, [([a, b], 3), ([a, c], 3), ([a, d], 2), [b, c, f], [e], [f], [g]], Fraction(4, 12))

    assert [(one.option, one.price, one.payers) for one in found] == [(a, Fraction(1, 8), 8)]


def test_whoever_gave_all_they_had_owes_nothing_afterwards():
    """Ten each. The first pays 8 for a (48 by six), then gives their last 2 to b (12: the three others pay 10/3), and
    nothing to c (18: the three pay 6)."""
    spec = rules(Method.EQUAL_SHARES, "abc", costs=(48, 12, 18), budget=90)
    a, b, c = range(3)

    found = bought(spec, [[a, b, c], ([a], 5), ([b, c], 3)], 10)

    assert [(one.option, one.price, one.payers) for one in found] == [
        (a, 8, 6), (b, Fraction(10, 3), 4), (c, 6, 3),
    ]  # fmt: skip


def test_shares_are_raised_until_the_next_raise_spends_too_much():
    """Three of four voters want a at 90, one wants b at 40, of 120: a share of 30 buys a, 40 would buy b too, above the
    budget; 33 % more is the last raise that the budget can pay."""
    spec = rules(Method.EQUAL_SHARES, ("a", "b", "c"), costs=(90, 40, 20), budget=120)

    told = decide(spec, [([0], 3), [1]])

    assert told["retained"] == [0]
    assert steps_of(told, "raised") == [{"code": "raised", "percent": 100, "share": [30, 1], "because": "full"}]

    # With something cheap that somebody wants, there is room left, and shares are raised to find it.
    told = decide(spec, [([0], 3), [1, 2]])
    assert told["retained"] == [0, 2]
    assert told["spent"] == 110

    spec = rules(Method.EQUAL_SHARES, ("a", "b", "c"), costs=(90, 40, 29), budget=120)
    told = decide(spec, [([0], 30), ([1], 9), [2]])
    assert steps_of(told, "raised")[0]["because"] in ("over", "limit")
    assert steps_of(told, "added") == [{"code": "added", "option": 2, "cost": 29}]
    assert told["retained"] == [0, 2]


def test_a_project_nobody_chose_is_never_bought_nor_keeps_the_count_going():
    spec = rules(Method.EQUAL_SHARES, ("a", "b"), costs=(10, 10), budget=1000)

    told = decide(spec, [([0], 5)])

    assert (told["retained"], told["spent"]) == ([0], 10)
    assert steps_of(told, "raised")[0]["percent"] == 100


@pytest.mark.parametrize(
    ("costs", "votes", "first", "by"),
    [
        # Equalshares.net, page Tie breaking: the lowest cost, then the most votes at the beginning, then by lot. Its
        # Examples 1 (600 and 700) and 3 (600 twice), by tenths.
        ((60, 70, 10), [([0], 5), ([1], 5), [2]], 0, "cost"),
        ((70, 60, 10), [([0], 5), ([1], 5), [2]], 1, "cost"),
        ((60, 60, 10), [([0], 5), ([1], 5), [2]], None, "lot"),
    ],
)
def test_equalshares_net_tie_breaking(costs, votes, first, by):
    spec = rules(Method.EQUAL_SHARES, ("a", "b", "c"), costs=costs, budget=220)

    told = steps_of(decide(spec, votes), "bought")[0]

    assert (told["tied"], told["settled_by"]) == ([0, 1], by)
    assert told["option"] == first or by == "lot"


def test_equalshares_net_tie_breaking_by_the_votes_of_the_beginning():
    """The rule of Example 2 of the page: equal effective votes and costs, the one of more votes at the beginning goes
    first. The votes are ours: the page tells only their numbers."""
    spec = rules(Method.EQUAL_SHARES, ("bench", "tree", "swing"), costs=(100, 40, 40), budget=180)

    # The bench takes everything from its five; then tree and swing have two paying voters each.
    found = bought(spec, [([0], 3), ([0, 1], 2), ([1], 2), ([2], 2)], 20)

    assert [(one.option, one.tied, one.settled_by) for one in found] == [
        (0, (), ""), (1, (1, 2), "votes"), (2, (), ""),
    ]  # fmt: skip


def test_the_lot_is_drawn_from_the_votes_and_told():
    """One vote more, elsewhere, and the same two projects may come the other way round; the place on the ballot never
    matters."""
    spec = rules(Method.EQUAL_SHARES, ("a", "b", "c"), costs=(60, 60, 10), budget=600)
    turned = rules(Method.EQUAL_SHARES, ("c", "b", "a"), costs=(10, 60, 60), budget=600)
    firsts = set()
    for others in range(1, 9):
        told = steps_of(decide(spec, [([0], 20), ([1], 20), ([2], others)]), "bought")[0]
        again = steps_of(decide(turned, [([2], 20), ([1], 20), ([0], others)]), "bought")[0]
        assert spec.labels[told["option"]] == turned.labels[again["option"]]
        firsts.add(told["option"])

    assert firsts == {0, 1}


def test_more_votes_for_a_project_may_unmake_it_and_this_is_told():
    """Equal shares isn't monotone: the example is written in docs/ballots.md."""
    a, b, c, d = range(4)
    spec = rules(Method.EQUAL_SHARES, "abcd", costs=(40, 20, 30, 20), budget=80)

    before = decide(spec, [[a, c, d], [a, b], [c], [a, c, d]])
    after = decide(spec, [[a, b, c, d], [a, b], [c], [a, c, d]])

    assert (before["retained"], after["retained"]) == ([c, d, b], [c, a])
