"""French spaces: put where readers expect them, nowhere else, and only once."""

import re

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.growth import assert_linear
from theme.french import NARROW as N
from theme.french import WIDE as W
from theme.french import typeset
from theme.templatetags.theme import fr

TYPED = [
    ("Merci!", f"Merci{N}!"),
    ("Merci !", f"Merci{N}!"),
    ("Quoi ?!", f"Quoi{N}?!"),
    ("Oui ; non", f"Oui{N}; non"),
    ("Oui; non", f"Oui{N}; non"),
    ("Titre : texte", f"Titre{W}: texte"),
    ("Titre: texte", f"Titre{W}: texte"),
    ("100€", f"100{W}€"),
    ("9 000 €", f"9 000{W}€"),
    ("41%", f"41{W}%"),
    ("41 %, puis 46 %", f"41{W}%, puis 46{W}%"),
    ("« non »", f"«{W}non{W}»"),
    ("«non»", f"«{W}non{W}»"),
    ("(vraiment ?)", f"(vraiment{N}?)"),
    ("« Vraiment ? »", f"«{W}Vraiment{N}?{W}»"),
    ("à 14 h 32", f"à 14{W}h{W}32"),
    ("L'eau qu'on a aujourd'hui", "L’eau qu’on a aujourd’hui"),
    ("d'1 h, qu'« il »", f"d’1 h, qu’«{W}il{W}»"),
    ("l'<em>eau", "l’<em>eau"),
]
LEFT_ALONE = [
    "https://exemple.fr/page?a=1;b=2!",
    "voir www.exemple.fr/?q=1: rien",
    "14:30",
    "de 14:30 à 15:45",
    "C:/dossier",
    "prenom.nom@ville.fr",
    "page?x=1",
    "`if (a) ; !b ? c : d`",
    "mailto:a@b.fr",
    "100%20de",
    "%(name)s et %s",
    "!important",
    "?",
    ":",
    "",
    "l’eau",
    "un tuyau de 5' et 10''",
    "le mot 'eau' seul",
    "`l'eau`",
    "https://exemple.fr/l'eau",
    "o'brien@ville.fr",
]


@pytest.mark.parametrize(("text", "expected"), TYPED)
def test_spaces_of_a_sentence(text, expected):
    assert typeset(text) == expected


@pytest.mark.parametrize("text", [text for text in LEFT_ALONE if "rien" not in text])
def test_addresses_times_and_code_are_left_alone(text):
    assert typeset(text) == text


def test_html_keeps_its_tags_code_and_references():
    html = '<a href="/x?a=1;b=2" title="Quoi ?">Oui ?</a> <code>a ? b : c</code> &amp; l&#x27;eau !'

    assert typeset(html, html=True) == (
        f'<a href="/x?a=1;b=2" title="Quoi ?">Oui{N}?</a> <code>a ? b : c</code> &amp; l’eau{N}!'
    )


def test_html_keeps_the_apostrophes_of_its_attributes_and_code():
    html = '<a href="https://a.fr/l\'eau" title="l&#39;eau">l&#39;eau</a> <code>l\'eau</code> l\'eau 5&#x27; &#x27;x&#x27;'

    assert typeset(html, html=True) == html.replace(">l&#39;eau<", ">l’eau<").replace("> l'eau 5", "> l’eau 5")


def test_plain_text_is_escaped_after_and_safe_html_stays_safe():
    template = Template("{{ plain|fr }} {{ safe|fr }}")

    shown = template.render(Context({"plain": "<b>Oui ?</b>", "safe": mark_safe("<b>Oui ?</b>")}))

    assert shown == f"&lt;b&gt;Oui{N}?&lt;/b&gt; <b>Oui{N}?</b>"
    assert isinstance(fr(mark_safe("<b>a</b>")), SafeString)
    assert not isinstance(fr("<b>a</b>"), SafeString)


def test_pages_in_another_language_keep_their_spaces():
    with override("en"):
        assert fr("Really? Yes: 41%") == "Really? Yes: 41%"


def test_nothing_is_nothing():
    assert [fr(None), fr("")] == ["", ""]


WORDS = st.sampled_from(
    [
        "oui",
        "l’eau",
        "l'eau",
        "'",
        "&#x27;",
        "14",
        "14:30",
        "100",
        "«",
        "»",
        "!",
        "?",
        ";",
        ":",
        "%",
        "€",
        "(",
        ")",
        "…",
        ".",
        "`a ? b`",
        "https://a.fr/?b=1",
        "x@y.fr",
        "<b>",
        "</b>",
        "&amp;",
        "<code>a ;",
        "</code>",
        "h",
        "32",
    ]
)
GLUE = st.sampled_from(["", " ", "  ", N, W, "\n"])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(WORDS, GLUE), max_size=14).map(lambda parts: "".join(a + b for a, b in parts)),
)
BLANK = re.compile(f"[ {N}{W}]")


def _bare(text):
    """The text without its spaces, its apostrophes all alike."""
    return re.sub("&#(?:39|x27);|'", "’", BLANK.sub("", text), flags=re.I)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
@example("« « oui » »", False)
@example("a ?; !", False)
@example("14 h 32 h 10", False)
def test_twice_is_once(text, html):
    once = typeset(text, html=html)

    assert typeset(once, html=html) == once


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
def test_only_spaces_and_apostrophes_change(text, html):
    assert _bare(typeset(text, html=html)) == _bare(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_tags_never_change(text):
    tags = re.compile(r"<[^>]*>")

    assert tags.findall(typeset(text, html=True)) == tags.findall(text)


@pytest.mark.parametrize(
    "hostile",
    [
        lambda n: "a" * n + " !",
        lambda n: "a." * (n // 2) + "!",
        lambda n: "a-" * (n // 2) + ":",
        lambda n: " " * n + "!",
        lambda n: "<code" * (n // 5),
        lambda n: "«" * n,
        lambda n: "a'" * (n // 2),
        lambda n: "a'" + "b." * (n // 2),
        lambda n: "a&#39;" * (n // 6),
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_a_hostile_text_costs_no_more_than_its_length(hostile, html):
    assert_linear(lambda text: typeset(text, html=html), hostile, size=2_500)
