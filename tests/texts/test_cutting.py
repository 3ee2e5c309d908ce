"""Four formats cut into units a person agrees with; broken and hostile files refused in words."""

import pytest
from django.core.exceptions import ValidationError

from consultations.texts.cutting import CutUnit, read_file, read_paste
from consultations.texts.cutting.files import as_file
from src.foundations import uploads
from tests.factories.texts import docx, odt, zipped

CHARTER = [
    CutUnit("heading", "", "Charte des plannings", ""),
    CutUnit("paragraph", "", "", "Elle vaut pour tous les services."),
    CutUnit("article", "1", "Prévenir", "Le planning est affiché deux semaines avant."),
    CutUnit(
        "article", "2", "Échanger", "Deux collègues peuvent échanger un service.\n\nLa réponse vient en deux jours."
    ),
]
MARKDOWN = """# Charte des plannings

Elle vaut pour tous les services.

1. **Prévenir.** Le planning est affiché deux semaines avant.
2. **Échanger.** Deux collègues peuvent échanger un service.

La réponse vient en deux jours.
"""
HTML = """<html><head><title>Non lu</title><style>p{color:red}</style></head><body>
<h1>Charte des plannings</h1><p>Elle vaut pour tous les services.</p>
<p>Article 1. <b>Prévenir.</b> Le planning est affiché deux semaines avant.</p>
<p onclick="alert(1)">Article 2 – Échanger. Deux collègues peuvent échanger <i>un service</i>.</p>
<script>alert("non lu")</script><p>La réponse vient en deux jours.</p></body></html>"""
DOCX = docx(
    [
        ("Heading1", [("Charte des plannings", False)]),
        "Elle vaut pour tous les services.",
        ("list", [("Prévenir. ", True), ("Le planning est affiché deux semaines avant.", False)]),
        ("list", [("Échanger.", True), (" Deux collègues peuvent échanger un service.", False)]),
        "La réponse vient en deux jours.",
    ]
)
ODT = odt(
    [
        (1, "Charte des plannings"),
        (0, "Elle vaut pour tous les services."),
        (0, "Article 1. Prévenir. Le planning est affiché deux semaines avant."),
        (0, "Article 2 : Échanger. Deux collègues peuvent échanger un service."),
        (0, "La réponse vient en deux jours."),
    ]
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("charte.md", MARKDOWN.encode()),
        ("charte.html", HTML.encode()),
        ("charte.docx", DOCX),
        ("charte.odt", ODT),
        ("charte.txt", MARKDOWN.replace("\n", "\r\n").encode("utf-16")),
        ("charte.txt", MARKDOWN.encode("cp1252")),
    ],
)
def test_each_format_is_cut_into_the_same_units(name, data):
    assert read_file(as_file(data, name)) == CHARTER


def test_without_articles_each_paragraph_is_a_unit():
    found = read_paste("# Titre\n\nUn paragraphe.\n\nUn autre,\nsur deux lignes.")

    assert found == [
        CutUnit("heading", "", "Titre", ""),
        CutUnit("paragraph", "", "", "Un paragraphe."),
        CutUnit("paragraph", "", "", "Un autre,\nsur deux lignes."),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Article 1er. Objet. Le présent texte fixe les règles.",
            ("1er", "Objet", "Le présent texte fixe les règles."),
        ),
        ("ARTICLE 12 bis - Congés\nIls sont posés en mars.", ("12 bis", "", "Congés\nIls sont posés en mars.")),
        ("Art. 4 : Partager", ("4", "Partager", "")),
        ("3) Le décompte est visible.", ("3", "", "Le décompte est visible.")),
        ("2.1. Horaires. Huit heures.", ("2.1", "Horaires", "Huit heures.")),
    ],
)
def test_the_beginning_of_an_article_gives_its_number_and_title(line, expected):
    first = read_paste(f"{line}\n\nArticle 99. Fin. Rien après.")[0]

    assert (first.label, first.title, first.body) == expected


def test_a_year_at_the_start_of_a_sentence_is_no_article():
    assert [unit.kind for unit in read_paste("2026 sera l'année.\n\n2027 aussi.")] == ["paragraph", "paragraph"]


ENTITY = '<!DOCTYPE a [<!ENTITY x "y">]>'
HOSTILE = {
    "a macro": ("t.docx", docx(["Un."], parts={"word/vbaProject.bin": "x"}), uploads.ACTIVE_DOCUMENT),
    "an entity": ("t.docx", docx(["Un."], head=ENTITY), uploads.ACTIVE_DOCUMENT),
    "an entity in other bytes": (
        "t.odt",
        zipped({"content.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + ENTITY + "<a>&x;</a>").encode("utf-16")}),
        uploads.ACTIVE_DOCUMENT,
    ),
    "an outside reference": (
        "t.odt",
        odt([(0, "Un.")], head='<!DOCTYPE a SYSTEM "file:///etc/passwd">'),
        uploads.ACTIVE_DOCUMENT,
    ),
    "a path outside": ("t.docx", docx(["Un."], parts={"../../etc/cron": "x"}), uploads.BROKEN_DOCUMENT),
    "a bomb": ("t.docx", docx(["Un."], parts={"word/bomb.xml": "0" * (51 * 1024 * 1024)}), uploads.SWOLLEN_DOCUMENT),
    "half a file": ("t.docx", DOCX[: len(DOCX) // 2], uploads.BROKEN_DOCUMENT),
    "broken XML": ("t.odt", zipped({"content.xml": "<a><b></a>"}), uploads.BROKEN_DOCUMENT),
    "deep XML": ("t.odt", zipped({"content.xml": "<a>" * 9000 + "</a>" * 9000}), uploads.BROKEN_DOCUMENT),
    "another file's name": ("t.docx", b"%PDF-1.4", uploads.NOT_ITS_NAME),
    "another kind": ("t.exe", b"MZ", "Envoyez un fichier DOCX"),
    "bytes": ("t.txt", b"\x00\x01\x02", "Ce fichier n’est pas un texte"),
    "one endless line": ("t.md", b"a" * 1_000_000, "Ce texte dépasse"),
    "one long paragraph": ("t.md", b"mot " * 5_000, "dépasse 8"),
    "too many units": ("t.md", b"Un mot.\n\n" * 500, "au plus"),
    "nothing": ("t.html", b"<script>alert(1)</script>", "aucun texte"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_words(name):
    file_name, data, sentence = HOSTILE[name]

    with pytest.raises(ValidationError) as refusal:
        read_file(as_file(data, file_name))

    assert str(sentence) in " ".join(refusal.value.messages)


def test_hostile_marks_come_out_as_words():
    found = read_file(as_file(b"Du texte <img src=x onerror=alert(1)> et [lien](javascript:alert(1)).", "t.md"))

    assert found == [CutUnit("paragraph", "", "", "Du texte <img src=x onerror=alert(1)> et lien).")]
