"""Intervals and changes equal to their cited formulas, on cases worked by hand; what is said of them in words."""

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.questionnaires.representativeness import wilson
from src.questionnaires.trends import Change, Share, Verdict, change, is_flat, newcombe

numbers = st.integers(20, 5000)


def shares():
    return numbers.flatmap(lambda n: st.integers(0, n).map(lambda counted: Share(counted, n)))


def test_wilson_by_hand():
    """81 of 263 (Newcombe 1998, first paper): centre and half width written out."""
    z, p, n = 1.959964, 81 / 263, 263
    centre = (2 * 81 + z * z) / (2 * (n + z * z))
    half = z * sqrt(z * z + 4 * 81 * (1 - p)) / (2 * (n + z * z))

    low, high = wilson(81, 263)

    assert isclose(low, centre - half, abs_tol=1e-12) and isclose(high, centre + half, abs_tol=1e-12)
    # As published, to four decimals.
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_newcombe_by_hand():
    """56/70 and 48/80, the first contrast of Newcombe's table II: method 10 gives 0.0524 to 0.3339."""
    low, high = newcombe(Share(48, 80), Share(56, 70))

    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        # Of the same table: contrasts b, c, e and h.
        (Share(9, 10), Share(3, 10), (0.1705, 0.8090)),
        (Share(6, 7), Share(2, 7), (0.0582, 0.8062)),
        (Share(5, 56), Share(0, 29), (-0.0381, 0.1926)),
        (Share(10, 10), Share(0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombe_as_published(after, before, expected):
    low, high = newcombe(before, after)

    assert (round(low, 4), round(high, 4)) == expected


def test_the_demo_citys_second_question():
    rise = change(Share(0.46 * 5108, 5108), Share(0.54 * 5612, 5612))

    assert round(rise.points) == 8 and rise.verdict == Verdict.UP


@given(shares(), shares())
def test_a_change_holds_its_own_difference_and_turns_round(before, after):
    there, back = change(before, after), change(after, before)

    assert there.low <= there.points + 1e-9 and there.points <= there.high + 1e-9
    assert isclose(there.low, -back.high, abs_tol=1e-9) and isclose(there.high, -back.low, abs_tol=1e-9)
    # What is read never says more than the figures.
    _points, low, high = there.told
    assert low <= there.low and high >= there.high
    assert there.verdict == {Verdict.UP: Verdict.DOWN, Verdict.DOWN: Verdict.UP}.get(back.verdict, Verdict.NONE)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(1.0, 5.0, Verdict.UP), (0.4, 5.0, Verdict.NONE), (-5.0, -1.0, Verdict.DOWN), (-5.0, -0.2, Verdict.NONE)],
)
def test_clear_is_the_whole_interval_as_it_is_read(low, high, verdict):
    assert Change((low + high) / 2, low, high).verdict == verdict


def test_a_flat_line_is_one_where_no_two_editions_differ():
    flat = [Share(520, 1000), Share(500, 1000), Share(510, 1000)]
    # Each step is small, and the last is far from the first.
    slope = [Share(500, 1000), Share(540, 1000), Share(580, 1000)]

    assert is_flat(flat) and not is_flat(slope) and not is_flat(flat[:1])
