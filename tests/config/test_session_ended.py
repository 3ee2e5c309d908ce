"""A form sent after the session ended, or with a token that no longer holds: what was typed comes back."""

import re

import pytest
from django.test import Client

from tests.factories.ideas import IdeaFactory, make_city

pytestmark = pytest.mark.django_db

BODY = "Les volets du préau restent ouverts la nuit, <b>même</b> en hiver et sous la pluie."
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def idea(db):
    city = make_city()
    return IdeaFactory(space=city.box, author=city.author)


def test_a_form_of_a_signed_out_writer_comes_back_with_a_way_to_the_door(client):
    response = client.post("/idees/deposer/?boite=a", {"body": BODY, "identity": "named"}, headers=OURS)
    page = response.content.decode()

    assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
    assert "Votre session est terminée, votre texte est là" in page
    assert "&lt;b&gt;même&lt;/b&gt; en hiver et sous la pluie." in page
    assert '<input type="hidden" name="identity" value="named">' in page
    assert 'action="/idees/deposer/?boite=a"' in page
    assert 'href="/connexion/" target="_blank"' in page


def test_a_comment_too(client, idea):
    response = client.post(f"/idees/{idea.reference}/commenter/", {"body": BODY}, headers=OURS)

    assert (response.status_code, "sous la pluie" in response.content.decode()) == (403, True)


def test_a_gesture_without_a_text_leads_to_the_door(client, idea):
    response = client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"}, headers=OURS)

    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/connexion/")


def test_the_text_of_another_site_never_comes_back(client):
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://ailleurs.example"}):
        response = client.post("/idees/deposer/", {"body": BODY}, headers=headers)

        assert (response.status_code, b"pluie" in response.content) == (302, False)


def test_an_old_token_gives_the_text_back_with_a_new_one(idea):
    client = Client(enforce_csrf_checks=True)
    address = f"/idees/{idea.reference}/commenter/"
    response = client.post(address, {"body": BODY, "csrfmiddlewaretoken": "0" * 64}, headers=OURS)
    page = response.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    again = client.post(address, {"body": BODY, "csrfmiddlewaretoken": token}, headers=OURS)

    assert (response.status_code, "sous la pluie" in page, f'action="{address}"' in page) == (403, True, True)
    assert "Votre session est terminée" in again.content.decode()


def test_a_strangers_form_gets_no_button_that_sends_it(idea):
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        f"/idees/{idea.reference}/commenter/", {"body": BODY}, headers={"sec-fetch-site": "cross-site"}
    )

    assert (response.status_code, b"pluie" in response.content, b"<textarea" in response.content) == (
        403,
        False,
        False,
    )
