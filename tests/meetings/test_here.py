"""On a shared tablet: when the groups of the place meet, never what they say."""

import pytest

from src.foundations.testing import forget_effects
from src.meetings import services
from tests.factories import meetings as make
from tests.factories.directory import SiteFactory
from tests.kiosk.conftest import depot  # noqa: F401 - the place and its tablet

pytestmark = pytest.mark.django_db


def test_the_tablet_of_a_place_tells_its_days_and_nothing_said(depot):  # noqa: F811
    browser = depot.browser(visiting=False)
    assert "vers=reunions" not in browser.get("/borne/").content.decode()
    series = make.group(unit=depot.unit, facilitator=depot.nadia, place="Salle de pause")
    services.raise_topic(series=series, author=make.member(series), title="Le portail reste ouvert la nuit")
    elsewhere = make.group(unit=SiteFactory(name="Autre dépôt"))
    meeting = make.meeting(series, state="prepared", actor=depot.nadia)

    start = browser.get("/borne/").content.decode()
    first = browser.get("/borne/commencer/?vers=reunions")
    prepared = browser.get(first["Location"]).content.decode()
    services.call_meeting(meeting=meeting, actor=depot.nadia)
    page = browser.get("/reunions/ici/")
    called = page.content.decode()

    assert "vers=reunions" in start
    assert "Aucun jour n’est annoncé" in prepared and "Salle de pause" not in prepared
    assert "Salle de pause" in called and series.space.name in called and "feuille" in called
    assert "portail" not in called and elsewhere.space.name not in called
    assert browser.get(series.get_absolute_url())["Location"] == "/borne/menu/"
    forget_effects()


def test_elsewhere_the_address_leads_to_ones_groups(client):
    assert client.get("/reunions/ici/")["Location"] == "/reunions/"
