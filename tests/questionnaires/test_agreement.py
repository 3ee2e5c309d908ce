"""Agreement of two readers, on cases worked by hand, and what holds for any two readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.questionnaires import agreement

A, B, AB, NONE = frozenset("a"), frozenset("b"), frozenset("ab"), frozenset()
PAIRS = st.lists(st.tuples(*[st.frozensets(st.sampled_from("abc"))] * 2), min_size=2, max_size=12)


def test_cohens_kappa_by_hand():
    """50 texts: 20 both, 5 and 10 alone, 15 neither. po = 35/50; pe = (25 × 30 + 25 × 20) / 2500 = 0.5; κ = 0.4."""
    assert agreement.kappa(20, 5, 10, 15) == pytest.approx(0.4)
    # Everybody always gave it: chance alone agrees, κ has no meaning.
    assert agreement.kappa(50, 0, 0, 0) is None
    assert agreement.kappa(0, 0, 0, 0) is None


def test_masi_distance():
    """Same; one inside the other: 1 − 1/2 × 2/3; meeting: 1 − 1/3 × 1/3; nothing in common; « aucun »."""
    worked = [(A, A, 0), (A, AB, 2 / 3), (AB, frozenset("bc"), 8 / 9), (A, B, 1), (NONE, NONE, 0), (NONE, A, 1)]

    assert [agreement.distance(one, other) for one, other, _ in worked] == pytest.approx([d for *_, d in worked])


def test_krippendorffs_alpha_by_hand():
    """Four texts: a/a, a/a, b/b, a/ab. Do = (2/3) / 4 = 1/6.

    Eight values: a five times, b twice, ab once. De, over the 8 × 7 ordered pairs:
    2 × (5 × 2 × 1 + 5 × 1 × 2/3 + 2 × 1 × 2/3) / 56 = 2 × (44/3) / 56 = 11/21. α = 1 − (1/6) / (11/21) = 15/22.
    """
    assert agreement.alpha([(A, A), (A, A), (B, B), (A, AB)]) == pytest.approx(15 / 22)
    assert agreement.alpha([(A, A), (A, A)]) is None


@given(PAIRS)
def test_any_two_readings(pairs):
    swapped = [(second, first) for first, second in pairs]
    for one in agreement.by_theme(pairs, "abc"):
        assert one.both + one.first_only + one.second_only + one.neither == len(pairs)
        assert one.kappa is None or -1 <= one.kappa <= 1
        if one.kappa == 1:
            assert not one.first_only and not one.second_only
    value = agreement.alpha(pairs)
    assert value == pytest.approx(agreement.alpha(swapped)) if value is not None else agreement.alpha(swapped) is None
    if value is not None:
        assert (value == 1) == (agreement.identical(pairs) == len(pairs))
