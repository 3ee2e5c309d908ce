"""What Python takes for a number, or PostgreSQL for no text, sent where a page expects a key of its own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.texts.cutting import read_file
from src.foundations.numbers import whole
from tests.access.world import build_world
from tests.factories.texts import zipped

from .like_postgres import refusing_like_postgres

NUMBERS = ["²", "٣", "9" * 5_000, "-1", "1.5", "1\0", ""]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def test_a_whole_number_is_figures_alone():
    assert [whole(one) for one in NUMBERS] == [None] * len(NUMBERS)
    assert (whole("0"), whole("42"), whole("9" * 15), whole("9" * 16)) == (0, 42, 999_999_999_999_999, None)


@pytest.mark.django_db
def test_keys_that_are_no_number_are_refused_in_words():
    world, faulty = build_world(), []
    own = world.ideas["own"].reference
    posts = [
        ("agent", f"/idees/{own}/revenir/", [{"passage": one} for one in NUMBERS]),
        ("agent", f"/idees/{own}/auteurs/", [{"action": "drop", "invitation": one} for one in NUMBERS]),
        ("decideur", "/idees/atelier/annonces/", [{"idea": "A\0BCDEF"}, {"idea": "9" * 5_000}]),
        ("admin", f"/idees/{own}/signaler/", [{"commentaire": "A\0BCDE", "kind": "x"}]),
    ]
    for role, address, sent in posts:
        for data in sent:
            with refusing_like_postgres():
                response = world.client(role).post(address, data)
            if response.status_code >= 500:
                faulty.append((address, {name: value[:20] for name, value in data.items()}))
    assert faulty == []


@pytest.mark.django_db
def test_words_to_hide_hold_no_nul():
    world = build_world()
    one, theme = world.questionnaires["other"].reference, world.reading["theme"]
    page = f"/questionnaires/atelier/{one}/synthese/chiffres/{theme}/"
    text = world.reading["text"]
    assert world.client("admin").get(page).status_code == 200

    with refusing_like_postgres():
        data = {"vu": [text], "montrer": [text], f"cacher-{text}": "\0Réponse\0"}
        assert world.client("admin").post(page, data).status_code in (303, 422)


@pytest.mark.parametrize("level", ["²", "9" * 5_000, "-3", "deux"])
def test_a_heading_of_no_level_is_read_all_the_same(level):
    style = f'<w:style w:styleId="T"><w:name w:val="Titre{level}"/><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr></w:style>'
    body = '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Un titre</w:t></w:r></w:p>'
    docx = {
        "[Content_Types].xml": "<Types/>",
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{style}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    odt = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TEXT}"><o:body><o:text>'
        f'<t:h t:outline-level="{level}">Un titre</t:h></o:text></o:body></o:document-content>',
    }
    for name, parts in (("a.docx", docx), ("a.odt", odt)):
        units = read_file(SimpleUploadedFile(name, zipped(parts)))
        assert [unit.title or unit.body for unit in units] == ["Un titre"], name
