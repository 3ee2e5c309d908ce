"""Counts that may be published: whoever adds and subtracts learns no count under the smallest number."""

from hypothesis import given
from hypothesis import strategies as st

from src.participation.small_numbers import Cell, publishable

K = 11
CELLS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 20])), max_size=8)


@given(CELLS)
def test_no_small_count_is_shown_and_the_total_stays_true(drawn):
    cells = [Cell(str(number), count, k) for number, (count, k) in enumerate(drawn)]

    shown, together = publishable(cells)

    asked = {cell.key: max(cell.k, K) for cell in cells}
    assert all(cell.count >= asked[cell.key] for cell in shown)
    kept_back = [cell for cell in cells if cell.count and cell.key not in {one.key for one in shown}]
    if together:
        assert together == sum(cell.count for cell in kept_back)
        assert together >= max(asked[cell.key] for cell in kept_back if cell.count < asked[cell.key])
        # Alone among the others, a count would be told by them.
        assert len(kept_back) > 1
    elif kept_back:
        assert shown == []


def test_examples():
    assert publishable([Cell("a", 3), Cell("b", 4)]) == ([], 0)
    assert publishable([Cell("a", 30), Cell("b", 4)]) == ([], 34)
    assert publishable([Cell("a", 30), Cell("b", 6), Cell("c", 7)]) == ([Cell("a", 30, 11)], 13)
    assert publishable([Cell("a", 30), Cell("b", 0)]) == ([Cell("a", 30, 11)], 0)
    assert publishable([Cell("a", 15, 20), Cell("b", 40)]) == ([], 55)
