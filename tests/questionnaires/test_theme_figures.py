"""Counts of themes told together: nobody who adds and subtracts them finds a small one; the naive rule falls."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.questionnaires.theme_figures import tellable

K = 3
BASE = frozenset(range(14))
THEMES = st.dictionaries(st.sampled_from("abc"), st.frozensets(st.sampled_from(sorted(BASE))), min_size=1)


def found_small(told, sets, base, k) -> bool:
    """An adversary tries every sum and difference of the counts told and of the number read, knowing what is inside

    what: a result that counts texts, each at most once, and is under k.
    """
    whole = [base, *(sets[name] for name in sorted(told))]
    for signs in product((-1, 0, 1), repeat=len(whole)):
        values = [sum(sign for sign, texts in zip(signs, whole, strict=True) if text in texts) for text in base]
        if set(values) <= {0, 1} and 0 < sum(values) < k:
            return True
    return False


def naive(sets, base, k):
    return {name for name, texts in sets.items() if len(texts) >= k}


@given(THEMES)
def test_no_small_count_is_found_among_three_themes(sets):
    assert not found_small(tellable(sets, BASE, K), sets, BASE, K)


def test_the_naive_rule_falls_to_the_same_adversary():
    nested = {"a": frozenset(range(8)), "b": frozenset(range(6))}

    assert found_small(naive(nested, BASE, K), nested, BASE, K)


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        pytest.param({"a": range(5)}, "a", id="alone"),
        pytest.param({"a": range(2)}, "", id="under k"),
        pytest.param({"a": range(12)}, "", id="all but two"),
        pytest.param({"a": range(8), "b": range(6)}, "a", id="nested, two apart"),
        pytest.param({"a": range(8), "b": range(5)}, "ab", id="nested, three apart"),
        pytest.param({"a": range(8), "b": range(8)}, "ab", id="the same answers"),
        pytest.param({"a": range(6), "b": range(6, 12)}, "", id="two that leave two, equals go together"),
        pytest.param({"a": range(8), "b": range(7, 14)}, "a", id="one answer in both, all covered"),
        pytest.param({"a": range(9), "b": range(4), "c": range(4, 8)}, "a", id="parts that leave one"),
        pytest.param(
            {"a": range(4), "b": range(4, 7), "c": range(7, 10), "d": range(10, 13)}, "a", id="four parts leave one"
        ),
    ],
)
def test_cases(sets, told):
    sets = {name: frozenset(texts) for name, texts in sets.items()}

    assert "".join(sorted(tellable(sets, BASE, K))) == told


def test_what_cannot_be_tried_is_not_told(monkeypatch):
    monkeypatch.setattr("src.questionnaires.theme_figures.MOST_STEPS", 0)

    assert tellable({"a": frozenset(range(6)), "b": frozenset(range(3))}, BASE, K) == frozenset()
