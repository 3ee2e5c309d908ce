"""What is told in steps leaves k possible counts for each place, whatever else is told beside it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from trainings.coverage.released import STEPS, Share, possible, step_of, together, told

K = 11


@st.composite
def places(draw):
    found = []
    for key in range(draw(st.integers(1, 6))):
        asked = draw(st.one_of(st.integers(1, 60), st.integers(1, 4000)))
        found.append(Share(key, asked, draw(st.one_of(st.just(0), st.just(asked), st.integers(0, asked)))))
    return found


def test_a_large_place_is_told_finely_and_a_small_one_not_at_all():
    assert [step_of(asked, K) for asked in (2000, 690, 110, 47, 22, 21)] == [1, 2, 10, 25, 50, None]
    assert not told(Share("x", 21, 10), K).is_told
    one = told(Share("x", 690, 683), K)
    assert (one.low, one.high, one.asked) == (98, 100, 690)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 5000), st.data())
def test_the_step_told_holds_the_true_count_and_k_others(asked, data):
    covered = data.draw(st.integers(0, asked))

    one = told(Share("x", asked, covered), K)

    first, last = possible(one, asked)
    assert first <= covered <= last
    assert last - first + 1 >= min(K, asked + 1)
    assert not one.is_told or one.high - one.low in STEPS


@settings(max_examples=400, deadline=None)
@given(places())
def test_subtracting_what_is_told_from_the_whole_leaves_each_place_as_hidden(shares):
    """Whoever knows how many are asked everywhere solves what is published as intervals."""
    each, whole = together(shares, K)
    spans = [possible(one, share.asked) for one, share in zip(each, shares, strict=True)]
    if whole is None:
        assert all(
            last - first + 1 >= min(K, share.asked + 1) for (first, last), share in zip(spans, shares, strict=True)
        )
        return
    least, most = possible(whole, sum(share.asked for share in shares))

    for place, share in enumerate(shares):
        others = [span for other, span in enumerate(spans) if other != place]
        first = max(spans[place][0], least - sum(last for _first, last in others))
        last = min(spans[place][1], most - sum(first for first, _last in others))
        assert first <= share.covered <= last
        assert last - first + 1 >= min(K, share.asked + 1)


def test_the_naive_total_is_broken_by_the_same_subtraction():
    """The control: an exact total beside exact shares gives the hidden place back."""
    shares = [Share("a", 400, 300), Share("b", 300, 120), Share("hidden", 5, 5)]

    assert sum(one.covered for one in shares) - 300 - 120 == 5


def test_a_whole_that_would_narrow_a_place_is_not_told():
    """Ten people, all trained: told beside 0 to 25 % of the others, the share of the whole would say it."""
    each, whole = together([Share("a", 44, 4), Share("b", 10, 10)], K)

    assert [one.is_told for one in each] == [True, False]
    assert told(Share(None, 54, 14), K).is_told
    assert whole is None
