"""The analyser alone."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from src.search.analyser import STOP_WORDS, fold, stem, stem_word, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("école", "ecoles"),
        ("l'école", "L’ÉCOLE"),
        ("décidées", "decidees"),
        ("décidées", "décider"),
        ("ouvrière", "ouvriers"),
        ("travaux", "travail"),
        ("journaux", "journal"),
        ("cœur", "coeur"),
        ("interprète", "interpretes"),
        ("réunions", "reunion"),
        ("qu'une cantine", "cantines"),
        ("jusqu’au portail", "portails"),
        ("nettoyer", "nettoyée"),
        ("vélos-cargos", "vélo cargo"),
    ],
)
def test_stem_gathers_the_forms_of_a_word(one, other):
    assert stem(one) == stem(other) != ""


def test_stem_keeps_different_words_apart():
    assert len({stem(word) for word in ("carnet", "cantine", "camion", "casier", "banc", "banque")}) == 6


def test_stem_drops_what_says_nothing():
    assert stem("Il y a de la et l' aux qu'") == ""


def test_stem_keeps_references_and_numbers_whole():
    assert stems("idée 7K3F9Q, quai 24b") == ["ide", "7k3f9q", "quai", "24b"]


def test_stop_words_are_written_as_they_are_compared():
    assert {word for word in STOP_WORDS if fold(word) != word} == set()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_stem_of_anything_is_plain_words(text):
    result = stem(text)

    assert result == " ".join(result.split())
    assert all(word.isalnum() for word in result.split())
    assert "\x00" not in result


def test_threads_do_not_stem_one_anothers_words():
    words = [f"{a}{b}{c}" for a in ("cond", "parl", "modern", "organ") for b in ("is", "ass", "ific", "at") for c in
             ("eraient", "ations", "euses", "ements", "issions", "ables", "ateurs", "ées")]  # fmt: skip
    stem_word.cache_clear()
    alone = [stem_word.__wrapped__(word) for word in words]
    turns = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda _turn: [stem_word.__wrapped__(w) for w in words], range(24)))
    finally:
        sys.setswitchinterval(turns)

    assert [stems for stems in together if stems != alone] == []
