"""What the data protection officer reads: the register is whole, the periods are told, forms say what they are for."""

import pytest
from django.core.management import call_command

from src.directory.enums import Role
from src.foundations import clock, retention, ticking
from src.rights import processings
from src.rights.models import ProcessingWords
from tests.factories.directory import AgentFactory, grant

pytestmark = pytest.mark.django_db
PAGES = ("", "registre.csv", "analyse/", "durees/", "violation/", "ideas/")


@pytest.fixture
def officer(client):
    person = AgentFactory()
    grant(person, Role.DPO)
    client.force_login(person)
    return client


def test_every_room_that_holds_people_has_its_processing():
    assert processings.rooms_without_processing() == []
    assert all(processings.lists_held(one) for one in processings.ALL)


@pytest.mark.leaves_effects("roles tell the security mailbox")
def test_the_officer_reads_everything_and_an_agent_nothing(officer, client):
    for page in PAGES:
        assert officer.get(f"/protection-donnees/{page}").status_code == 200
    assert officer.get("/protection-donnees/inconnu/").status_code == 404

    client.force_login(AgentFactory())

    assert {client.get(f"/protection-donnees/{page}").status_code for page in PAGES} == {404}


@pytest.mark.leaves_effects("roles tell the security mailbox")
def test_the_officer_s_words_replace_those_of_the_product(officer):
    officer.post(
        "/protection-donnees/ideas/", {"legal_basis": "=Base de la Ville <b>", "recipients": "", "notes": "Vu."}
    )

    assert ProcessingWords.objects.get().legal_basis == "=Base de la Ville <b>"
    page = officer.get("/protection-donnees/").content.decode()
    assert "=Base de la Ville &lt;b&gt;" in page
    assert "Vu." in officer.get("/protection-donnees/analyse/").content.decode()
    line = next(
        one
        for one in b"".join(officer.get("/protection-donnees/registre.csv").streaming_content).decode().splitlines()
        if "Base de la Ville" in one
    )
    assert ";=Base" not in line


@pytest.mark.leaves_effects("roles tell the security mailbox")
def test_periods_are_applied_once_a_day_and_told(officer):
    assert "jamais" in officer.get("/protection-donnees/durees/").content.decode()

    first = ticking.tick(only=retention.NAME)
    second = ticking.tick(only=retention.NAME)
    call_command("retention", "--dry-run")

    assert (first[retention.NAME], second[retention.NAME]) == ("ok", "later")
    page = officer.get("/protection-donnees/durees/").content.decode()
    assert "Appliquées pour la dernière fois le" in page
    assert clock.now() is not None


def test_a_page_with_a_form_says_what_it_is_for_and_a_page_without_says_nothing(client):
    person = AgentFactory()
    client.force_login(person)

    with_form = client.get("/moi/identite/").content.decode()
    without = client.get("/moi/").content.decode()

    assert with_form.count("Ce que devient ce que vous envoyez ici") == 1
    assert "Ce que devient ce que vous envoyez ici" not in without
