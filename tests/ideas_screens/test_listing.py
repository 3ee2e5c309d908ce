"""The list: what is found, in which order, in how many statements, and as a file."""

import pytest

from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from tests.factories.directory import AgentFactory, ExternalFactory
from tests.factories.participation import SpaceFactory

# Session, account, list, filters' choices, boxes open now with their calendar, unread messages.
STATEMENTS = 7


def titles(response) -> list[str]:
    return [row["title"] for row in response.context["rows"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_statements_whatever_its_length(city, as_, django_assert_max_num_queries, count):
    for number in range(count):
        city.opened(f"Une idée numéro {number} pour le dépôt")
    client = as_(city.reader)
    client.get("/idees/")

    with django_assert_max_num_queries(STATEMENTS) as statements:
        response = client.get("/idees/")

    assert len(titles(response)) == count
    assert len(statements) == STATEMENTS
    drain_outbox()


def test_filters_find_by_step_direction_box_and_kind(city, as_):
    opened, decided = city.opened(), city.decided()
    client = as_(city.reader)

    found = {
        query: titles(client.get(f"/idees/?{query}"))
        for query in (
            "etape=oui",
            "etape=recue",
            "etape=non",
            "direction=RUE",
            "boite=plus-simple&etape=decidee",
            "genre=irritant",
        )
    }

    assert found == {
        "etape=oui": [decided.title],
        "etape=recue": [opened.title],
        "etape=non": [],
        "direction=RUE": [],
        "boite=plus-simple&etape=decidee": [decided.title],
        "genre=irritant": [],
    }


def test_search_finds_words_in_any_form(city, as_):
    city.opened("Une armoire pour échanger les tenues")
    city.opened("Prévenir la veille quand l'eau sera coupée")
    drain_outbox()

    response = as_(city.reader).get("/idees/?q=armoires")

    assert titles(response) == ["Une armoire pour échanger les tenues"]


def test_a_box_is_named_when_one_looks_into_it(city, as_):
    city.opened()

    page = as_(city.reader).get("/idees/?boite=plus-simple").content.decode()

    assert "<h1>Plus simple</h1>" in page
    assert "La boîte permanente" in page
    drain_outbox()


def test_an_empty_search_says_what_to_do(city, as_):
    city.opened()

    page = as_(city.reader).get("/idees/?q=zzzzzz").content.decode()

    assert "Aucune idée ne correspond" in page
    assert "Retirer tous les filtres" in page
    drain_outbox()


def test_pages_follow_one_another_without_a_gap(city, as_, monkeypatch):
    monkeypatch.setattr("ideas.views.listing.PAGE_SIZE", 2)
    for number in range(5):
        city.opened(f"Une idée numéro {number} pour le dépôt")
    client, seen, address = as_(city.reader), [], "/idees/"

    while address:
        response = client.get(address)
        seen += titles(response)
        address = f"/idees/{response.context['next_page']}" if response.context["next_page"] else ""

    assert sorted(seen) == [f"Une idée numéro {number} pour le dépôt" for number in range(5)]
    drain_outbox()


@pytest.mark.parametrize(
    "query",
    [
        "page=rubbish",
        "etape=%00",
        "direction=99999999999999999999999999",
        "boite=%ED%A0%80",
        "mot=" + "a" * 5000,
        "q=" + "%27%22%3B--" * 200,
        "tri=" + "9" * 400,
        "genre[]=1&etape=recue%00",
        "q=%F0%9F%9A%B2",
        "q=a*+OR+NEAR(",
    ],
)
def test_nothing_in_the_address_breaks_the_list(city, as_, query):
    city.opened()

    response = as_(city.reader).get(f"/idees/?{query}", follow=True)

    assert response.status_code == 200
    drain_outbox()


def test_somebody_elses_circle_is_not_listed(city, as_):
    members = SpaceFactory(
        slug="membres",
        circle=Circle.MEMBERS,
        process=city.space.process,
        steering_unit=city.direction,
        member_unit=city.site,
    )
    city.space = members
    idea = city.opened("Réservée aux membres du dépôt des Tanneurs")
    stranger = AgentFactory(username="ailleurs")

    assert titles(as_(stranger).get("/idees/")) == []
    assert as_(stranger).get(f"/idees/{idea.reference}/").status_code == 404
    assert titles(as_(city.reader).get("/idees/")) == [idea.title]
    drain_outbox()


def test_export_is_the_list_one_sees(city, as_):
    idea = city.opened("=cmd|' /C calc'!A1 dans un titre")

    response = as_(city.reader).get("/idees/export.csv")

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert lines[0].startswith('"Référence";"Titre";"Genre";"Étape"')
    assert len(lines) == 2
    assert lines[1].startswith(f'"{idea.reference}";"\'=cmd|')
    drain_outbox()


def test_export_is_for_people_signed_in(city, as_):
    assert as_(None).get("/idees/export.csv").status_code == 302


def test_a_visitor_is_told_that_ideas_are_for_agents_not_that_there_are_none(city, as_):
    city.opened("Une armoire de plus pour les tenues")

    page = as_(None).get("/idees/").content.decode()

    assert "Les idées sont pour les agentes et les agents" in page
    assert (
        "Connectez-vous pour les lire et en déposer une. Celles qui sont ouvertes à tout le monde s’affichent ici."
        in page
    )
    assert '<a class="btn" href="/connexion/?next=%2Fidees%2F">Se connecter</a>' in page
    assert "La vôtre pourrait être la première" not in page
    drain_outbox()


def test_somebody_invited_isnt_told_that_theirs_could_be_the_first(city, as_):
    guest = ExternalFactory()

    told = as_(guest).get("/idees/").content.decode()
    an_agent = as_(city.reader).get("/idees/").content.decode()

    assert ("Aucune idée ne vous est ouverte" in told, "pourrait être la première" in told) == (True, False)
    assert "pourrait être la première" in an_agent
