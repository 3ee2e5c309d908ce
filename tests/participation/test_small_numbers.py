"""Counts that may be published: whoever adds and subtracts learns no count under the smallest number."""

from hypothesis import given
from hypothesis import strategies as st

from src.participation.small_numbers import Cell, publishable

K = 11


@given(st.lists(st.integers(0, 60), max_size=8), st.sampled_from([0, 20]))
def test_no_small_count_is_shown_and_the_total_stays_true(counts, asked):
    cells = [Cell(str(number), count) for number, count in enumerate(counts)]
    k = max(K, asked)

    shown, together = publishable(cells, asked)

    assert all(cell.count >= k for cell in shown)
    kept_back = [cell for cell in cells if cell.count and cell not in shown]
    if together:
        assert together == sum(cell.count for cell in kept_back) >= k
        # Alone among the others, a count would be told by them.
        assert len(kept_back) > 1
    elif kept_back:
        assert shown == []


def test_examples():
    assert publishable([Cell("a", 3), Cell("b", 4)]) == ([], 0)
    assert publishable([Cell("a", 30), Cell("b", 4)]) == ([], 34)
    assert publishable([Cell("a", 30), Cell("b", 6), Cell("c", 7)]) == ([Cell("a", 30)], 13)
    assert publishable([Cell("a", 30), Cell("b", 0)]) == ([Cell("a", 30)], 0)
    assert publishable([Cell("a", 15), Cell("b", 40)], 20) == ([], 55)
    # Eleven and what joins it: the smallest shown has an equal, and between equals there is no choice.
    assert publishable([Cell("a", 1), Cell("b", 11), Cell("c", 11), Cell("d", 40)]) == ([Cell("d", 40)], 23)
    # Two tens make twenty in one way only.
    assert publishable([Cell("a", 10), Cell("b", 10), Cell("c", 12), Cell("d", 40)]) == ([Cell("d", 40)], 32)
