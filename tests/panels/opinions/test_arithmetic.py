"""The arithmetic of a rule: exact, whatever the numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.opinions.arithmetic import Figures, Rule, base_count, decided, percent
from panels.opinions.enums import Base

COUNTS = st.integers(0, 1000)


@given(
    st.integers(1, 1000), st.integers(1, 1000), st.sampled_from(list(Base)), st.integers(0, 100),
    COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS,
)  # fmt: skip
def test_met_exactly_when_the_share_and_the_quorum_are(num, den, base, quorum, yes, no, blank, void, more, absent):
    rule = Rule(min(num, den), max(num, den), base, quorum)
    present = yes + no + blank + void + more
    figures = Figures(yes, no, blank, void, present, present + absent)
    found = decided(rule, figures)
    count = base_count(base, figures)
    share = yes > 0 and Fraction(yes, count) >= rule.share
    enough = not figures.members or Fraction(100 * present, figures.members) >= quorum
    assert (found.is_met, found.quorum_met, found.base_count) == (share and enough, enough, count)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_exactly_the_share_is_enough_and_one_vote_less_is_not(num, more, times):
    """Two thirds of three hundred is two hundred: no rounding moves the line."""
    yes, no = num * times, more * times
    rule = Rule(num, num + more)
    assert decided(rule, Figures(yes, no, 0, 0, yes + no, yes + no)).is_met
    assert not decided(rule, Figures(yes - 1, no + 1, 0, 0, yes + no, yes + no)).is_met


def test_the_share_of_the_demo_city_is_just_enough():
    assert decided(Rule(60, 100), Figures(31, 20, 3, 0, 54, 60)).is_met
    assert not decided(Rule(61, 100), Figures(31, 20, 3, 0, 54, 60)).is_met
    assert not decided(Rule(60, 100), Figures(26, 24, 4, 0, 54, 60)).is_met
    assert percent(Fraction(31, 51)) == "60,8"


@pytest.mark.parametrize(
    ("share", "below", "told"),
    [(Fraction(3, 5), None, "60"), (Fraction(5999, 10000), Fraction(3, 5), "59,9"), (Fraction(1, 3), None, "33,3")],
)
def test_a_share_that_misses_is_never_told_as_reached(share, below, told):
    assert percent(share, below=below) == told
