"""Who looks after one space has no place: neither codes, nor sheets, nor the paper desk open to them."""

import pytest
from django.test import Client

from src.directory.enums import Role
from src.participation.services.roles import grant_space_role
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.participation import SpaceFactory

pytestmark = pytest.mark.django_db
OF_A_PLACE = ("/connexion/codes/", "/idees/codes-de-site/", "/papier/", "/papier/imprimer/", "/papier/lots/nouveau/")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_pages_of_a_place_open_to_its_facilitators_alone():
    of_a_space = AgentFactory()
    grant_space_role(user=of_a_space, role=Role.FACILITATOR, space=SpaceFactory())
    of_a_place = AgentFactory(roles=[(Role.FACILITATOR, UnitFactory())])

    space, place = signed_in(of_a_space), signed_in(of_a_place)
    assert {path: space.get(path).status_code for path in OF_A_PLACE} == dict.fromkeys(OF_A_PLACE, 404)
    assert {path: place.get(path).status_code for path in OF_A_PLACE} == dict.fromkeys(OF_A_PLACE, 200)
    assert "/papier/" not in space.get("/").content.decode() and "/papier/" in place.get("/").content.decode()
    assert "/idees/codes-de-site/" not in space.get("/moi/").content.decode()
