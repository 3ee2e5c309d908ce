"""The net of languages: two whole catalogues that agree, no word outside them, each language written its own way."""

import ast
import datetime
import gettext
import re
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.safestring import mark_safe

from src.foundations.management.commands.messages import mismatches
from tests.french import CONTENT, catalogues, folder_of, forms, french, french_in
from theme import english
from theme.templatetags import theme as tags

ROOMS = ("src", "theme", "ideas", "consultations", "panels", "trainings")
LANGUAGES = ("fr", "en")
ROOT = Path(settings.BASE_DIR)

# --- Two whole catalogues --------------------------------------------------------------------------------------------


def keys(catalogue) -> set:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue}


def test_each_room_says_the_same_things_in_both_languages():
    assert {label: keys(one) for label, one in catalogues("fr").items()} == {
        label: keys(one) for label, one in catalogues("en").items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_in_doubt_or_left_over(language):
    faults = [
        (label, entry.msgid)
        for label, one in catalogues(language).items()
        for entry in one
        if entry.fuzzy or entry.obsolete or not all(forms(entry))
    ]

    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_and_marks_are_the_same_in_each_language(language):
    assert [fault for one in catalogues(language).values() for entry in one for fault in mismatches(entry)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    stale = []
    for label, path in folder_of(language):
        with path.with_suffix(".mo").open("rb") as file:
            said = gettext.GNUTranslations(file)._catalog
        for entry in catalogues(language)[label]:
            context = f"{entry.msgctxt}\x04" if entry.msgctxt else ""
            compiled = (
                [said.get((context + entry.msgid, int(form))) for form in entry.msgstr_plural]
                if entry.msgid_plural
                else [said.get(context + entry.msgid)]
            )
            if compiled != forms(entry):
                stale.append((label, entry.msgid))

    assert stale == []


@pytest.mark.parametrize(
    ("source", "said", "faulty"),
    [
        ("%(n)s ideas of %(who)s", "%(n)s idées de %(who)s", False),
        ("%(n)s ideas", "%(m)s idées", True),
        ("{name} isn't here", "{nom} n’est pas là", True),
        ("<b>Open</b> until", "<strong>Ouvert</strong> jusqu’au", True),
        ("100%% sure", "sûr à 100 %%", False),
    ],
)
def test_a_value_lost_on_the_way_is_seen(source, said, faulty):
    assert bool(mismatches(polib.POEntry(msgid=source, msgstr=said))) is faulty


# --- English that reads well -----------------------------------------------------------------------------------------

# French words that English sentences quote: what is printed on a receipt, the header of a file, an example to type.
QUOTED = ("rédaction", "Contrôle", "Hôtel de ville", "relecture sur place", "protégé", "Ce qu’on installe")
AMERICAN = re.compile(
    r"\b(?:\w*(?:organiz|recogniz|realiz|summariz|apologiz)\w*|colors?|centers?|canceled|favorites?)\b"
)
OTHER_WORDS = {
    r"\bemails?\b": "e-mail",
    r"\blog ?-?(?:in|out)\b": "sign in, sign out",
    r"\bwebsite\b": "site",
    r"\bupvotes?\b|\blikes\b": "support",
    r"\bcheck ?list\b": "list",
}
ACCENTED = re.compile(r"[àâçèêëîïôùûœ]|«|»| [;:!?](?:\s|$)")


def english_texts():
    return [(entry, text) for one in catalogues("en").values() for entry in one for text in forms(entry)]


def test_english_holds_no_french():
    faults = [
        text
        for _entry, text in english_texts()
        if ACCENTED.search(text) and not any(known in text for known in QUOTED) and "; or ," not in text
    ]

    assert faults == []


def test_english_is_typeset():
    wrong = [text for entry, text in english_texts() if english.typeset(text, html="<" in entry.msgid) != text]

    assert wrong == []


def test_english_has_one_spelling_and_one_word_a_thing():
    texts = [text for _entry, text in english_texts()]
    found = [text for text in texts if AMERICAN.search(text)]
    found += [
        (text, said) for pattern, said in OTHER_WORDS.items() for text in texts if re.search(pattern, text, re.I)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("It isn't open", "It isn’t open"),
        ("95 %% of them", "95%% of them"),
        ("%(share)d %%", "%(share)d%%"),
        ("%(kind)s %(reference)s", "%(kind)s %(reference)s"),
        ("see https://ville.test/l'eau", "see https://ville.test/l'eau"),
    ],
)
def test_english_typography(given, printed):
    assert english.typeset(given) == english.typeset(printed) == printed


# --- No word outside the catalogues ----------------------------------------------------------------------------------

# Names, kinds of files, commands to type: the same in every language.
SAME_EVERYWHERE = re.compile(
    r"Terrain|CSV|JSON|XLSX|PDF|SHA-256|sha256sum|/connexion/|python3 .*|manage\.py .*|--expect.*|\w+\.(?:txt|json)"
)
WORD = re.compile(r"[^\W\d_]{2,}")


def words_outside(path: Path) -> list[str]:
    """What a template writes by itself, in text or in a name read aloud."""
    text = path.read_text(encoding="utf-8")
    for pattern in (
        r"{%\s*comment.*?endcomment\s*%}",
        r"{#.*?#}",
        r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}",
        r"<(script|style)\b.*?</\1>",
        r"<!--.*?-->",
    ):
        text = re.sub(pattern, "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "\0", text, flags=re.S)
    chunks = re.findall(r'\b(?:aria-label|title|alt|placeholder|aria-description)="([^"]*)"', text)
    chunks += (re.sub(r"<[^>]*>", "\0", text) if path.suffix == ".html" else text).split("\0")
    return [
        chunk.strip() for chunk in chunks if WORD.search(SAME_EVERYWHERE.sub("", re.sub(r"&\w+;|data-\S+", "", chunk)))
    ]


def test_templates_write_nothing_by_themselves():
    """The gallery is a workshop: its words are samples of content."""
    templates = [
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("templates/**/*")
        if path.suffix in {".html", ".txt"} and "gallery" not in str(path)
    ]

    assert len(templates) > 100
    assert {str(path.relative_to(ROOT)): found for path in templates if (found := words_outside(path))} == {}


def test_a_word_in_a_template_is_seen(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<p title="Fermer">{% translate "Open" %}</p>{# note #}<p>Terrain · CSV</p><b>Bonjour</b>{{ x }}')

    assert words_outside(page) == ["Fermer", "Bonjour"]


REFUSALS = {"ValidationError", "PermissionDenied", "Http404", "TransitionNotAllowed", "WrongState", "ConditionNotMet"}
SHOWN = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}
# What tells where content is written in several languages by hand, or that nobody reads.
BY_HAND = ("demo", "migrations", "gallery", "scale")


def is_words(node) -> bool:
    texts = [node] if isinstance(node, ast.Constant) else node.values if isinstance(node, ast.JoinedStr) else []
    return any(
        isinstance(one, ast.Constant) and isinstance(one.value, str) and WORD.search(one.value) for one in texts
    )


def told_bare(tree) -> list[tuple[int, str]]:
    """Words given to a person without going through a catalogue: refusals, messages, labels."""
    found = []
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = [one.value for one in node.keywords if one.arg in SHOWN]
        if name in REFUSALS and node.args:
            first = node.args[0]
            inside = {ast.List: "elts", ast.Dict: "values"}.get(type(first))
            given += getattr(first, inside) if inside else [first]
        if getattr(getattr(node.func, "value", None), "id", "") == "messages":
            given += node.args[1:2]
        found += [(node.lineno, ast.unparse(one)) for one in given if is_words(one)]
    return found


def test_code_tells_nothing_bare():
    sources = [
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if not any(kept in str(path.relative_to(ROOT)) for kept in BY_HAND)
    ]

    assert len(sources) > 500
    found = {str(path.relative_to(ROOT)): told_bare(ast.parse(path.read_text(encoding="utf-8"))) for path in sources}
    assert {path: told for path, told in found.items() if told} == {}


def test_bare_words_in_code_are_seen():
    code = 'raise ValidationError("No")\nmessages.error(request, f"Too {late}")\nCharField(label=_("A"), help_text="Bien")'

    assert told_bare(ast.parse(code)) == [(1, "'No'"), (2, "f'Too {late}'"), (3, "'Bien'")]


# --- French found in a page in English -------------------------------------------------------------------------------


def test_a_french_sentence_of_ours_is_seen_in_a_page_in_english():
    whole, parts = french()
    assert len(whole) > 5_000 and len(parts) > 500 and not whole & CONTENT
    page = (
        '<html lang="en"><p>Display and keyboard</p><p>Affichage et clavier</p><p lang="fr">Affichage et clavier</p>'
        '<button aria-label="Pied de page" title="Footer"></button><textarea>Affichage et clavier</textarea>'
    )

    assert french_in(page) == ["Affichage et clavier", "Pied de page"]


# --- Each language written its own way -------------------------------------------------------------------------------

FIRST = datetime.date(2026, 12, 1)
MOMENT = timezone.make_aware(datetime.datetime(2026, 12, 1, 14, 5), timezone.get_default_timezone())
DRAWN = "{% load l10n humanize %}"

WRITTEN = [
    (lambda: date_format(FIRST, "DATE_FORMAT"), "1er décembre 2026", "1 December 2026"),
    (lambda: date_format(FIRST, "l j F"), "mardi 1er décembre", "Tuesday 1 December"),
    (lambda: date_format(FIRST, "SHORT_DATE_FORMAT"), "01/12/2026", "01/12/2026"),
    (lambda: date_format(MOMENT, "TIME_FORMAT"), "14 h 05", "14:05"),
    (lambda: tags.hour(MOMENT), "14\u00a0h\u00a005", "14:05"),
    (lambda: tags.short_day(datetime.date(2024, 8, 1)), "1er août 2024", "1 August 2024"),
    (lambda: number_format(Decimal("1234.5"), 1), "1\u00a0234,5", "1,234.5"),
    (lambda: Template("{{ n }}").render(Context({"n": 53000})), "53\u00a0000", "53,000"),
    (lambda: tags.percent(12), "12\u00a0%", "12%"),
    (lambda: tags.percent(""), "", ""),
    (lambda: tags.fr("Ouvert : « oui » !"), "Ouvert\u00a0: «\u00a0oui\u00a0»\u202f!", "Ouvert : « oui » !"),
    (lambda: tags.fr(mark_safe("<b>50 %</b> oui ?")), "<b>50\u00a0%</b> oui\u202f?", "<b>50 %</b> oui ?"),
    (lambda: tags.content_lang(), "", ' lang="fr"'),
    (lambda: translation.ngettext("%(n)s comment", "%(n)s comments", 0).split()[-1], "commentaire", "comments"),
    (lambda: translation.ngettext("%(n)s comment", "%(n)s comments", 1).split()[-1], "commentaire", "comment"),
    (lambda: translation.ngettext("%(n)s comment", "%(n)s comments", 2).split()[-1], "commentaires", "comments"),
]


@pytest.mark.parametrize("row", range(len(WRITTEN)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_writes_its_own_way(language, row):
    write, *wanted = WRITTEN[row]
    with translation.override(language):
        assert write() == wanted[LANGUAGES.index(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_typed_is_the_same_day_in_both_languages(language):
    from django import forms as fields

    with translation.override(language):
        assert fields.DateField().clean("03/12/2026") == datetime.date(2026, 12, 3)
