"""A visit: what it reaches, what it sends, how it ends on the server, and what each answer leaves in a browser."""

import re
import time
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from ideas.models import Idea
from src.foundations.testing import drain_outbox
from src.kiosk import devices, visits
from src.paper import codes, registry
from src.paper.models import FollowCode
from src.participation.models import SealedAuthor
from tests.factories.ideas import BoxFactory, make_city

from .conftest import SECRET, TEXT, TITLE, answer


def code_on(page) -> str:
    return re.search(r'class="slip__code"[^>]*>([0-9A-Z-]+)<', page.content.decode())[1]


def sent(depot, browser, **more):
    data = {"body": TEXT, "title": TITLE, "identity": "protected", "envoi": str(uuid.uuid4()), **more}
    return browser.post(depot.address, data)


def test_a_protected_idea_without_an_account_is_read_by_its_code(depot):
    page = sent(depot, depot.browser())

    idea = Idea.objects.get()
    assert (idea.channel, idea.identity_mode, idea.author_id, idea.body) == ("kiosk", "protected", None, TEXT)
    assert not SealedAuthor.objects.exists()
    assert idea.reference in page.content.decode()
    elsewhere = Client()
    elsewhere.post("/suivre/", {"code": code_on(page)})
    assert TITLE in elsewhere.get("/suivre/").content.decode().replace("’", "'").replace("&#x27;", "'")
    assert code_on(page).replace("-", "") not in str(list(FollowCode.objects.values_list()))
    drain_outbox()


def test_the_same_page_sent_twice_is_one_idea_and_one_code(depot):
    browser, envoi = depot.browser(), str(uuid.uuid4())

    first, second = (sent(depot, browser, envoi=envoi) for _time in range(2))

    assert (Idea.objects.count(), FollowCode.objects.count()) == (1, 1)
    assert code_on(first) == code_on(second)
    # The row's own token opens nothing: it isn't the page's.
    assert str(Idea.objects.get().submission_token) != envoi
    drain_outbox()


def test_a_contribution_gets_no_second_code(depot):
    sent(depot, depot.browser())
    kept = FollowCode.objects.get()

    with pytest.raises(ValidationError):
        codes.issue(kept.subject_kind, kept.handle)
    drain_outbox()


def test_nobody_signs_with_a_name_that_nothing_proves(depot):
    page = sent(depot, depot.browser(), identity="named")

    assert (page.status_code, Idea.objects.count()) == (422, 0)
    assert [value for value, _card in page.context["form"].fields["identity"].choices] == ["protected"]


def test_a_grave_text_is_stored_nowhere_before_the_choice(depot):
    page = sent(depot, depot.browser(), body="Mon chef me harcèle tous les jours depuis un an, je n'en peux plus.")

    assert "témoignage" in page.content.decode()
    assert not Idea.objects.exists()
    assert page["Cache-Control"] == "no-store"


def test_one_device_sends_so_much_an_hour_whatever_its_address(depot, monkeypatch):
    monkeypatch.setattr("src.kiosk.views.propose.SENT_AN_HOUR", 1)
    browser = depot.browser()

    assert [sent(depot, browser).status_code for _time in range(2)] == [200, 429]
    drain_outbox()


def signed_in(depot) -> Client:
    browser = depot.browser()
    answer = browser.post("/borne/connexion/", {"identifier": "204117", "secret": SECRET})
    assert answer.status_code == 302
    assert "Bonjour Nadia" in browser.get("/borne/menu/").content.decode()
    return browser


def test_signed_in_a_name_may_be_shown_or_sealed(depot):
    browser = signed_in(depot)

    sent(depot, browser, identity="named")
    sent(depot, browser, identity="protected")

    modes = set(Idea.objects.values_list("identity_mode", "author_id"))
    assert modes == {("named", depot.nadia.pk), ("protected", None)}
    assert SealedAuthor.objects.count() == 1
    drain_outbox()


def test_sending_writes_nothing_on_the_session(depot):
    browser = signed_in(depot)
    before = list(Session.objects.values_list())

    sent(depot, browser)

    assert list(Session.objects.values_list()) == before
    drain_outbox()


def test_finishing_takes_everything_but_the_device(depot):
    browser = signed_in(depot)
    browser.get("/suivre/")

    end = browser.get("/borne/fin/")

    assert not Session.objects.exists()
    left = {name for name, cookie in browser.cookies.items() if cookie["max-age"] != 0}
    assert left == {devices.COOKIE}
    assert end.cookies["terrain_suivre"]["path"] == "/suivre/"
    assert end["Clear-Site-Data"] == '"cache", "storage"'
    assert end["Cache-Control"] == "no-store"


def test_no_cookie_of_a_visit_outlives_the_window(depot):
    browser = signed_in(depot)

    kept = {
        name: (cookie["max-age"], cookie["expires"])
        for name, cookie in browser.cookies.items()
        if cookie["max-age"] != 0
    }

    assert set(kept) >= {"sessionid", "csrftoken", visits.COOKIE}
    assert {value for name, value in kept.items() if name != devices.COOKIE} == {("", "")}


def test_a_crash_leaves_nobody_signed_in(depot):
    """The browser starts again with every cookie it had: the start screen closes what it finds."""
    browser = signed_in(depot)

    browser.get("/borne/")

    assert not Session.objects.exists()
    assert browser.get("/idees/miennes/")["Location"] == "/borne/"


def test_a_session_not_seen_is_dead_whatever_the_browser_does(depot, monkeypatch, settings):
    browser = signed_in(depot)
    stolen = Client()
    stolen.cookies["sessionid"] = browser.cookies["sessionid"].value
    later = time.time() + settings.TERRAIN_KIOSK_DEAD_SECONDS + 1
    left = Session.objects.get().expire_date.timestamp() - time.time()
    assert left <= settings.TERRAIN_KIOSK_DEAD_SECONDS
    monkeypatch.setattr("src.kiosk.visits.time.time", lambda: later)

    answer = browser.get("/borne/menu/")

    assert (answer.status_code, answer["Location"]) == (303, "/borne/")
    assert not Session.objects.exists()
    assert stolen.get("/moi/").status_code == 302


def test_a_form_of_an_earlier_visit_is_never_shown_again(depot):
    """Back, then « send the form again »: the token of the earlier visit is dead."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies.update(depot.browser().cookies)
    browser.get(depot.address)
    token = browser.cookies["csrftoken"].value
    browser.get("/borne/fin/")
    browser.get("/borne/commencer/")

    answer = browser.post(
        depot.address, {"body": TEXT, "title": TITLE, "identity": "protected", "csrfmiddlewaretoken": token}
    )

    assert (answer.status_code, answer["Location"]) == (303, "/borne/fin/")
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/", "/borne/menu/"),
        ("/gestion/", "/borne/menu/"),
        ("/moi/donnees/", "/borne/menu/"),
        ("/papier/", "/borne/menu/"),
        ("/formations/accompagnement/", "/borne/menu/"),
        ("/borne/appareils/", "/borne/menu/"),
        ("/connexion/", "/borne/connexion/"),
        ("/deconnexion/", "/borne/fin/"),
        ("/idees/deposer/", "/borne/proposer/"),
    ],
)
def test_a_visit_reaches_what_a_kiosk_shows(depot, asked, led):
    answer = depot.browser().get(asked)

    assert (answer.status_code, answer["Location"]) == (303, led)


def test_without_a_visit_everything_leads_to_the_start_screen(depot):
    browser = depot.browser(visiting=False)

    assert {browser.get(one)["Location"] for one in ("/", "/idees/", "/suivre/", "/borne/menu/", depot.address)} == {
        "/borne/"
    }


def test_each_page_is_in_kiosk_mode_and_kept_by_nobody(depot):
    browser = depot.browser()

    for address in ("/borne/menu/", "/idees/", "/suivre/", depot.address, "/borne/rien/"):
        page = browser.get(address)
        assert 'data-mode="kiosk"' in page.content.decode(), address
        assert page["Cache-Control"] == "no-store", address
    assert 'data-borne data-idle="90"' in page.content.decode() and "Refresh" not in page


def test_a_page_of_error_without_the_script_ends_by_itself(depot, monkeypatch):
    browser = depot.browser()
    browser.raise_request_exception = False
    monkeypatch.setattr("src.kiosk.views.propose.registry.form", lambda key: 1 / 0)

    page = browser.get(depot.address)

    assert (page.status_code, page["Refresh"], page["Cache-Control"]) == (500, "90;url=/borne/fin/", "no-store")


def test_no_field_of_a_visit_is_filled_by_the_browser(depot):
    browser = depot.browser()

    for address in (depot.address, "/borne/connexion/", "/suivre/"):
        page = browser.get(address).content.decode()
        fields = re.findall(r"<(?:input|textarea)\b(?![^>]*type=\"(?:hidden|radio)\")[^>]*>", page)
        assert fields and all('autocomplete="off"' in field for field in fields), (address, fields)
        assert re.search(r"<form[^>]*autocomplete=\"off\"", page), address


def test_elsewhere_nothing_is_asked_of_the_database(depot, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_a_page_of_a_visit_costs_one_statement_more(depot, django_assert_num_queries):
    browser = depot.browser()
    browser.get("/borne/presence/")

    with django_assert_num_queries(1):
        browser.get("/borne/presence/")


def test_what_can_only_be_read_signed_in_is_not_promised_before(depot):
    out, inside = depot.browser(), signed_in(depot)

    assert "Lire les idées" not in out.get("/borne/menu/").content.decode()
    assert "Lire les idées" in inside.get("/borne/menu/").content.decode()
    BoxFactory(circle="everyone")
    assert "Lire les idées" in out.get("/borne/menu/").content.decode()


def test_the_answer_is_read_by_code(depot):
    """A protected idea without an account, and what the City answers, read with the code alone."""
    city = make_city()
    depot.box = city.box
    code = code_on(sent(depot, depot.browser()))
    answer(Idea.objects.get(), city)
    later = depot.browser()

    later.post("/suivre/", {"code": code})

    assert "passe les mesures cette semaine" in later.get("/suivre/").content.decode()


def test_the_form_is_the_sheets_own(depot):
    page = depot.browser().get(depot.address)

    assert type(page.context["form"]) is type(registry.form("idee").build(depot.box.slug, None))
