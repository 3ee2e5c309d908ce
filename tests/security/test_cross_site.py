"""T24: nothing is done for a page of another site, whatever it sends; only signed doors take no token."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.factories.directory import AgentFactory

# Their authority is a signature or a secret, and they have no cookie.
SIGNED_DOORS = {"src.notices.views"}


def walked(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from walked(pattern.url_patterns)


def test_every_address_of_ours_asks_for_the_token_but_signed_doors():
    exempt = {
        pattern.callback.__module__
        for pattern in walked(get_resolver().url_patterns)
        if getattr(pattern.callback, "csrf_exempt", False)
        and pattern.callback.__module__.split(".")[0] in {"src", "ideas", "consultations", "panels", "trainings"}
    }

    assert exempt == SIGNED_DOORS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/moi/effacer/annuler/", "/moi/appareils/", "/moi/donnees/fichier/", "/idees/K7F3Q9/soutien/"]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/json"])
def test_a_form_of_another_site_and_text_that_looks_like_json_are_refused(address, kind):
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://ailleurs.example"})
    client.force_login(AgentFactory())

    assert client.post(address, '{"soutien": "1"}', content_type=kind).status_code == 403
