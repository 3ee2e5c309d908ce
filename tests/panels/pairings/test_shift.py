"""The figures of before and after: the sign test against its tables, and no count under k in anything told."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panels.pairings.shift import Bar, Moves, neighbours, of_choices, of_scale, sign_test, together

K = 11
SCALE = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=120)
CHOICES = ("c1", "c2", "c3", "c4")


@pytest.mark.parametrize(
    ("up", "down", "chance"),
    [
        (0, 0, "1"),
        (1, 0, "1"),
        (5, 0, "1/16"),
        (6, 0, "1/32"),
        (8, 1, "5/128"),
        (1, 8, "5/128"),
        (7, 7, "1"),
        (9, 1, "11/512"),
    ],
)
def test_the_sign_test_equals_its_values_written_by_hand(up, down, chance):
    assert sign_test(up, down) == Fraction(chance)


@given(st.integers(0, 12), st.integers(0, 12))
def test_the_sign_test_counts_the_worlds(up, down):
    """Against every way in which those who moved could have moved."""
    moved = min(up + down, 12)
    up = min(up, moved)
    down = moved - up
    as_uneven = sum(1 for world in product((0, 1), repeat=moved) if abs(2 * sum(world) - moved) >= abs(up - down))
    assert sign_test(up, down) == Fraction(as_uneven, 2**moved)


@settings(max_examples=300, deadline=None)
@given(SCALE)
def test_nothing_small_is_told_of_a_scale(pairs):
    told = of_scale(pairs, 1, 5, K)

    if not told.is_told:
        assert (told.means, told.moves, told.chance, told.verdict) == (None, None, None, "")
        return
    assert len(pairs) >= 2 * K and len(told.bars) >= 2
    assert all(min(bar.before, bar.after) >= K for bar in told.bars)
    assert [value for bar in told.bars for value in bar.values] == [1, 2, 3, 4, 5], "each value once, in order"
    assert sum(bar.before for bar in told.bars) == sum(bar.after for bar in told.bars) == len(pairs)
    assert told.means[1] - told.means[0] == Fraction(sum(after - before for before, after in pairs), len(pairs))
    if told.moves:
        assert min(told.moves.up, told.moves.same, told.moves.down) >= K
        assert told.chance == sign_test(told.moves.up, told.moves.down)
    else:
        assert told.chance is None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CHOICES), st.sampled_from(CHOICES)), max_size=120))
def test_nothing_small_is_told_of_choices(pairs):
    told = of_choices(pairs, CHOICES, K)

    assert all(min(bar.before, bar.after) >= K for bar in told.bars)
    if told.is_told:
        assert sum(bar.before for bar in told.bars) == sum(bar.after for bar in told.bars) == len(pairs)
        assert sum(len(bar.values) > 1 for bar in told.bars) <= 1
    assert (told.means, told.moves, told.chance) == (None, None, None)


@given(SCALE)
def test_the_order_of_people_and_turning_the_scale_round_change_nothing(pairs):
    told = of_scale(pairs, 1, 5, K)
    assert of_scale(pairs[::-1], 1, 5, K) == told
    turned = of_scale([(6 - before, 6 - after) for before, after in pairs], 1, 5, K)
    if told.moves and turned.moves:
        assert (turned.moves.up, turned.moves.down) == (told.moves.down, told.moves.up)
        assert turned.chance == told.chance
        assert {told.verdict, turned.verdict} in ({"up", "down"}, {"none"})


def test_a_clear_rise_is_said_and_a_small_one_is_not():
    clear = [(2, 4)] * 24 + [(3, 3)] * 14 + [(4, 2)] * 11
    told = of_scale(clear, 1, 5, K)
    assert told.moves == Moves(24, 14, 11) and told.chance == sign_test(24, 11) and told.verdict == "up"
    assert of_scale([(2, 4)] * 18 + [(3, 3)] * 14 + [(4, 2)] * 13, 1, 5, K).verdict == "none"


def test_a_group_too_small_hides_the_two_others_and_the_chance_that_would_give_it_back():
    higher, lower = [(1, 2)] * 12 + [(4, 5)] * 12, [(5, 4)] * 5 + [(2, 1)] * 5
    told = of_scale(higher + [(2, 2)] * 7 + [(4, 4)] * 7 + lower, 1, 5, K)
    assert told.bars == (Bar((1, 2), 24, 24), Bar((3, 4, 5), 24, 24))
    assert (told.moves, told.chance, told.verdict) == (None, None, "up")


def test_fewer_than_eleven_pairs_tell_nothing():
    assert not of_scale([(1, 5)] * 5 + [(5, 1)] * 5, 1, 5, K).is_told
    assert not of_choices([("c1", "c2")] * 10, CHOICES, K).is_told


def test_unanimity_is_not_told():
    assert not of_scale([(3, 4)] * 50, 1, 5, K).is_told
    assert not of_choices([("c1", "c1")] * 50, CHOICES, K).is_told


def test_two_small_counts_that_could_only_be_so_are_not_told_together():
    """Two of ten each: their sum, twenty, would say that each is ten."""
    cells = [Bar(("a",), 10, 10), Bar(("b",), 10, 10), Bar(("c",), 15, 15), Bar(("d",), 20, 20)]
    assert together(cells, K) == (Bar(("d",), 20, 20), Bar(("a", "b", "c"), 35, 35))
    assert neighbours(cells, K) == (Bar(("a", "b", "c"), 35, 35), Bar(("d",), 20, 20))
    assert neighbours(cells[::-1], K) == (Bar(("d",), 20, 20), Bar(("c", "b", "a"), 35, 35))
