"""``/engagements/``: what everybody reads, how it is found, in how many statements, and as files."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from src.accountability.models import Measure
from src.accountability.services import give_news, stop
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.measures import WHY, MeasureFactory, measure_of

pytestmark = pytest.mark.django_db
URL = "/engagements/"
# For a visitor: rows and their origins, the picture, what the filters offer.
STATEMENTS = 5


def signed_in(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def titles(response):
    return [row.title for row in response.context["rows"]]


@pytest.fixture
def direction():
    return DirectionFactory(name="Propreté et ressources", code="PRO")


@pytest.fixture
def decider(direction):
    return AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_statements_whatever_its_length(count, direction, django_assert_max_num_queries):
    for _number in range(count):
        MeasureFactory(unit=direction).origins.create(subject_kind="idea", subject_reference="AAAAAA")
    client = Client()
    client.get(URL)

    with django_assert_max_num_queries(STATEMENTS) as statements:
        response = client.get(URL)

    assert (len(titles(response)), len(statements)) == (count, STATEMENTS)


@pytest.mark.parametrize("count", [1, 3])
def test_whoever_is_signed_in_asks_eight_statements_and_finds_their_own_work(count, direction):
    """The visit, the account and the messages unread; none more to know whether a measure is theirs."""
    owner, other = AgentFactory(unit=direction), AgentFactory(unit=direction)
    for _number in range(count):
        MeasureFactory(unit=direction, owner=owner)
    seen = []
    for person in (owner, other):
        client = signed_in(person)
        client.get(URL)
        with CaptureQueriesContext(connection) as caught:
            seen.append(client.get(URL).context["may_work"])
        assert len(caught) == 8

    assert seen == [True, False]


def test_everybody_reads_what_is_published_and_nothing_else(direction, decider):
    shown = MeasureFactory(unit=direction)
    waiting = MeasureFactory(unit=direction, published_on=None)

    assert titles(Client().get(URL)) == [shown.title]
    assert Client().get(f"{URL}{shown.reference}/").status_code == 200
    assert Client().get(f"{URL}{waiting.reference}/").status_code == 404
    assert waiting.title in titles(signed_in(decider).get(URL))
    assert signed_in(AgentFactory()).get(f"{URL}{waiting.reference}/").status_code == 404


def test_a_measure_is_found_by_words_state_direction_origin_and_year(direction):
    silent = MeasureFactory(unit=direction, title="Poser une seconde pointeuse", heard_days_ago=104)
    done = MeasureFactory(status="delivered", delivered_on=clock.today(), delivered_proof="Posée.", year=2014)
    done.origins.create(subject_kind="other", label="Parlons services publics n° 23")

    found = {
        query: titles(Client().get(f"{URL}?{query}"))
        for query in (
            "q=pointeuse+seconde",
            "q=introuvable",
            "etat=sans-nouvelles",
            "etat=a-confirmer",
            "etat=arretee",
            "direction=PRO",
            "annee=2014",
            "annee=deux",
            "origine=Parlons services publics n° 23",
            "origine=idea",
            "etat=inconnu&annee=2014",
        )
    }

    assert found == {
        "q=pointeuse+seconde": [silent.title],
        "q=introuvable": [],
        "etat=sans-nouvelles": [silent.title],
        "etat=a-confirmer": [done.title],
        "etat=arretee": [],
        "direction=PRO": [silent.title],
        "annee=2014": [done.title],
        "annee=deux": [silent.title, done.title],
        "origine=Parlons services publics n° 23": [done.title],
        "origine=idea": [],
        "etat=inconnu&annee=2014": [done.title],
    }


def test_the_picture_adds_up_to_the_list(direction):
    for status in ("planned", "works", "studies"):
        MeasureFactory(unit=direction, status=status)
    MeasureFactory(unit=direction, heard_days_ago=200)

    response = Client().get(URL)

    assert [count for _label, count in response.context["chart"].points] == [2, 2, 0, 0, 0]
    assert response.context["silent"] == 1
    assert "1 mesure en cours est sans nouvelles" in response.content.decode()


def test_files_say_what_the_screen_says(direction):
    measure = MeasureFactory(unit=direction, title="=CMD() | pose", budget=120000)
    MeasureFactory(unit=direction, published_on=None)

    csv = b"".join(Client().get(f"{URL}export.csv").streaming_content).decode()
    data = json.loads(Client().get(f"{URL}export.json").content)

    assert "'=CMD() | pose" in csv and csv.count("\r\n") == 2
    assert [(one["reference"], one["budget"]) for one in data["measures"]] == [(measure.reference, 120000)]


def test_files_are_drawn_a_few_times_a_minute(decider):
    client = signed_in(decider)

    statuses = [client.get(f"{URL}export.json").status_code for _again in range(12)]

    assert statuses == [200] * 10 + [429] * 2


def test_the_api_reads_the_same_list_by_pages_with_an_etag(direction):
    made = [MeasureFactory(unit=direction, year=2020 + n % 3) for n in range(55)]
    client = Client()

    first = client.get("/api/v1/measures/")
    second = client.get("/api/v1/measures/", {"cursor": first.json()["next"]})
    asked_again = {"If-None-Match": second.headers["ETag"]}
    again = client.get("/api/v1/measures/", {"cursor": first.json()["next"]}, headers=asked_again)

    references = [one["reference"] for answer in (first, second) for one in answer.json()["items"]]
    assert sorted(references) == sorted(one.reference for one in made)
    assert (second.json()["next"], again.status_code) == (None, 304)
    assert client.get("/api/v1/measures/", {"cursor": "autre"}).status_code == 400
    one = client.get(f"/api/v1/measures/{made[0].reference.lower()}/").json()
    assert (one["title"], one["milestones"], one["news"]) == (made[0].title, [], [])
    assert client.get("/api/v1/measures/ZZZZZZ/").status_code == 404


def test_where_it_comes_from_follows_the_rights_of_the_reader(direction, decider):
    idea = IdeaFactory(space=BoxFactory(), direction=direction, stage="decision_pending")
    measure = measure_of(idea, decider)
    Measure.objects.filter(pk=measure.pk).update(published_on=clock.today(), title="Un banc couvert au dépôt")
    drain_outbox()

    visitor = Client().get(f"{URL}{measure.reference}/").content.decode()
    agent = signed_in(AgentFactory()).get(f"{URL}{measure.reference}/").content.decode()

    assert idea.title not in visitor and f"Idée {idea.reference}" in visitor
    assert idea.title.replace("'", "’") in agent.replace("&#x27;", "’") or idea.reference in agent
    assert f"/idees/{idea.reference}/" in agent and f"/idees/{idea.reference}/" not in visitor


def test_a_page_tells_steps_news_silence_and_the_end(direction, decider):
    measure = MeasureFactory(unit=direction, heard_days_ago=104)
    measure.milestones.create(title="Commande", done_on=clock.today() - timedelta(days=104))
    measure.milestones.create(title="Décision", planned_on=clock.today() - timedelta(days=10))
    page = Client().get(f"{URL}{measure.reference}/").content.decode()
    assert "Sans nouvelles depuis 104 jours" in page and "Cette date est dépassée" in page

    give_news(measure, actor=decider, text="Le <b>fournisseur</b> livre lundi.")
    page = Client().get(f"{URL}{measure.reference}/").content.decode()
    assert "&lt;b&gt;fournisseur&lt;/b&gt;" in page and "Sans nouvelles" not in page
    assert page.count(decider.get_full_name()) == 1

    stop(measure, actor=decider, reason="effet", text=WHY)
    page = Client().get(f"{URL}{measure.reference}/").content.decode()
    assert "Pourquoi elle s’arrête" in page and "Ne réglerait pas le problème" in page
    drain_outbox()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_as_many_statements_whatever_is_told(direction, decider, django_assert_max_num_queries, count):
    measure = MeasureFactory(unit=direction)
    for number in range(count):
        measure.origins.create(subject_kind="idea", subject_reference=f"AAAAA{number}")
        measure.milestones.create(title=f"Étape {number}", planned_on=clock.today())
        give_news(measure, actor=decider, text="La commande est passée.")
    drain_outbox()
    client = Client()
    client.get(f"{URL}{measure.reference}/")

    with django_assert_max_num_queries(9) as statements:
        client.get(f"{URL}{measure.reference}/")

    assert len(statements) == 9
