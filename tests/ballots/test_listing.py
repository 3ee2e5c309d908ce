"""The list, the to-do lines, the card beside other activities, the API: through one gate, at one cost."""

import datetime

import pytest

from src.directory.viewer import as_viewer
from src.notices import todo
from src.participation import activities
from src.participation.ballots.enums import Secrecy
from tests.factories.ballots import ballot_space, counted, electors, opened, prepared, rehearsed
from tests.factories.directory import AgentFactory, DirectionFactory

from .test_voting import text_of

pytestmark = pytest.mark.django_db

LIST, PAGE, RESULTS, DESK, API = 6, 8, 6, 8, 4


def titles(response) -> list[str]:
    return [card.ballot.title for card in (*response.context["current"], *response.context["past"])]


@pytest.fixture
def three():
    """One open, one open and voted, one counted."""
    space = ballot_space(name="Le dépôt")
    # First: the ticker that closes it would close the others too.
    over = counted([[0]] * 12, space=space, title="Dépouillé", people=12)
    waits = opened(space=space, title="Attend")
    voted = opened(space=space, title="Voté", people=1)
    person = waits.people[0]
    with voted.while_open():
        voted.cast(person, [0])
    return waits, voted, over, person


def test_what_waits_for_one_comes_first_then_what_was_voted_then_results(as_, three):
    waits, _voted, _over, person = three

    with waits.while_open():
        answer = as_(person).get("/scrutins/")

    assert titles(answer) == ["Attend", "Voté", "Dépouillé"]
    assert text_of(answer).count("Attend votre vote") == 1
    assert text_of(answer).count("Vous avez voté") == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?etat=ouverts", ["Attend", "Voté"]),
        ("?etat=resultats", ["Dépouillé"]),
        ("?etat=a-venir", []),
        ("?etat=annules", []),
        ("?etat=a-depouiller", []),
        ("?etat=n'importe", ["Attend", "Voté", "Dépouillé"]),
        ("?q=depouille", ["Dépouillé"]),
        ("?q=DÉPÔT+attend", ["Attend"]),
        ("?q=%00zeppelin", []),
        ("?lieu=ailleurs", []),
    ],
)
def test_the_list_is_filtered(as_, three, asked, expected):
    waits, _voted, _over, person = three

    with waits.while_open():
        answer = as_(person).get(f"/scrutins/{asked}")

    assert (answer.status_code, titles(answer)) == (200, expected)


def test_a_ballot_in_preparation_or_of_another_circle_is_in_no_list(as_):
    prepared(title="Brouillon")
    stranger = AgentFactory()
    unit = DirectionFactory()
    electors(3, unit=unit)
    space = ballot_space(circle="members", member_unit=unit)
    opened(space=space, title="Entre membres", people=0)

    assert titles(as_(stranger).get("/scrutins/")) == []


def costs_the_same(django_assert_num_queries, number, client, address, more):
    """One row and three cost the same."""
    client.get(address)
    with django_assert_num_queries(number):
        client.get(address)
    more()
    with django_assert_num_queries(number):
        client.get(address)


def test_the_list_has_one_cost(as_, django_assert_num_queries):
    space = ballot_space()
    made = opened(space=space)

    def more():
        opened(space=space, people=1)
        counted([[0]] * 12, space=space, people=12)
        opened(space=space, people=1, secrecy=Secrecy.SIMPLE)

    costs_the_same(django_assert_num_queries, LIST, as_(made.people[0]), "/scrutins/", more)


def test_a_page_has_one_cost_whatever_its_proposals(as_, django_assert_num_queries):
    two, many = opened(labels=("Un", "Deux")), opened(labels=tuple(f"Proposition {n}" for n in range(20)))

    for made in (two, many):
        with made.while_open():
            client = as_(made.people[0])
            client.get(f"/scrutins/{made.ballot.reference}/")
            with django_assert_num_queries(PAGE):
                client.get(f"/scrutins/{made.ballot.reference}/")


def test_results_have_one_cost_whatever_their_proposals(as_, django_assert_num_queries):
    two = counted([[0]] * 12, labels=("Un", "Deux"))
    many = counted([[0]] * 12, labels=tuple(f"Proposition {n}" for n in range(20)))

    for made in (two, many):
        client = as_(made.people[0])
        client.get(f"/scrutins/{made.ballot.reference}/resultats/")
        with django_assert_num_queries(RESULTS):
            client.get(f"/scrutins/{made.ballot.reference}/resultats/")


def test_the_workshop_has_one_cost(as_, django_assert_num_queries):
    space = ballot_space()
    made = prepared(space=space)

    costs_the_same(
        django_assert_num_queries,
        DESK,
        as_(made.organiser),
        "/scrutins/atelier/",
        lambda: [prepared(space=space, title=str(n)) for n in range(3)],
    )


def lines(person) -> list[tuple]:
    return [(item.title, item.verb) for item in todo.items(as_viewer(person)) if item.kind.startswith("ballots.")]


def test_who_has_not_voted_has_a_line_until_they_do(three):
    waits, _voted, _over, person = three

    with waits.while_open():
        before = lines(person)
        waits.cast(person, [0])
        after = lines(person)

    assert (before, after, lines(person)) == ([("Attend", "Voter")], [], [])


def test_a_key_holder_has_a_line_before_the_opening_and_after_the_closing():
    made = prepared(secrecy=Secrecy.SECRET, people=25, with_keys=False)
    holder = made.holders[0]
    before = lines(holder)
    rehearsed(made)
    ready = lines(holder)
    made.open()
    made.cast_all([[0]] * 12)
    made.close()
    with made.once_over():
        closed = lines(holder)
        made.half_open(0)
        done = lines(holder)

    title = f"Tenir une clé\u00a0: {made.ballot.title}"
    assert (before, ready, closed, done) == ([(title, "Essayer")], [], [(title, "Ouvrir")], [])


def test_a_card_stands_beside_the_other_activities_of_its_space(three):
    waits, _voted, _over, person = three

    with waits.while_open():
        found = activities.cards_of(waits.ballot.space, as_viewer(person))

    assert sorted((card.title, card.verb) for card in found) == [
        ("Attend", "Voter"),
        ("Dépouillé", "Voir les résultats"),
        ("Voté", "Voir le scrutin"),
    ]


def test_the_api_tells_what_the_screens_tell_and_no_vote(as_, three, django_assert_num_queries):
    waits, _voted, over, person = three

    with waits.while_open():
        client = as_(person)
        listed = client.get("/api/v1/ballots/").json()
        running = client.get(f"/api/v1/ballots/{waits.ballot.reference}/").json()
        told = client.get(f"/api/v1/ballots/{over.ballot.reference}/").json()
        with django_assert_num_queries(API):
            client.get("/api/v1/ballots/")

    assert {one["title"] for one in listed["items"]} == {"Attend", "Voté", "Dépouillé"}
    assert (running["result"], running["fingerprint"]) == (None, None)
    assert told["result"]["voted"] == 12
    assert "files" not in told["result"]
    assert as_(None).get(f"/api/v1/ballots/{waits.ballot.reference}/").status_code == 404


def test_a_stranger_reads_a_ballot_of_everybody_and_is_led_to_the_door_to_vote(as_):
    made = opened(space=ballot_space(circle="everyone"))

    with made.while_open():
        read = text_of(as_(None).get(f"/scrutins/{made.ballot.reference}/"))
        led = as_(None).post(f"/scrutins/{made.ballot.reference}/voter/", {"blank": "on"})

    assert "Se connecter pour voter" in read
    assert (led.status_code, "/connexion/" in led.url) == (302, True)


def test_going_too_fast_is_told(as_):
    made = opened()

    with made.at(made.ballot.opens_at + datetime.timedelta(hours=1)):
        client = as_(made.people[0])
        codes = {
            client.post(f"/scrutins/{made.ballot.reference}/voter/", {"blank": "on"}).status_code for _n in range(70)
        }

    assert codes == {303, 429}
