"""On a shared tablet: the point of its place in two taps, then the start again by itself."""

import re

import pytest

from consultations.ratings.models import Rating
from tests.factories.ratings import PointFactory
from tests.kiosk.conftest import depot  # noqa: F401 - the place and its tablet

pytestmark = pytest.mark.django_db


def test_a_tablet_rates_the_service_it_stands_in(depot):  # noqa: F811
    browser = depot.browser(visiting=False)
    assert "vers=noter" not in browser.get("/borne/").content.decode()
    point = PointFactory(unit=depot.unit)

    start = browser.get("/borne/").content.decode()
    first = browser.get("/borne/commencer/?vers=noter")
    page = browser.get(browser.get(first["Location"])["Location"])
    token = re.search(r'name="jeton" value="([^"]+)"', page.content.decode())[1]
    done = browser.post(point.rate_url, {"note": "4", "jeton": token})
    thanks = browser.get(done["Location"])

    assert "vers=noter" in start
    assert page["Refresh"].endswith("url=/borne/fin/") and thanks["Refresh"] == "30;url=/borne/fin/"
    assert Rating.objects.get().channel == "kiosk"
    assert "/qualite/" not in thanks.content.decode()


def test_elsewhere_the_short_address_leads_to_the_figures(client):
    assert client.get("/noter/")["Location"] == "/qualite/"
