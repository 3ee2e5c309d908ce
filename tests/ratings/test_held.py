"""Grave words of a visitor: who can help is shown first, in their language, and nothing is kept before they choose."""

import re

import pytest
from django.test import Client

from consultations.ratings import held_words, wordings
from consultations.ratings.models import ProblemReport, Rating, Suggestion
from src.foundations import ratelimit
from src.foundations.models import AuditEntry, OutboxEvent
from src.foundations.testing import forget_effects
from src.participation.helping import national_numbers
from tests.factories.ratings import PointFactory, token

pytestmark = pytest.mark.django_db
GRAVE = {
    "fr": "L'agent du guichet m'a insultée à cause de mon voile.",
    "en": "The man at the desk insulted me because I am black.",
    "pt": "O senhor do balcão insultou-me por ser negra, foi racista.",
    "ar": "شتمني الموظف بسبب حجابي وهذا تمييز.",
}
ORDINARY = {
    "fr": "La borne à tickets est en panne depuis lundi, il faut l'insulter pour qu'elle marche.",
    "en": "The ticket machine has been broken since Monday, please repair it.",
    "pt": "A máquina das senhas está avariada desde segunda-feira.",
    "ar": "آلة التذاكر معطلة منذ يوم الاثنين.",
}


@pytest.fixture(autouse=True)
def _fresh():
    ratelimit.forget_memory()


@pytest.fixture
def point():
    return PointFactory(name="Mairie des Quais")


def kept() -> tuple:
    models = (ProblemReport, Suggestion, Rating, AuditEntry, OutboxEvent)
    return tuple(model.objects.count() for model in models)


@pytest.mark.parametrize("language", list(GRAVE))
@pytest.mark.parametrize("where", ["signaler/", "proposer/"])
def test_grave_words_are_held_before_anything_is_kept_then_sent_by_choice(point, language, where):
    address = point.rate_url + where
    before = kept()
    data = {"texte": GRAVE[language], "contact": "", "jeton": token(point), "lang": language}

    page = Client().post(address, data)

    html, held = page.content.decode(), held_words.ALL[language]
    assert (page.status_code, kept()) == (200, before)
    assert "no-store" in page["Cache-Control"]
    assert held.title in html and held.why in html and "39 28" in html
    assert len(page.content) <= 30_000 and "<script" not in html
    assert f'lang="{language}"' in html
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    assert hidden["jeton"] == data["jeton"]

    sent = Client().post(address, {**data, "en_idee": "1"})

    assert sent.status_code == (200 if where == "signaler/" else 303)
    assert ProblemReport.objects.count() + Suggestion.objects.count() == 1
    forget_effects()


@pytest.mark.parametrize("language", list(ORDINARY))
def test_an_ordinary_problem_goes_through(point, language):
    data = {"texte": ORDINARY[language], "jeton": token(point), "lang": language}

    Client().post(f"{point.rate_url}signaler/", data)

    assert ProblemReport.objects.get().text == ORDINARY[language]
    forget_effects()


def test_a_word_after_the_face_is_held_too(point):
    client = Client()
    thanks = client.post(point.rate_url, {"note": "1", "jeton": token(point)})["Location"]
    carried = re.search(r'name="t" value="([^"]+)"', client.get(thanks).content.decode())[1]
    here, data = thanks.partition("?")[0], {"t": carried, "mot": GRAVE["fr"], "raison": ["1", "2"]}

    page = client.post(here, data)

    assert page.status_code == 200 and held_words.FR.title in page.content.decode()
    assert (Rating.objects.get().words, Rating.objects.get().reasons) == ("", 0)
    assert page.content.decode().count('name="raison"') == 2
    client.post(here, {**data, "en_idee": "1"})
    assert (Rating.objects.get().words, Rating.objects.get().reasons) == (GRAVE["fr"], 3)


def test_each_language_says_who_answers_each_number():
    phones = {one.phone for one in national_numbers()}
    for words in held_words.ALL.values():
        assert set(words.numbers) == phones
        assert all(getattr(words, name) for name in words.__dataclass_fields__)
    assert set(held_words.ALL) == set(wordings.ALL)


def test_easy_words_are_short():
    """Twelve words a sentence at most on the pages in easy reading, and on the page of grave words."""
    said = [words.says(easy=True) for words in wordings.ALL.values()]
    texts = [
        one
        for words in (*said, *held_words.ALL.values())
        for name in words.__dataclass_fields__
        if name != "easy"
        for value in [getattr(words, name)]
        for one in (value.values() if isinstance(value, dict) else [value])
    ]
    sentences = [part for text in texts for part in re.split(r"(?<=[.!?:؟])\s+", text)]

    assert [one for one in sentences if len(re.findall(r"\w+", one)) > 12] == []
