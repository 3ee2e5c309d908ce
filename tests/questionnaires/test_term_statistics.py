"""Term statistics: cases worked by hand, and what holds for any pile of texts."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.questionnaires import term_statistics as stats

TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), max_size=12)


def test_log_likelihood_by_hand():
    """30 times in 1,000 words against 10 in 1,000: both expected at 20."""
    assert stats.log_likelihood(30, 10, 1000, 1000) == pytest.approx(2 * (30 * log(1.5) + 10 * log(0.5)))
    assert stats.log_likelihood(20, 20, 1000, 1000) == stats.log_likelihood(0, 0, 10, 10) == 0


def test_association_by_hand():
    """Ten texts, two terms in five each: together in four, 2.5 expected; apart oftener than chance, nothing."""
    worked = 2 * (4 * log(4 / 2.5) + 1 * log(1 / 2.5) + 1 * log(1 / 2.5) + 4 * log(4 / 2.5))

    assert stats.association(4, 5, 5, 10) == pytest.approx(worked)
    assert stats.association(1, 5, 5, 10) == 0


def test_words_that_come_back_and_what_goes_with_them():
    texts = [["bus", "retard"]] * 3 + [["bus", "prix"]] + [["banc"]] * 3 + [["rien"]] * 3

    found = stats.recurrent(texts, least=3)

    assert [(one.term, one.texts, one.beside) for one in found] == [
        ("bus", 4, ("retard",)), ("banc", 3, ()), ("retard", 3, ("bus",)), ("rien", 3, ()),
    ]  # fmt: skip


def test_what_is_left_is_told_by_its_own_words():
    found = stats.peculiar([["froid", "vestiaire"]] * 4, [["planning", "vestiaire"]] * 20)

    assert [one.term for one in found] == ["froid"]


def test_class_based_tf_idf_by_hand():
    """Two classes of 3 and 1 terms, A = 2: « bus » 2/3 × ln(1 + 2/2), « prix » 1/3 × ln(1 + 2/2)."""
    assert stats.characteristic({"a": [["bus", "bus"], ["prix"]], "b": [["prix"]]}) == {
        "a": ["bus", "prix"],
        "b": ["prix"],
    }


@given(TEXTS)
def test_any_pile_of_texts(texts):
    space = stats.Neighbours(dict(enumerate(texts)))
    for name, vector in space.vectors.items():
        near = space.nearest(vector, most=len(texts))
        assert all(0 < cosine <= 1 for _name, cosine in near)
        assert [cosine for _name, cosine in near] == sorted((cosine for _name, cosine in near), reverse=True)
        if vector:
            # A text is the nearest to itself, and a text without a word in common isn't there.
            assert dict(near)[name] == pytest.approx(1)
            assert all(set(texts[other]) & set(texts[name]) for other, _cosine in near)
    assert space.centre(range(len(texts))).keys() == {term for text in texts for term in text}
    seen = [frozenset(text) for text in texts]
    for one in stats.recurrent(texts, least=1):
        assert one.texts == sum(one.term in text for text in seen) <= max(1, len(texts) / 2)
    assert all(one.score > 0 for one in stats.peculiar(texts[:6], texts[6:], least=1) if texts[6:])
