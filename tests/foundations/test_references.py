"""Public references: random, readable over a telephone, forgiving when typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.foundations.references import ALPHABET, is_reference, new_reference, normalise


def test_new_reference_uses_every_symbol_about_as_often():
    counts = dict.fromkeys(ALPHABET, 0)
    for symbol in "".join(new_reference() for _ in range(4000)):
        counts[symbol] += 1

    # 24,000 draws of 32: 750 each, standard deviation 27.
    assert set(counts) == set(ALPHABET)
    assert all(600 < count < 900 for count in counts.values())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("k4t-9mz", "K4T9MZ"), (" oil 0o ", "01100"), ("7h2\u202fq1l", "7H2Q11"), ("ab\0c", "ABC")],
)
def test_normalise_reads_what_was_meant(typed, meant):
    assert normalise(typed) == meant


@given(st.text(ALPHABET, min_size=6, max_size=6))
def test_normalise_leaves_a_reference_alone_in_any_case(reference):
    assert normalise(reference.lower()) == reference
    assert is_reference(reference)


@pytest.mark.parametrize("text", ["", "ABC", "ABCDEFG", "ABCDEU", "ÀBCDEF"])
def test_is_reference_refuses_other_forms(text):
    assert not is_reference(text)
