"""Hostile files through the fields of the rooms: images of questions and news, texts, questions, answers, visits."""

import json

import pytest

from src.foundations import ratelimit
from src.foundations.models import RateBucket
from src.questionnaires.models import AnswerImport, Questionnaire
from tests.access.world import build_world

from .corpus import MARK, STRINGS, XSS, faults
from .test_hostile_files import DOCUMENTS, ENGLISH, NAMES, PICTURES, SCRIPT, archive, sent, shown, stored

pytestmark = [pytest.mark.files, pytest.mark.django_db]
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
LAUGHS = b"<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]><a>&c;</a>"
AWKWARD = "\n".join(one.replace("\r", " ").replace("\n", " ") for one in STRINGS)
# Each is tried under each of the names a text may have.
TEXTS = {
    "nul": b"Article 1\n\nUn\x00deux\n\nArticle 2\n\nFin",
    "demi": "Article 1\n\n\ud800 seul".encode("utf-8", "surrogatepass"),
    "latin": "Article 1 – été".encode("cp1252"),
    "seize": "Article 1\n\nUn".encode("utf-16")[:-1],
    "profond": b"<div>" * 60_000 + b"x",
    "balises": (b"<p " + b"a=b " * 5_000 + b">x</p>") * 20,
    "titres": b"# a\n" * 20_000,
    "article": b"Article " + b"9" * 5_000 + b"\n\nUn",
    "chiffre": "Article ٣\n\nUn".encode(),
    "tout": AWKWARD.encode("utf-8", "surrogatepass"),
    "script": SCRIPT * 50,
    "rires": LAUGHS,
    "immense": b"a" * (9 * 1024 * 1024),
    "vide": b"",
    "mots.docx": archive({**WORD, "word/document.xml": LAUGHS}),
    "dehors.docx": archive(
        {**WORD, "word/document.xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}
    ),
    "creux.docx": archive({**WORD, "word/document.xml": b"<a>" * 50_000}),
}
SHEETS = {
    "nul": b"point;contact\nA\x00B;c@d.example\n",
    "demi": "point;contact\n\ud800;x".encode("utf-8", "surrogatepass"),
    "guillemet": b'point;contact\n"' + b"a" * 200_000,
    "colonnes": b";".join(b"c%d" % n for n in range(5_000)),
    "lignes": b"point;contact\n" + b"a;b\n" * 3_000,
    "doubles": b"point;point;point;contact\na;b;c;d",
    "formules": b"point;contact\n" + "\n".join(f"{one};{one}" for one in XSS).encode(),
    "tout": ("point;contact\n" + AWKWARD).encode("utf-8", "surrogatepass"),
    "seize": "point;contact\na;b".encode("utf-16")[:-1],
    "entete": b"\xef\xbb\xbf\n\n\n",
    "script": SCRIPT,
    "classeur": archive(WORD),
    "immense": b"a;b\n" * (3 * 1024 * 1024),
    "vide": b"",
}
QUESTIONS = {
    "profond": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "liste": b"[" * 100_000 + b"]" * 100_000,
    "nombre": b"9" * 10_000,
    "grand": b'{"questions": [{"settings": {"least": 1e999, "most": 99999999999999999999}}]}',
    "demi": b'{"title": "\\ud800", "questions": [{"text": "\\ud800", "kind": "single"}]}',
    "nul": b'{"title": "\\u0000", "questions": [{"text": "a\\u0000b", "kind": "long_text"}]}',
    "double": b'{"title": "a", "title": "b", "questions": null}',
    "jour": b'{"questions": [{"kind": "date", "settings": {"least": "99999-01-01"}}]}',
    "seize": b"\xff\xfe{\x00",
    "vide": b"",
    "script": SCRIPT,
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    return tmp_path


@pytest.fixture
def world(db, folder):
    return build_world()


def wrong_with(response) -> list[str]:
    """What a refusal must not be: an error, English, something alive. The next file comes as if alone."""
    ratelimit.forget_memory()
    RateBucket.objects.all().delete()
    found = [f"status {response.status_code}"] if response.status_code >= 500 else []
    said = shown(response.content.decode())
    main = said[said.find("Terrain") :]
    return found + faults(response.content) + [f"english {one}" for one in ENGLISH.findall(main)]


def test_pictures_of_questions_and_of_news_are_refused_in_words(world, folder):
    one, measure = world.questionnaires["own"], world.measures["own"]
    admin, owner = world.client("admin"), world.client("decideur")
    admin.post(f"/questionnaires/atelier/{one.reference}/reviser/")
    page = f"/questionnaires/atelier/{one.reference}/ajouter/single/"
    assert admin.get(page).status_code == 200
    faulty = []
    for name, make in PICTURES.items():
        data = make()
        answers = {
            "question": admin.post(
                page, {"text": "Lequel ?", "choices": "Oui\nNon", "image": sent(name, data), "image_alt": "Un banc"}
            ),
            "news": owner.post(
                f"/engagements/{measure.reference}/nouvelles/",
                {"text": "Le banc est posé.", "photo": sent(name, data), "photo_alt": "Un banc"},
            ),
        }
        for door, response in answers.items():
            if response.status_code != 422:
                faulty.append((door, name, response.status_code))
            faulty += [(door, name, fault) for fault in wrong_with(response)]
    assert faulty == []
    assert stored(folder) == []


def test_texts_are_cut_or_refused_in_words(world):
    text, admin = world.texts["own"], world.client("admin")
    page = f"/textes/atelier/{text.reference}/apporter/"
    assert admin.get(page).status_code == 200
    faulty, refused = [], 0
    for name, data in [*((name, make()) for name, make in DOCUMENTS.items()), *TEXTS.items()]:
        names = [name] if "." in name else [f"{name}.{kind}" for kind in ("md", "html", "txt", "docx", "odt")]
        for named in names:
            response = admin.post(page, {"file": sent(named, data, "text/html")})
            refused += response.status_code == 422
            if response.status_code not in (422, 302, 303):
                faulty.append((named, response.status_code))
            faulty += [(named, fault) for fault in wrong_with(response)]
            if response.status_code in (302, 303):
                faulty += [(named, "then", fault) for fault in wrong_with(admin.get(response["Location"]))]
    assert faulty == []
    assert refused > 60


def test_files_of_questions_are_read_or_refused_in_words(world):
    admin, held = world.client("admin"), Questionnaire.objects.count()
    space = world.questionnaires["own"].space_id
    faulty = []
    for name, data in [*QUESTIONS.items(), *SHEETS.items(), *((name, make()) for name, make in DOCUMENTS.items())]:
        response = admin.post("/questionnaires/atelier/nouveau/fichier/", {"file": sent(name, data), "space": space})
        if response.status_code != 422:
            faulty.append((name, response.status_code))
        faulty += [(name, fault) for fault in wrong_with(response)]
    assert faulty == []
    assert Questionnaire.objects.count() == held


def test_files_of_answers_are_read_or_refused_in_words(world):
    one, admin = world.questionnaires["own"], world.client("admin")
    page = f"/questionnaires/atelier/{one.reference}/fichiers/"
    assert admin.get(page).status_code == 200
    faulty, read = [], 0
    for name, data in [*SHEETS.items(), *((name, make()) for name, make in DOCUMENTS.items())]:
        response = admin.post(page, {"file": sent(name, data, "text/csv"), "source": "Ailleurs"}, follow=True)
        read += bool(response.redirect_chain)
        if response.status_code not in (200, 422):
            faulty.append((name, response.status_code))
        faulty += [(name, fault) for fault in wrong_with(response)]
        AnswerImport.objects.filter(questionnaire=one).delete()
    assert faulty == []
    assert read


def test_files_of_visits_are_refused_in_words(world):
    admin, faulty = world.client("admin"), []
    for name, data in [*SHEETS.items(), *((name, make()) for name, make in DOCUMENTS.items())]:
        for gesture in ("essai", "envoyer"):
            response = admin.post(
                "/qualite/atelier/visites/", {"file": sent(name, data, "text/csv"), "geste": gesture}
            )
            if response.status_code != 422:
                faulty.append((name, response.status_code))
            faulty += [(name, fault) for fault in wrong_with(response)]
    assert faulty == []


def test_names_of_files_come_back_dead(world):
    text, admin, faulty = world.texts["own"], world.client("admin"), []
    doors = {
        f"/textes/atelier/{text.reference}/apporter/": {},
        "/qualite/atelier/visites/": {"geste": "essai"},
        f"/questionnaires/atelier/{world.questionnaires['own'].reference}/fichiers/": {"source": "Ailleurs"},
        "/questionnaires/atelier/nouveau/fichier/": {"space": world.questionnaires["own"].space_id},
    }
    for page, fields in doors.items():
        for name in [*NAMES, f"<img src=x onerror={MARK}>.csv", ".docx", "x.docx\x00.md"]:
            response = admin.post(page, {**fields, "file": sent(name, json.dumps({"a": 1}).encode())})
            faulty += [(page, name, fault) for fault in wrong_with(response)]
    assert faulty == []
