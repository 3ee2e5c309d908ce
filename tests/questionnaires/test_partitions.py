"""Partitions whose every cell is large enough: of people, and of answers."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.participation.small_numbers import Cell, publishable
from src.questionnaires.partitions import OTHERS, coarsened, folded, summed

K = 5
CODES = "abcdef"


@given(st.dictionaries(st.sampled_from(CODES), st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_each_group_reaches_k_on_both_sides_and_nobody_is_lost(drawn):
    counts = {code: answered for code, (answered, _missing) in drawn.items()}
    people = {code: answered + missing for code, (answered, missing) in drawn.items()}

    groups = folded(counts, K, people)

    assert sorted(code for group in groups for code in group) == sorted(code for code in drawn if people[code])
    if len(groups) > 1:
        for group in groups:
            answered = sum(counts[code] for code in group)
            assert answered >= K and sum(people[code] for code in group) - answered >= K


def test_examples_of_categories():
    assert folded({"a": 30, "b": 4, "c": 9}, K) == [("a",), ("b", "c")]
    assert folded({"a": 30, "b": 4, "c": 2, "d": 3}, K) == [("a",), ("b", "c", "d")]
    # Four alone are four too few: the smallest that stands joins them, and its equal.
    assert folded({"a": 30, "b": 4, "c": 9, "d": 9}, K) == [("a",), ("b", "c", "d")]
    assert folded({"a": 30, "b": 4}, K) == [("a", "b")]
    # 28 of 30 answered: who didn't would be told.
    assert folded({"a": 28, "b": 20, "c": 20}, K, {"a": 30, "b": 90, "c": 95}) == [("a", "b", "c")]
    assert folded({"a": 28, "b": 20, "c": 25}, K, {"a": 30, "b": 90, "c": 95}) == [("c",), ("a", "b")]
    # The others of the frame are others here too.
    assert folded({"a": 28, OTHERS: 20}, K) == [("a",), (OTHERS,)]
    # Two fours make eight in one way only for whoever knows the rule.
    assert folded({"a": 30, "b": 4, "c": 4, "d": 12}, K) == [("a",), ("b", "c", "d")]


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 25), min_size=width, max_size=width), min_size=2, max_size=5)
    )
)
def test_every_cell_told_reaches_k(matrix):
    found = coarsened(matrix, K)

    if found is None:
        return
    lines, columns = found
    assert sorted(sum(lines, [])) == list(range(len(matrix)))
    assert sum(columns, []) == list(range(len(matrix[0])))
    assert min(len(lines), len(columns)) > 1
    assert all(sum(matrix[line][column] for line in row for column in part) >= K for row in lines for part in columns)


def test_examples_of_tables():
    whole = [[9, 8, 7], [6, 6, 6]]
    assert coarsened(whole, K) == ([[0], [1]], [[0], [1], [2]])
    # The second answer is small in the second line: it goes with its neighbour in both.
    assert coarsened([[9, 8, 9], [7, 2, 6]], K) == ([[0], [1]], [[0], [1, 2]])
    # Two small lines go together rather than leave one answer to everybody.
    assert coarsened([[9, 8], [9, 7], [4, 9], [9, 4]], K) == ([[0], [1], [2, 3]], [[0], [1]])
    assert coarsened([[9, 1], [9, 1]], K) is None


def worlds_of(cells, most):
    """Every way to put up to ``most`` people in so many cells."""
    if cells == 0:
        return [()]
    return [(first, *rest) for first in range(most + 1) for rest in worlds_of(cells - 1, most - first)]


@pytest.mark.parametrize(("lines", "most"), [(2, 18), (3, 14)])
def test_whoever_knows_the_rule_recovers_no_small_count_either(lines, most, settings):
    """Every world of two answers: those that would have told the same tables agree on no small cell."""
    settings.TERRAIN_K = settings.TERRAIN_K_FLOOR = k = 3
    codes = CODES[:lines]
    same = defaultdict(list)
    whole = 0
    for world in worlds_of(2 * lines, most):
        matrix = list(zip(world[::2], world[1::2], strict=True))
        totals = [sum(column) for column in zip(*matrix, strict=True)]
        shown, together = publishable([Cell(str(n), total) for n, total in enumerate(totals)], k)
        told = [sum(world), tuple((cell.key, cell.count) for cell in shown), together]
        people = {code: sum(line) for code, line in zip(codes, matrix, strict=True)}
        groups = folded(people, k)
        if len(groups) > 1:
            told += [tuple(groups), tuple(sum(people[code] for code in group) for group in groups)]
        if len(groups) > 1 and len(shown) == 2:
            sums = [summed(matrix, [codes.index(code) for code in group]) for group in groups]
            found = coarsened(sums, k, len(groups) - 1 if len(groups[-1]) > 1 else None)
            if found:
                told.append(str([(line, summed(sums, line)) for line in found[0]]))
                whole += 1
        same[tuple(told)].append(world)

    recovered = 0
    for worlds in same.values():
        for cell in range(2 * lines):
            values = {world[cell] for world in worlds}
            recovered += len(values) == 1 and 0 < values.pop() < k
    print(f"{sum(map(len, same.values()))} worlds, {whole} told by category: {recovered} cells recovered")
    assert whole > 100 and recovered == 0
