"""Editors bring questions in from a file: looked at first, whole or not at all, everything wrong at its line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.trainings.test_admin import as_role, words_of
from tests.trainings.test_question_files import GIFT
from trainings.models import Question, QuestionBank, QuestionRevision

pytestmark = pytest.mark.django_db
IMPORT = "/gestion/formations/questions/importer/"


@pytest.fixture
def editor(client):
    return as_role(client, "editor")


def sent(text=GIFT, name="questions.gift", **fields) -> dict:
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return {"file": file, "bank": "", "title": "Accueil", "reason": "La charte le dit.", "source": "Charte"} | fields


def test_a_file_is_looked_at_then_brought_in_and_the_same_again_changes_nothing(editor):
    looked = editor.post(IMPORT, sent(essayer="1"))
    assert looked.status_code == 200
    assert "rien n’est encore écrit" in words_of(looked)
    assert "nouvelles questions" in words_of(looked) and "laissées de côté" in words_of(looked)
    assert not QuestionBank.objects.exists()

    assert editor.post(IMPORT, sent()).status_code == 303

    bank = QuestionBank.objects.get()
    made = Question.objects.count()
    assert (bank.title, made) == ("Accueil", 5)
    again = editor.post(IMPORT, sent(title="", bank=str(bank.pk)))
    assert again.status_code == 303
    assert (Question.objects.count(), QuestionRevision.objects.count()) == (made, made)


def test_everything_wrong_is_told_at_once_and_nothing_is_written(editor):
    wrong = "// un\nQue dire ?{=Bonjour ~Suivant}\n\nRien de juste ?{~Un ~Deux}\n"
    said = editor.post(IMPORT, sent(wrong, reason="", source=""))

    words = words_of(said)
    assert said.status_code == 422
    assert "rien n’est écrit" in words
    assert words.count("Ligne 2 :") == 2 and "Ligne 4 :" in words
    assert not QuestionBank.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": ""}, "Choisissez une banque, ou nommez-en une nouvelle."),
        ({"title": "!!"}, "Nommez la banque avec des lettres ou des chiffres."),
        ({"name": "questions.docx"}, "Envoyez un fichier GIFT"),
        ({"text": b""}, "Ce fichier est vide."),
        ({"text": b"\x00\x01", "name": "grille.xlsx"}, "illisible : le fichier"),
        ({"text": "<quiz><question type='essay'/>", "name": "moodle.xml"}, "illisible : le fichier"),
        ({"bank": "99999999999999999999"}, "Banque"),
    ],
)
def test_what_is_refused_says_how_to_repair_it_and_keeps_what_was_typed(editor, fields, told):
    said = editor.post(IMPORT, sent(**fields))

    assert said.status_code == 422
    assert told in words_of(said)
    assert 'value="La charte le dit."' in said.content.decode()
    assert not QuestionBank.objects.exists()


def test_a_new_name_is_never_one_that_exists_nor_beside_a_bank(editor):
    editor.post(IMPORT, sent())
    bank = QuestionBank.objects.get()

    assert "Une banque porte déjà ce nom" in words_of(editor.post(IMPORT, sent()))
    assert "l’un des deux vide" in words_of(editor.post(IMPORT, sent(bank=str(bank.pk))))
    assert QuestionBank.objects.count() == 1


@pytest.mark.parametrize("role", ["trainer", "hr", "moderator"])
def test_nobody_else_imports(client, role):
    assert as_role(client, role).post(IMPORT, sent()).status_code in (302, 403)
    assert not QuestionBank.objects.exists()


def test_the_list_of_banks_leads_to_it(editor):
    assert IMPORT in editor.get("/gestion/formations/questions/").content.decode()
    assert 'enctype="multipart/form-data"' in editor.get(IMPORT).content.decode()
