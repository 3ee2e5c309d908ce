"""One's own pages: what the staff file says of me, and everything held of me, to read or to take away."""

import pytest
from django.core.cache import cache
from django.test import Client

from src.directory.enums import Role
from src.directory.models import User
from src.foundations.models import AuditEntry, OutboxEvent
from src.foundations.outbox import _payload
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory, UnitFactory, grant
from tests.factories.ideas import IdeaFactory

pytestmark = pytest.mark.django_db
SECRET, NEW = "trois mots choisis", "quatre autres mots choisis"


@pytest.fixture
def nadia():
    nadia = AgentFactory(first_name="Nadia", last_name="Benali", email="nadia@ville.example")
    nadia.set_password(SECRET)
    nadia.save()
    return nadia


@pytest.fixture
def own_client(client, nadia):
    cache.clear()
    client.force_login(nadia)
    return client


def confirm(client):
    """Type the secret again where the page asks for it."""
    return client.post("/connexion/confirmer/?next=/moi/donnees/", {"password": SECRET, "next": "/moi/donnees/"})


def test_account_page_says_who_one_is_and_where_to_settle_the_rest(own_client, nadia):
    unit = UnitFactory(name="Collecte du port")
    grant(nadia, Role.FACILITATOR, unit=unit)

    page = own_client.get("/moi/").content.decode()

    assert "Nadia Benali" in page and "nadia@ville.example" in page
    assert "Facilitatrice, facilitateur, Collecte du port" in page
    for address in ("/idees/miennes/", "/moi/messages/reglages/", "/moi/donnees/", "/connexion/securite/"):
        assert f'href="{address}"' in page


def test_account_page_costs_the_same_with_one_role_and_with_three(own_client, nadia, django_assert_num_queries):
    for roles in (1, 2):
        for _ in range(roles):
            grant(nadia, Role.FACILITATOR, unit=UnitFactory())
        # Session, account, roles, post, unread messages; the places whose sheets they put on the wall; their panels.
        with django_assert_num_queries(8):
            own_client.get("/moi/")


def test_what_is_held_asks_for_the_secret_again(own_client):
    first = own_client.get("/moi/donnees/")

    assert (first.status_code, first["Location"]) == (302, "/connexion/confirmer/?next=%2Fmoi%2Fdonnees%2F")
    assert confirm(own_client)["Location"] == "/moi/donnees/"
    assert own_client.get("/moi/donnees/").status_code == 200


def test_what_is_held_shows_one_s_protected_idea_and_nobody_else_s(own_client, nadia):
    IdeaFactory(author=nadia, title="Mon banc à l'abri", protected=True)
    IdeaFactory(author=AgentFactory(), title="Le casier d'une autre", protected=True)
    drain_outbox()
    confirm(own_client)

    page = own_client.get("/moi/donnees/").content.decode()

    assert "Mon banc à l" in page
    assert "Le casier d" not in page


def test_a_new_password_asks_for_the_old_one_ends_other_sessions_and_is_told(own_client, nadia):
    other = Client()
    other.force_login(nadia)
    assert own_client.get("/moi/mot-de-passe/")["Location"].startswith("/connexion/confirmer/")
    confirm(own_client)

    answer = own_client.post("/moi/mot-de-passe/", {"password": NEW, "again": NEW}, follow=True)

    assert "Votre mot de passe est changé. Tous les autres appareils sont déconnectés." in answer.content.decode()
    assert User.objects.get(pk=nadia.pk).check_password(NEW)
    assert own_client.get("/moi/").status_code == 200
    assert other.get("/moi/").status_code == 302
    mail = _payload(OutboxEvent.objects.get(topic="mail.send"))
    assert (mail["to"], mail["subject"]) == ("nadia@ville.example", "Votre mot de passe sur Terrain a changé")
    assert NEW not in mail["text"]
    assert AuditEntry.objects.filter(verb="directory.secret_changed").count() == 1
    drain_outbox()


def test_two_passwords_that_differ_are_refused_and_nothing_changes(own_client, nadia):
    confirm(own_client)

    answer = own_client.post("/moi/mot-de-passe/", {"password": NEW, "again": "autre chose encore"})

    assert answer.status_code == 422
    assert "Les deux mots de passe sont différents. Saisissez-les de nouveau." in answer.content.decode()
    assert User.objects.get(pk=nadia.pk).check_password(SECRET)
