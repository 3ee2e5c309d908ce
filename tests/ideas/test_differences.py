"""Words that changed between two texts, whatever the texts."""

import pytest

from ideas.differences import ADDED, REMOVED, SAME, Piece, changes, plain
from src.foundations.text import plain_to_html
from tests.growth import assert_linear


def rebuilt(pieces, *kinds) -> list[str]:
    return " ".join(piece.text for piece in pieces if piece.kind in (SAME, *kinds)).split()


def test_words_that_came_and_went_are_told_in_their_place():
    pieces = changes("Un banc de six places près du portail.", "Un banc couvert de huit places près du portail.")

    assert pieces == [
        Piece(SAME, "Un banc"),
        Piece(ADDED, "couvert"),
        Piece(SAME, "de"),
        Piece(REMOVED, "six"),
        Piece(ADDED, "huit"),
        Piece(SAME, "places près du portail."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "Tout est neuf."),
        ("Tout part.", ""),
        ("Une ligne.\nUne autre.", "Une ligne.\n\nUne autre."),
        ("a b " * 300, "b a a " * 200),
        ("<b>gras</b> &amp; reste", "<i>gras</i> &amp; reste"),
    ],
)
def test_both_texts_are_read_again_from_the_pieces(before, after):
    pieces = changes(before, after)

    assert rebuilt(pieces, REMOVED) == before.split()
    assert rebuilt(pieces, ADDED) == after.split()


def test_spaces_and_line_breaks_alone_change_no_word():
    assert {piece.kind for piece in changes("Une ligne.\nUne autre.", "Une ligne.\n\nUne autre.")} == {SAME}


@pytest.mark.parametrize("text", ["Un <banc> & un abri.\nÀ l'entrée.\n\nhttps://ville.example/plan", "&lt;b&gt;"])
def test_the_text_of_a_version_comes_back_as_it_was_typed(text):
    assert plain(plain_to_html(text)) == text


@pytest.mark.parametrize("words", ["a b ", "a a ", "a b c a "])
def test_a_text_made_to_be_slow_isn_t(words):
    assert_linear(lambda text: changes(text, text[2:] + "fin " + text[:8]), lambda n: words * n, size=200)
