"""From a module to an idea that answers its question, and from a measure to the module that carries it."""

import re
import uuid
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from ideas.models import Idea
from src.accountability import services as accountability
from src.accountability.models import Measure
from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from tests.factories import trainings as made
from tests.factories.directory import AgentFactory
from tests.factories.measures import MeasureFactory
from tests.ideas_screens.city import City
from tests.trainings.learning.test_learning import begun
from trainings.learning import asking
from trainings.models import Track

pytestmark = pytest.mark.django_db
QUESTION = "Qu’est-ce qui rend l’accueil inégal chez vous ?"
NEW = "/idees/deposer/"


@pytest.fixture
def city():
    return City()


@pytest.fixture
def version():
    blocks = [{"type": "idea", "prompt": QUESTION, "criterion": "Handicap"}]
    return made.published([made.lesson(blocks=blocks)], title="Accueillir sans discriminer")


def as_(user):
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def link_of(user, version) -> str:
    begun(user, version)
    page = as_(user).get(f"/formations/{version.track.slug}/1/").content.decode()
    return unescape(re.search(r'href="([^"]*depuis=[^"]*)"', page).group(1))


def typed(code, **changes) -> dict:
    told = {
        "boite": "plus-simple",
        "body": "La porte de l’accueil ne s’ouvre pas pour un fauteuil : un bouton à la bonne hauteur suffirait.",
        "title": "Un bouton à la bonne hauteur",
        "identity": "protected",
        "token": str(uuid.uuid4()),
        "seen": "",
        "action": "send",
        "origin": code,
        "labelled": "on",
    }
    return {name: value for name, value in (told | changes).items() if value is not None}


def code_of(link) -> str:
    return parse_qs(urlsplit(link).query)["depuis"][0]


def test_a_module_leads_to_an_idea_that_says_so_if_its_author_wishes(city, version):
    client, link = as_(city.author), link_of(city.author, version)

    page = unescape(client.get(link).content.decode())
    assert QUESTION.replace(" ?", "\u202f?") in page or QUESTION in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert re.search(r'<input type="checkbox" name="labelled"[^>]*checked', page)
    assert client.post(NEW, typed(code_of(link))).status_code == 303

    idea = Idea.objects.get()
    assert (idea.identity_mode, idea.author_id) == ("protected", None)
    assert sorted(idea.tags.names()) == ["formation accueillir sans discriminer", "handicap"]
    drain_outbox()


def test_unticked_nothing_says_where_it_comes_from(city, version):
    client, link = as_(city.author), link_of(city.author, version)

    client.post(NEW, typed(code_of(link), labelled=None))

    assert list(Idea.objects.get().tags.names()) == []
    drain_outbox()


def test_a_draft_keeps_the_question_and_another_one_begins_afresh(city, version):
    client, link = as_(city.author), link_of(city.author, version)
    client.post(NEW, typed(code_of(link), action="draft", labelled=None))
    drain_outbox()

    again = unescape(client.get(link).content.decode())
    plain = client.get(f"{NEW}?depuis=formation.autre-0").content.decode()

    assert "Un bouton à la bonne hauteur" in again
    assert not re.search(r'<input type="checkbox" name="labelled"[^>]*checked', again)
    assert "Un bouton à la bonne hauteur" not in plain and 'name="labelled"' not in plain


@pytest.mark.parametrize(
    "code",
    ["", "x", "formation.", "formation.-0", "formation.{key}-9", "formation.{key}-²", "formation.{key}", "autre.{key}-0",
     "formation.00000000-0000-4000-8000-000000000000-0", "formation.{key}-0\x00", "é" * 400],
)  # fmt: skip
def test_an_address_that_names_no_question_is_an_ordinary_form(city, version, code):
    asked = code.format(key=version.modules.get().stable_key)
    client = as_(city.author)

    shown = client.get(NEW, {"depuis": asked})
    sent = client.post(NEW, typed(asked))

    assert (shown.status_code, 'name="labelled"' in shown.content.decode()) == (200, False)
    assert (sent.status_code, list(Idea.objects.get().tags.names())) == (303, [])
    drain_outbox()


def test_a_training_taken_down_asks_nothing_any_more(city, version):
    link = link_of(city.author, version)
    Track.objects.update(live=False)

    assert 'name="labelled"' not in as_(city.reader).get(link).content.decode()


def test_a_long_title_makes_a_tag_cut_at_a_word():
    assert asking.tag_of("Accueillir") == "formation accueillir"
    tag = asking.tag_of("Accueillir chaque personne sans discriminer jamais personne")
    assert tag == "formation accueillir chaque personne"
    assert len(tag) <= asking.LONGEST_TAG


# From a measure


@pytest.fixture
def measure(city):
    return MeasureFactory(title="Former tous les accueils", unit=city.direction)


def carrier_of(version) -> str:
    return f"formation:{version.modules.get().stable_key}"


def test_a_measure_says_which_module_carries_it_and_each_leads_to_the_other(city, version, measure):
    runner, at = as_(city.decider), f"/engagements/{measure.reference}/"
    assert f'href="{at}porter/"' in runner.get(at).content.decode()
    assert version.title in unescape(runner.get(f"{at}porter/").content.decode())

    assert runner.post(f"{at}porter/", {"carrier": carrier_of(version)}).status_code == 303

    training = f"/formations/{version.track.slug}/"
    agent, visitor = as_(city.reader).get(at).content.decode(), as_(None).get(at).content.decode()
    assert f'href="{training}"' in agent
    assert "module « Accueillir »" in unescape(visitor).replace("\u00a0", " ").replace("\u202f", " ")
    assert f'href="{training}"' not in visitor
    assert f'href="{at}"' in as_(city.reader).get(training).content.decode()
    # Chosen already when one comes back; nothing any more once it is emptied.
    assert re.search(rf'value="{carrier_of(version)}"[^>]*selected', runner.get(f"{at}porter/").content.decode())
    runner.post(f"{at}porter/", {"carrier": ""})
    assert f'href="{at}"' not in as_(city.reader).get(training).content.decode()


def test_a_measure_nobody_reads_yet_is_not_told_by_a_training(city, version):
    hidden = MeasureFactory(title="Encore à relire", unit=city.direction, published_on=None)
    accountability.set_carrier(hidden, actor=city.decider, carrier=carrier_of(version))

    assert "Encore à relire" not in as_(city.reader).get(f"/formations/{version.track.slug}/").content.decode()


@pytest.mark.parametrize("carrier", ["formation:", "formation:x", "autre:1", "formation:{other}", "é" * 300])
def test_what_no_room_offers_is_refused_in_words(city, version, measure, carrier):
    other = made.published([made.lesson(key=str(uuid.uuid4()))])
    Track.objects.filter(pk=other.track_id).update(live=False)
    asked = carrier.format(other=other.modules.get().stable_key)

    said = as_(city.decider).post(f"/engagements/{measure.reference}/porter/", {"carrier": asked})

    assert said.status_code == 422
    assert "Rien de tel" in said.content.decode()
    assert Measure.objects.get(pk=measure.pk).carrier_kind == ""


def test_only_who_runs_a_measure_says_what_carries_it(city, version, measure):
    stranger = AgentFactory(unit=city.other_direction, roles=[(Role.DECISION_MAKER, city.other_direction)])

    for client in (as_(stranger), as_(city.reader)):
        said = client.post(f"/engagements/{measure.reference}/porter/", {"carrier": carrier_of(version)})
        assert said.status_code == 403
    assert Measure.objects.get(pk=measure.pk).carrier_kind == ""
