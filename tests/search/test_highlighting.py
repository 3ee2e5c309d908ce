"""Marks and passages: always escaped, always a word of the question when the text holds one."""

import re
import unicodedata

import pytest
from django.utils.html import escape, strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from src.search import question
from src.search.analyser import stems
from src.search.highlighting import PASSAGE, Wanted, found_words, marked, passage

TEXT = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            "casier",
            "Casiers",
            "l'école",
            "ÉCOLES",
            "<b>",
            "</mark>",
            "&amp;",
            '"',
            "œuvre",
            "décidées",
            "x̂y",
            "ﬁche",
            "㎏",
        ]
    ),
    max_size=20,
).map(" ".join)


def wanted(query: str) -> Wanted:
    return Wanted.of(question.exact(question.asked_words(query)))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("casier", "Des casiers assez hauts", "Des <mark>casiers</mark> assez hauts"),
        ("école", "L'école et les ECOLES", "L&#x27;<mark>école</mark> et les <mark>ECOLES</mark>"),
        ("decidee", "Décidées hier", "<mark>Décidées</mark> hier"),
        ("vélo-cargo", "Un vélo, deux cargos", "Un <mark>vélo</mark>, deux <mark>cargos</mark>"),
        ("interp", "Un interprète", "Un <mark>interprète</mark>"),
        ("banc", "<script>banc</script>", "&lt;script&gt;<mark>banc</mark>&lt;/script&gt;"),
        ("mark", "</mark><mark>", "&lt;/<mark>mark</mark>&gt;&lt;<mark>mark</mark>&gt;"),
        ("de la", "De la cantine", "De la cantine"),
        ("e\u0301cole", "une e\u0301cole", "une <mark>école</mark>"),
    ],
)
def test_marked_marks_the_forms_of_words_and_escapes_the_rest(query, text, expected):
    assert marked(text, wanted(query)) == expected


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_marks_never_break_the_escaping(query, text):
    html = marked(text, wanted(query))

    assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}
    assert re.sub("</?mark>", "", html) == escape(" ".join(re_normalised(text).split()))
    assert html.count("<mark>") == html.count("</mark>")
    assert "<mark><" not in html


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_a_word_of_the_question_is_always_marked(query, text):
    asked = wanted(query)
    held = set(stems(text)) & asked.stems

    html, holds = passage(text, asked)

    assert bool(held) <= holds
    assert holds == ("<mark>" in html)
    assert all(set(stems(word)) for word in found_words(text, asked))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(0, 40))
def test_a_passage_is_short_and_of_the_text(text, times):
    long = f"{'mot ' * times * 10}{text} casier {'suite ' * 80}"

    html, holds = passage(long, wanted("casiers"))

    plain = strip_tags(html.replace("… ", "").replace(" …", ""))
    assert holds
    assert len(plain) <= PASSAGE * 6


def re_normalised(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_a_passage_begins_near_the_word_and_cuts_no_word():
    text = f"{'avant ' * 60}le casier du vestiaire {'après ' * 80}"

    html, _holds = passage(text, wanted("casier"))

    assert html.startswith("… avant ")
    assert html.endswith("après …")
    assert "<mark>casier</mark> du vestiaire" in html
    assert set(html.replace("…", "").split()) == {"avant", "le", "<mark>casier</mark>", "du", "vestiaire", "après"}


def test_without_the_word_a_passage_is_the_beginning():
    html, holds = passage("Un banc à l'abri. " * 40, wanted("casier"))

    assert holds is False
    assert html.startswith("Un banc à l&#x27;abri.")
    assert html.endswith("…")
