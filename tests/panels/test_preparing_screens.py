"""From nothing to registration open, closed and stopped, on the pages; every refusal in words with what was typed."""

import datetime

import pytest

from panels.enums import PanelState, TeamRole
from panels.models import Panel, SourceList, TeamMember
from src.directory.enums import UnitKind
from src.foundations import clock
from tests.factories import panels as make
from tests.factories.directory import AgentFactory, DirectionFactory

from .test_quota_screens import text_of

pytestmark = pytest.mark.django_db

DESK = "/panels/atelier/accueil/"


@pytest.fixture
def made():
    return make.prepared(seats=4)


def mandate(direction, **fields) -> dict:
    """What the browser sends of a panel."""
    days = {name: day.isoformat() for name, day in make.dates().items()}
    return {
        "title": "Premier accueil",
        "question": "À quelles conditions chacun peut-il être accueilli ?",
        "commissioner": direction.pk,
        "kind": "single",
        "seats": "60",
        "reply_days": "90",
        "contact_name": "Malika Soares",
        "contact_phone": "04 00 00 00 00",
        **days,
        **fields,
    }


def test_an_administrator_begins_a_panel_and_its_address_comes_from_its_title(as_, made):
    direction = DirectionFactory(kind=UnitKind.DIRECTION)

    answer = as_(made.administrator).post("/panels/atelier/nouveau/", mandate(direction))

    one = Panel.objects.get(slug="premier-accueil")
    assert (answer.status_code, answer.url) == (303, "/panels/atelier/premier-accueil/equipe/")
    assert (one.state, one.seats) == (PanelState.DRAFT, 60)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Donnez-lui un titre"),
        ({"question": " "}, "Écrivez la question"),
        ({"seats": "0"}, "Écrivez 1 ou plus"),
        ({"seats": "soixante"}, "Écrivez un nombre entier"),
        ({"commissioner": "0"}, "Choisissez une direction de la liste"),
        ({"contact_phone": ""}, "Écrivez un numéro où quelqu’un répond"),
        ({"draw_on": "2020-01-01"}, "choisissez plus tard"),
        ({"registration_ends_on": "2020-01-01"}, "Ce jour est passé"),
        ({"registration_ends_on": "bientôt"}, "Écrivez une date entière"),
        ({"slug": "accueil"}, "Un autre panel a cette adresse"),
        ({"slug": "Atelier"}, "Terrain utilise cette adresse"),
        ({"slug": "inscription"}, "Terrain utilise cette adresse"),
        ({"title": "…", "slug": ""}, "Écrivez une adresse"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(as_, made, fields, words):
    answer = as_(made.administrator).post(
        "/panels/atelier/nouveau/", mandate(DirectionFactory(kind=UnitKind.DIRECTION), **fields)
    )

    assert (answer.status_code, Panel.objects.count()) == (422, 1)
    assert words in text_of(answer)
    assert "Malika Soares" in answer.content.decode()


def test_once_people_were_asked_the_question_stays(as_):
    made = make.recruiting(seats=4)
    client = as_(made.organiser)

    page = client.get(f"{DESK}modifier/").content.decode()
    assert 'name="question"' not in page
    assert 'name="seats"' not in page

    sent = mandate(made.panel.commissioner, contact_hours="De 9 h à 18 h", seats="100", title=made.panel.title)
    assert client.post(f"{DESK}modifier/", sent).status_code == 303
    assert (made.again().contact_hours, made.panel.seats) == ("De 9 h à 18 h", 4)


def test_somebody_is_named_with_one_role_and_a_guarantor_with_a_name_to_show(as_, made):
    client = as_(made.administrator)
    person = AgentFactory(first_name="Nadia", last_name="Ferré", email="nadia.ferre@marvenne.test")
    sent = {"name": person.email, "role": TeamRole.GUARANTOR}

    assert client.post(f"{DESK}equipe/", sent).status_code == 422
    shown = {"shown_name": "Nadia Ferré", "capacity": "Ancienne médiatrice"}
    assert client.post(f"{DESK}equipe/", sent | shown).status_code == 303
    assert TeamMember.objects.get(person=person).role == TeamRole.GUARANTOR

    again = client.post(f"{DESK}equipe/", {"name": person.email, "role": TeamRole.ORGANISER})
    assert "a déjà un rôle ici" in text_of(again)
    assert "Ancienne médiatrice" in text_of(as_(made.organiser).get(f"{DESK}equipe/"))


def test_of_two_people_with_one_name_one_is_chosen(as_, made):
    client = as_(made.administrator)
    for _n in range(2):
        AgentFactory(first_name="Zoé", last_name="Lambert")
    sent = {"name": "Zoé Lambert", "role": TeamRole.FACILITATOR}

    asked = client.post(f"{DESK}equipe/", sent)
    assert asked.status_code == 422
    which = asked.context["form"].fields["which"].choices[1][0]

    assert client.post(f"{DESK}equipe/", sent | {"which": which}).status_code == 303
    assert TeamMember.objects.filter(person__last_name="Lambert").count() == 1
    for odd in ("personne de ce nom", "\x00", "x" * 500):
        assert client.post(f"{DESK}equipe/", sent | {"name": odd}).status_code == 422


def test_a_role_ends_after_a_page_that_says_what_it_means(as_, made):
    member = TeamMember.objects.get(person=made.guarantor)
    address = f"{DESK}equipe/{member.pk}/retirer/"
    client = as_(made.administrator)

    assert "Son nom disparaît" in text_of(client.get(address))
    assert as_(made.organiser).post(address).status_code == 404
    assert client.post(address).status_code == 303
    assert not TeamMember.objects.filter(pk=member.pk).exists()
    assert client.post(address).status_code == 404


def test_organisers_read_the_team_and_name_nobody(as_, made):
    client = as_(made.organiser)

    assert client.get(f"{DESK}equipe/").status_code == 200
    sent = {"name": AgentFactory().email, "role": TeamRole.FACILITATOR}
    assert client.post(f"{DESK}equipe/", sent).status_code == 403


def test_a_list_is_added_with_seats_or_none_and_removed(as_, made):
    client = as_(made.organiser)

    assert (
        client.post(f"{DESK}listes/", {"label": "Associations", "kind": "partners", "seats": "1"}).status_code == 303
    )
    assert SourceList.objects.get(slug="associations").seats == 1
    for wrong in (
        {"label": "Associations", "kind": "partners"},
        {"label": "", "kind": "partners"},
        {"label": "Autre", "kind": "inconnu"},
        {"label": "Autre", "kind": "minors", "seats": "5"},
        {"label": "Autre", "kind": "minors", "seats": "0"},
    ):
        assert client.post(f"{DESK}listes/", wrong).status_code == 422, wrong

    gone = f"{DESK}listes/associations/retirer/"
    assert client.get(gone).status_code == 200
    assert client.post(gone).status_code == 303
    assert client.post(gone).status_code == 404
    made.open()
    assert client.post(f"{DESK}listes/electeurs/retirer/").status_code == 409


def test_registration_opens_when_nothing_is_missing(as_, made):
    client = as_(made.organiser)
    TeamMember.objects.filter(person=made.keeper).delete()

    assert "Personne ne garde encore les profils" in text_of(client.get(f"{DESK}ouvrir/"))
    assert client.post(f"{DESK}ouvrir/").status_code == 422

    make.preparing.name_to_team(
        actor=made.administrator, panel=made.panel, person=made.keeper, role=TeamRole.PROFILE_KEEPER
    )
    assert client.post(f"{DESK}ouvrir/").status_code == 303
    assert made.again().state == PanelState.RECRUITING
    assert client.post(f"{DESK}ouvrir/").status_code == 409
    assert client.get(f"{DESK}ouvrir/").status_code == 302 or client.get(f"{DESK}ouvrir/").status_code == 303


def test_registration_closes_when_nobody_waits_and_opens_again(as_):
    made = make.recruiting(seats=4)
    people = made.registered(5, eligible=False)
    client = as_(made.organiser)

    assert "5 inscriptions attendent" in text_of(client.get(f"{DESK}clore/"))
    assert client.post(f"{DESK}clore/").status_code == 422

    for one in people:
        make.candidates.decide_eligibility(actor=made.facilitator, candidate=one, is_eligible=True)
    assert client.post(f"{DESK}clore/").status_code == 303
    assert made.again().state == PanelState.POOL_CLOSED

    late = (made.panel.draw_on + datetime.timedelta(days=1)).isoformat()
    for wrong in ("", "2020-01-01", late):
        assert client.post(f"{DESK}rouvrir/", {"registration_ends_on": wrong}).status_code == 422, wrong
    until = (clock.today() + datetime.timedelta(days=35)).isoformat()
    assert client.post(f"{DESK}rouvrir/", {"registration_ends_on": until}).status_code == 303
    assert made.again().state == PanelState.RECRUITING


def test_a_panel_is_stopped_with_a_reason_that_everybody_reads(as_):
    made = make.recruiting(seats=4)
    client = as_(made.organiser)

    assert client.post(f"{DESK}arreter/", {"because": " "}).status_code == 422
    assert client.post(f"{DESK}arreter/", {"because": "La question a changé."}).status_code == 303

    assert made.again().state == PanelState.CLOSED
    page = text_of(as_(None).get("/panels/accueil/"))
    assert "La question a changé." in page
    assert "Réponse au plus tard" not in page
    assert "La question a changé." in text_of(as_(None).get("/panels/"))
    assert client.post(f"{DESK}arreter/", {"because": "Encore."}).status_code == 409


PAGES = ("modifier/", "equipe/", "listes/", "ouvrir/", "clore/", "rouvrir/", "arreter/")


def test_nobody_else_meets_these_pages(as_, made):
    other = make.prepared(seats=4, slug="autre")

    for person in (AgentFactory(), other.organiser, made.facilitator, made.keeper, made.guarantor):
        client = as_(person)
        assert {client.get(f"{DESK}{page}").status_code for page in PAGES} == {404}
        assert client.get("/panels/atelier/nouveau/").status_code == 404
        assert client.post("/panels/atelier/nouveau/", {}).status_code == 404
    assert {as_(None).get(f"{DESK}{page}").status_code for page in PAGES} == {302}
    client = as_(made.administrator)
    assert {page: client.get(f"{DESK}{page}").status_code for page in ("listes/", "ouvrir/")} == {
        "listes/": 404, "ouvrir/": 404,
    }  # fmt: skip


def test_the_workshop_lists_what_one_works_for(as_, made):
    assert "Pas encore de panel" in text_of(as_(AgentFactory()).get("/panels/atelier/"))
    assert "Garante, garant" in text_of(as_(made.guarantor).get("/panels/atelier/"))
    assert "Panels à organiser" in text_of(as_(made.guarantor).get("/moi/"))
    assert "Panels à organiser" not in text_of(as_(AgentFactory()).get("/moi/"))
