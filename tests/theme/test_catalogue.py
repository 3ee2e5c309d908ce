"""The French of the theme: complete, without doubt, compiled, and typeset."""

import ast
import gettext
import re

from tests.theme.css import ROOM
from theme.french import typeset

CATALOGUE = ROOM / "locale" / "fr" / "LC_MESSAGES" / "django.po"
# Formats of dates, not words.
FORMATS = {"F j", "F j, Y", "g:i a"}


def entries():
    """(source, translations) of each message but the header."""
    for block in CATALOGUE.read_text().strip().split("\n\n")[1:]:
        found = re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.MULTILINE)
        texts = [
            (key, "".join(ast.literal_eval(line) for line in re.findall(r'"(?:[^"\\]|\\.)*"', value)))
            for key, value in found
        ]
        yield texts[0][1], [text for key, text in texts if key.startswith("msgstr")]


def test_every_message_has_its_french():
    assert [source for source, french in entries() if not all(french)] == []
    assert "fuzzy" not in CATALOGUE.read_text()


def test_french_is_typeset():
    wrong = [text for source, french in entries() if source not in FORMATS for text in french if typeset(text) != text]

    assert wrong == []


def test_french_says_nothing_in_the_middle_dot_way_nor_with_straight_quotes():
    texts = [text for source, french in entries() if source not in FORMATS for text in french]

    assert [text for text in texts if "·" in text or "'" in text] == []


def test_sentences_stay_short():
    sentences = [part for _source, french in entries() for text in french for part in re.split(r"[.!?]\s", text)]

    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []


def test_compiled_catalogue_says_the_same():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    plain = [(source, french[0]) for source, french in entries() if len(french) == 1]
    assert {
        source for source, french in plain if french not in {compiled.gettext(source), *compiled._catalog.values()}
    } == set()
