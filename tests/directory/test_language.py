"""The language of the interface: who chooses, what keeps it, what is told of it, and what a choice can't do."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from src.directory import language, letters
from src.directory.models import User
from src.directory.services.codes import IssuedCode
from src.foundations import clock
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db
ASKED_IN_ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}


def spoken(client, address="/affichage/", **extra) -> str:
    response = client.get(address, **extra)
    html = response.content.decode()
    assert f'<html lang="{response["Content-Language"]}"' in html
    assert "Cookie" in response["Vary"]
    return response["Content-Language"]


def choose(client, code, next_="/affichage/?a=1&b=2"):
    return client.post("/langue/", {"langue": code, "next": next_})


def test_a_visitor_reads_french_until_they_choose_and_the_device_keeps_it():
    client = Client()
    assert spoken(client) == spoken(client, **ASKED_IN_ENGLISH) == "fr"

    answer = choose(client, "en")

    cookie = answer.cookies[language.COOKIE]
    assert (answer.status_code, answer["Location"]) == (303, "/affichage/?a=1&b=2")
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
    assert spoken(client) == "en"
    choose(client, "fr")
    assert spoken(client) == "fr"


def test_the_account_comes_before_the_device_and_leaves_nothing_on_it():
    user = AgentFactory(first_name="Nadia", last_name="Benali")
    assert user.language == ""
    client = Client()
    choose(client, "en")
    client.force_login(user)
    # Nobody chose for the account: the device's choice, made a moment ago, still holds.
    assert spoken(client) == "en"

    choose(client, "fr")
    user.refresh_from_db()
    assert (user.language, spoken(client)) == ("fr", "fr")

    elsewhere = Client()
    elsewhere.force_login(user)
    answer = choose(elsewhere, "en")
    assert language.COOKIE not in answer.cookies
    assert spoken(client) == spoken(elsewhere) == "en"
    elsewhere.post("/deconnexion/")
    assert spoken(elsewhere) == "fr"


@pytest.mark.parametrize("code", ["", "de", "fr-FR", "../en", "en\x00", "x" * 500])
def test_a_language_that_the_interface_lacks_changes_nothing(code):
    client = Client()

    answer = choose(client, code)

    assert (answer.status_code, answer.cookies.get(language.COOKIE)) == (400, None)
    client.cookies[language.COOKIE] = "de"
    assert spoken(client) == "fr"
    with pytest.raises(ValueError, match="speak"):
        language.keep(None, None, code)


def test_only_a_gesture_of_ours_chooses():
    client = Client(enforce_csrf_checks=True)

    assert client.get("/langue/?langue=en").status_code == 405
    assert choose(client, "en").status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.test/", "//evil.test", "/\\evil.test", "\\\\evil.test", "https:evil.test", "///evil.test",
        "javascript:alert(1)", "/\t/evil.test", "/%0d%0aX: y\r\nX: y", "", "http://testserver.evil.test/", " //evil.test",
        "/\u2028/evil.test", "ftp://testserver/", "//testserver@evil.test/",
    ],
)  # fmt: skip
def test_one_comes_back_to_our_pages_only(asked):
    assert choose(Client(), "en", asked)["Location"] == "/"


def test_the_switch_is_on_every_page_with_its_token_and_each_language_in_itself(client):
    html = client.get("/affichage/?next=/").content.decode()
    switch = html[html.index('<form class="lang"') :]
    switch = switch[: switch.index("</form>")]

    assert 'name="csrfmiddlewaretoken"' in switch and 'value="/affichage/?next=/"' in switch
    assert '<span aria-current="true" lang="fr">Français</span>' in switch
    assert 'name="langue" value="en" lang="en">English</button>' in switch
    assert client.get("/rien/").content.decode().count('<form class="lang"') == 1


def test_a_program_chooses_by_its_header_and_never_by_a_cookie():
    client = Client()
    client.cookies[language.COOKIE] = "en"

    assert client.get("/api/v1/measures/")["Content-Language"] == "fr"
    assert client.get("/api/v1/measures/", **ASKED_IN_ENGLISH)["Content-Language"] == "en"


def test_no_session_costs_no_query(django_assert_num_queries):
    client = Client()
    client.cookies[language.COOKIE] = "en"

    with django_assert_num_queries(0):
        assert client.get("/langue/").status_code == 405


def test_a_page_of_breakdown_speaks_the_language_of_the_device(client, monkeypatch):
    client.cookies[language.COOKIE] = "en"
    client.raise_request_exception = False
    monkeypatch.setattr("theme.views.DisplayForm", lambda *given, **named: 1 / 0)

    answer = client.get("/affichage/")

    html = answer.content.decode()
    assert answer.status_code == 500
    assert '<html lang="en">' in html and "The site had a problem" in html


def test_what_is_sent_speaks_the_account_s_language_and_french_without_one():
    assert {User(language=code).language or settings.LANGUAGE_CODE for code in ("", "fr")} == {"fr"}
    day = clock.today()
    with translation.override("en"):
        html = letters.letters_html(
            [
                IssuedCode(AgentFactory(first_name="Nadia", last_name="Benali", language=code), "ABCDEFGH", day)
                for code in ("", "en")
            ]
        )
    french, in_english = html.split('<section class="letter"')[1:]
    assert "Bonjour Nadia Benali" in french and french.startswith(' lang="fr"')
    assert "Hello Nadia Benali" in in_english and in_english.startswith(' lang="en"')
