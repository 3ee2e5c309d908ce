"""Files of questions: every kind told apart, everything wrong at its line, nothing half brought in."""

import io
import json

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.factories import trainings as made
from trainings.models import Question, QuestionBank, QuestionRevision
from trainings.question_files import gift, grid, moodle
from trainings.question_files.read import (
    COLUMNS,
    EMPTY,
    KIND,
    NO_ANSWER,
    NO_RIGHT,
    TWO_RIGHTS,
    UNCLOSED,
    UNREADABLE,
    Wrong,
)

# As Moodle 4 exports it: numbers of questions, formats, escapes, weights, general feedback.
GIFT = """// question: 12  name: Accueil
$CATEGORY: $course$/top/Accueil

// question: 13  name: Bonjour
::Bonjour::[html]<p>Que dire \\: en premier \\= ?</p>{
\t=<p>Bonjour</p>#Une phrase pour tous.
\t~<p>Suivant \\!</p>#Trop sec.
\t####[html]<p>La même phrase pour toutes et tous.</p>
}

// question: 14
::Neutre::L'agent est neutre.{TRUE#Relisez la charte.#En effet.####La charte le dit.}

::Gestes::Quels gestes ?{
~%50%Nommer
~%50%Arrêter
~%-100%Rire####Nommer, arrêter.}

::Mot::Le contraire d'inégal est {=égal =Égale ####Du latin.} dit-on.

::Relier::Reliez.{
=39 28 -> Défenseur des droits
=17 -> Police
####Deux numéros.}

$CATEGORY: Langue

::Nombre::Combien de critères ?{#25:1}

::Rédaction::Racontez.{}

Une page sans question."""


def test_gift_as_moodle_writes_it():
    reading = gift.read(GIFT)

    assert reading.wrong == []
    assert [(one.line, one.kind, one.category, one.value["text"]) for one in reading.questions] == [
        (5, "single", "Accueil", "Que dire : en premier = ?"),
        (12, "true_false", "Accueil", "L'agent est neutre."),
        (14, "multiple", "Accueil", "Quels gestes ?"),
        (19, "short", "Accueil", "Le contraire d'inégal est … dit-on."),
        (21, "matching", "Accueil", "Reliez."),
    ]
    first, neutral, gestures, word, pairs = [one.value for one in reading.questions]
    assert first["choices"] == [
        {"text": "Bonjour", "right": True, "feedback": "Une phrase pour tous."},
        {"text": "Suivant \\!", "right": False, "feedback": "Trop sec."},
    ]
    assert first["reason"] == "La même phrase pour toutes et tous."
    assert [(one["text"], one["right"], one["feedback"]) for one in neutral["choices"]] == [
        ("Vrai", True, "En effet."), ("Faux", False, "Relisez la charte."),
    ]  # fmt: skip
    assert [one["right"] for one in gestures["choices"]] == [True, True, False]
    assert word["accepted"] == ["égal", "Égale"]
    assert pairs["pairs"][0] == {"left": "39 28", "right": "Défenseur des droits"}
    assert reading.left_out == [(28, "numerical"), (30, "essay"), (32, "description")]


def test_each_fault_of_gift_is_told_at_its_line():
    reading = gift.read(
        "Cassée {=a\n\nDeux { {=a} }\n\nRien {~a ~b}\n\n{=a ~b}\n\nVide {= ~b}\n\nSeule {=a -> b}\n\nX {a}"
    )

    assert reading.questions == []
    assert reading.wrong == [
        Wrong(1, UNCLOSED), Wrong(3, UNCLOSED), Wrong(5, NO_RIGHT), Wrong(7, EMPTY), Wrong(9, NO_ANSWER),
        Wrong(11, NO_ANSWER), Wrong(13, UNREADABLE),
    ]  # fmt: skip


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Accueil</text></category></question>
<question type="multichoice">
  <name><text>Bonjour</text></name>
  <questiontext format="html"><text><![CDATA[<p>Que dire ?</p>]]></text></questiontext>
  <generalfeedback format="html"><text>La même phrase.</text></generalfeedback>
  <single>true</single>
  <answer fraction="100"><text>Bonjour</text><feedback><text>Oui.</text></feedback></answer>
  <answer fraction="50"><text>Bonsoir</text><feedback><text></text></feedback></answer>
</question>
<question type="multichoice">
  <questiontext><text>Quels gestes ?</text></questiontext><generalfeedback><text>Deux.</text></generalfeedback>
  <single>false</single>
  <answer fraction="50"><text>Nommer</text></answer><answer fraction="50"><text>Arrêter</text></answer>
  <answer fraction="-100"><text>Rire</text></answer>
</question>
<question type="truefalse">
  <questiontext><text>Neutre ?</text></questiontext>
  <answer fraction="0"><text>true</text></answer>
  <answer fraction="100"><text>false</text><feedback><text>C'est l'agent.</text></feedback></answer>
</question>
<question type="matching">
  <questiontext><text>Reliez.</text></questiontext>
  <subquestion><text>39 28</text><answer><text>Défenseur des droits</text></answer></subquestion>
  <subquestion><text>17</text><answer><text>Police</text></answer></subquestion>
  <subquestion><text></text><answer><text>Pompiers</text></answer></subquestion>
</question>
<question type="shortanswer">
  <questiontext><text>Le contraire ?</text></questiontext>
  <answer fraction="100"><text>égal</text></answer><answer fraction="0"><text>*</text></answer>
</question>
<question type="numerical"><questiontext><text>Combien ?</text></questiontext></question>
<question type="cloze"><questiontext><text>{1:SA:=a}</text></questiontext></question>
</quiz>
"""


def test_moodle_xml_as_moodle_writes_it():
    reading = moodle.read(MOODLE.encode())

    assert reading.wrong == []
    assert [(one.line, one.kind, one.category, one.value["reason"]) for one in reading.questions] == [
        (4, "single", "Accueil", "La même phrase."),
        (12, "multiple", "Accueil", "Deux."),
        (18, "true_false", "Accueil", "C'est l'agent."),
        (23, "matching", "Accueil", ""),
        (29, "short", "Accueil", ""),
    ]
    assert [one["right"] for one in reading.questions[0].value["choices"]] == [True, False]
    assert [one["right"] for one in reading.questions[2].value["choices"]] == [False, True]
    assert len(reading.questions[3].value["pairs"]) == 2
    assert reading.questions[4].value["accepted"] == ["égal"]
    assert reading.left_out == [(33, "numerical"), (34, "cloze")]


def question(inside, kind="multichoice"):
    return f'<quiz>\n<question type="{kind}">{inside}</question></quiz>'.encode()


TEXT = "<questiontext><text>Q ?</text></questiontext>"
BROKEN = {
    "cut": (b"<quiz>\n<question>\n", Wrong(3, UNREADABLE)),
    "not a quiz": (b"<html/>", Wrong(1, UNREADABLE)),
    "nothing": (b"", Wrong(1, UNREADABLE)),
    "entities": (b'<!DOCTYPE q [<!ENTITY a "b">]>\n<quiz>&a;</quiz>', Wrong(1, UNREADABLE)),
    "no text": (question("<single>true</single>"), Wrong(2, EMPTY)),
    "no answer": (question(TEXT), Wrong(2, NO_ANSWER)),
    "no right": (
        question(TEXT + '<answer fraction="0"><text>a</text></answer><answer fraction="x"><text>b</text></answer>'),
        Wrong(2, NO_RIGHT),
    ),
    "two rights": (
        question(TEXT + "<single>true</single>" + '<answer fraction="100"><text>a</text></answer>' * 2),
        Wrong(2, TWO_RIGHTS),
    ),
    "neither true nor false": (question(TEXT, "truefalse"), Wrong(2, NO_ANSWER)),
    "one pair": (question(TEXT, "matching"), Wrong(2, NO_ANSWER)),
    "anything": (question(TEXT + '<answer fraction="100"><text>*</text></answer>', "shortanswer"), Wrong(2, NO_RIGHT)),
    "deep": (b"<quiz>" + b"<a>" * 40 + b"</a>" * 40 + b"</quiz>", Wrong(1, UNREADABLE)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_of_moodle_says_where(name):
    data, wrong = BROKEN[name]

    assert moodle.read(data).wrong == [wrong]


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEADER = ("Catégorie", "Sorte", "Question", "Réponses", "Bonnes", "Raison", "Source")


def test_our_grid_has_the_six_kinds():
    said = [
        ("Accueil", "une", "Que dire ?", "Bonjour ; Suivant !", 1, "Pour tous.", "La Ville"),
        ("Accueil", "plusieurs", "Quels gestes ?", "Nommer\nArrêter\nRire", "1;2", "Deux.", "La Ville"),
        ("Accueil", "vrai ou faux", "Neutre ?", None, "Vrai", "Oui.", "La Ville"),
        ("Accueil", "relier", "Reliez.", "39 28 = Défenseur ; 17 = Police", None, "Deux.", "La Ville"),
        ("Accueil", "Ordre", "Rangez.", "Nommer;Arrêter", None, "Dans cet ordre.", "La Ville"),
        ("Accueil", "courte", "Le contraire ?", "égal", None, "Du latin.", "La Ville"),
    ]

    reading = grid.read(workbook(HEADER, *said, (None,) * 7))

    assert (reading.wrong, [one.kind for one in reading.questions]) == (
        [], ["single", "multiple", "true_false", "matching", "ordering", "short"],
    )  # fmt: skip
    assert reading.questions[3].value["pairs"][0] == {"left": "39 28", "right": "Défenseur"}


def test_each_fault_of_the_grid_is_told_at_its_line():
    wrong = [
        ("", "dessin", "Q", "a;b", "1", "", ""), ("", "une", "", "a;b", "1", "", ""), ("", "une", "Q", "a", "1", "", ""),
        ("", "une", "Q", "a;b", "3", "", ""), ("", "une", "Q", "a;b", "1;2", "", ""), ("", "relier", "Q", "a;b", "", "", ""),
    ]  # fmt: skip

    assert grid.read(workbook(HEADER, *wrong)).wrong == [
        Wrong(2, KIND, "dessin"), Wrong(3, EMPTY), Wrong(4, NO_ANSWER), Wrong(5, NO_RIGHT), Wrong(6, TWO_RIGHTS),
        Wrong(7, NO_ANSWER),
    ]  # fmt: skip
    assert grid.read(workbook(HEADER[:3])).wrong == [Wrong(1, COLUMNS, "reponses, bonnes, raison, source")]
    assert grid.read(b"PK\x03\x04 pas un classeur").wrong == [Wrong(1, UNREADABLE)]


@given(st.text(alphabet="a{}=~#%\\:->\n$ 5/", max_size=60))
def test_no_text_stops_the_reader_of_gift(text):
    reading = gift.read(text)

    assert all(one.value["text"] for one in reading.questions)


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_readers(data):
    moodle.read(data)
    grid.read(data)


def run(path, *options):
    out = io.StringIO()
    try:
        call_command("import_questions", str(path), *options, stdout=out, stderr=out)
        code = 0
    except SystemExit as stop:
        code = stop.code
    lines = out.getvalue().replace("\u00a0", " ").replace("\u202f", " ").strip().splitlines()
    return code, lines[:-1], json.loads(lines[-1])


@pytest.mark.django_db
def test_a_file_comes_in_whole_once_and_is_written_again(tmp_path):
    path = tmp_path / "accueil.gift"
    path.write_text(GIFT)

    code, said, counts = run(path, "--bank", "Accueil", "--dry-run", "--source", "La Ville")
    assert (code, counts["created"], QuestionBank.objects.count()) == (0, 5, 0)
    assert said == [
        "Ligne 28 : sorte « numerical », laissée de côté.",
        "Ligne 30 : sorte « essay », laissée de côté.",
        "Ligne 32 : sorte « description », laissée de côté.",
    ]
    code, _said, counts = run(path, "--bank", "Accueil", "--source", "La Ville")
    assert (code, counts) == (0, {"read": 8, "created": 5, "updated": 0, "unchanged": 0, "errors": 0})
    assert list(Question.objects.to_draw("accueil").values_list("category", flat=True)) == ["Accueil"] * 5
    assert run(path, "--bank", "accueil", "--source", "La Ville")[2]["unchanged"] == 5
    path.write_text(GIFT.replace("La même phrase", "Une même phrase"))
    assert run(path, "--bank", "accueil", "--source", "La Ville")[2]["updated"] == 1
    assert (Question.objects.count(), QuestionRevision.objects.count()) == (5, 6)


@pytest.mark.django_db
def test_one_wrong_line_and_nothing_comes_in(tmp_path):
    path = tmp_path / "accueil.txt"
    path.write_text("Sans raison {=a ~b}\n\nCassée {=a\n\nUn fait ⚠ {=a#parce que ~b}")

    code, said, counts = run(path, "--bank", "accueil")

    assert (code, counts["errors"], QuestionBank.objects.count()) == (1, 5, 0)
    assert said == [
        "Ligne 1 : dites d’où vient la réponse.",
        "Ligne 1 : dites pourquoi la réponse est juste : on le lit.",
        "Ligne 3 : il manque une accolade, ou il y en a trop.",
        "Ligne 5 : dites d’où vient la réponse.",
        "Ligne 5 : un fait marqué ⚠ n’est pas vérifié.",
    ]


@pytest.mark.django_db
def test_questions_of_an_editor_stay_beside_those_of_a_file(tmp_path):
    bank = made.bank()
    path = tmp_path / "plus.xml"
    path.write_text(MOODLE)

    code, _said, counts = run(path, "--bank", bank.slug, "--source", "La Ville", "--reason", "Voyez la fiche.")

    assert (code, counts["created"], Question.objects.to_draw(bank.slug).count()) == (0, 5, 9)


def test_a_file_of_no_kind_we_read_is_refused(tmp_path):
    path = tmp_path / "questions.pdf"
    path.write_bytes(b"%PDF")

    assert run(path, "--bank", "!!")[0] == 2
