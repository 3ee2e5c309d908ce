"""At the kiosk, in a real Chromium: an idea and its answer by code, then nothing for the next person."""

import json

import pytest

from ideas.models import Idea
from src.foundations.testing import drain_outbox
from src.kiosk import devices
from tests.browser.checks import axe, faults, watch
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page, until  # noqa: F401
from tests.factories.ideas import ANSWER, make_city

from .conftest import SECRET, TEXT, TITLE, answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PORTRAIT = (1080, 1920)
SMALL = """() => [...document.querySelectorAll('a[href],button,input:not([type=hidden],[type=radio],[type=checkbox]),textarea,select,summary,label.choice')]
  .filter((one) => one.checkVisibility({checkVisibilityCSS: true}) && !one.closest('.vh'))
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
  .filter(([box]) => box.width > 1 && (box.height < 63.5 || box.width < 63.5)).map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
# Everything a page of ours could leave in a browser, as a script of the same address reads it.
LEFT = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage),
  bases: (await indexedDB.databases()).map((one) => one.name), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  typed: [...document.querySelectorAll('input:not([type=hidden]),textarea')].map((one) => one.value).filter(Boolean),
})"""
NOTHING = {"local": [], "session": [], "bases": [], "caches": [], "workers": 0, "typed": []}


@pytest.fixture
def at_kiosk(depot, live_server, open_page, settings):  # noqa: F811
    settings.SITE_URL = live_server.url

    def opened(shape=PORTRAIT, **options):
        cookie = {"name": devices.COOKIE, "value": depot.token, "url": live_server.url, "httpOnly": True}
        page = open_page(shape, cookies=[cookie], reduced_motion="reduce", **options)
        page.clock.install()
        page.goto(f"{live_server.url}/borne/")
        return page

    return opened


def plain(page) -> str:
    return page.locator("body").inner_text().replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ")


def write(page):
    page.get_by_role("link", name="Déposer une idée").click()
    page.get_by_label("Qu’est-ce qui pourrait").fill(TEXT)
    page.locator("[name=title]").fill(TITLE)


def read_code(page) -> str:
    page.locator(".slip__code").wait_for()
    return page.locator(".slip__code").inner_text()


def finish(page):
    page.get_by_role("link", name="J’ai fini", exact=True).click()
    page.wait_for_url("**/borne/")


def finds_nothing(page, *secrets):
    """What the next person can find: in the page, in Back and Forward, in storage, in cookies, in caches."""
    for step in ("stay", "back", "back", "back", "forward", "forward"):
        if step != "stay":
            page.go_back() if step == "back" else page.go_forward()
            page.wait_for_load_state("load")
        assert page.url.endswith("/borne/") or page.url == "about:blank", (step, page.url)
        html = page.content().replace("’", "'").replace("&#x27;", "'")
        assert not [secret for secret in secrets if secret in html], step
        if page.url != "about:blank":
            assert page.evaluate(LEFT) == NOTHING, step
    cookies = {one["name"] for one in page.context.cookies()}
    assert cookies == {devices.COOKIE}
    assert not [secret for secret in secrets if secret in json.dumps(page.context.storage_state())]


def test_a_protected_idea_is_answered_by_code_then_nothing_is_left(at_kiosk, depot):
    city = make_city()
    depot.box.delete()
    page = at_kiosk()
    heard = watch(page)
    write(page)
    page.get_by_role("button", name="Envoyer").click()
    code = read_code(page)
    idea = Idea.objects.get()
    assert (idea.channel, idea.identity_mode, idea.author_id) == ("kiosk", "protected", None)
    assert idea.reference in plain(page)
    assert (faults(page), heard) == ([], [])
    finish(page)
    finds_nothing(page, code, TITLE, TEXT, idea.reference)
    answer(idea, city)

    page.get_by_role("link", name="Suivre avec mon code secret").click()
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Voir ma contribution").click()
    page.get_by_text("Terminer").wait_for()
    assert TITLE in plain(page) and ANSWER[:40] in plain(page)
    assert faults(page) == []
    finish(page)
    finds_nothing(page, code, TITLE)


def test_idle_is_told_put_off_then_wiped(at_kiosk):
    page = at_kiosk()
    write(page)

    page.clock.run_for(69_000)
    assert not page.locator("dialog").is_visible()
    page.clock.run_for(2_000)
    assert "J'ai besoin de plus de temps" in plain(page)
    page.clock.run_for(10_000)
    assert page.locator("[data-left]").inner_text() in {"9", "10"}
    page.get_by_role("button", name="J’ai besoin de plus de temps").click()
    assert page.locator("[name=title]").input_value() == TITLE
    for _time in range(9):
        page.clock.run_for(71_000)
        page.get_by_role("button", name="J’ai besoin de plus de temps").click()
    page.clock.run_for(71_000)
    assert not page.get_by_role("button", name="J’ai besoin de plus de temps").is_visible()
    page.clock.run_for(20_000)

    page.wait_for_url("**/borne/")
    finds_nothing(page, TITLE, TEXT)
    assert not Idea.objects.exists()


def test_signed_in_then_a_crash_leaves_the_start_screen(at_kiosk, live_server, open_page, depot):  # noqa: F811
    page = at_kiosk()
    page.get_by_role("link", name="Se connecter").click()
    page.locator("[name=identifier]").fill("204117")
    page.locator("[name=secret]").fill(SECRET)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_text("Bonjour Nadia").wait_for()
    kept = page.context.cookies()
    assert {one["expires"] for one in kept if one["name"] != devices.COOKIE} == {-1}
    page.context.close()

    # A browser that restores its session gives every cookie back.
    again = open_page(PORTRAIT, cookies=kept)
    again.goto(f"{live_server.url}/borne/")

    assert "Nadia" not in plain(again)
    again.goto(f"{live_server.url}/idees/miennes/")
    finds_nothing(again, "Nadia", "204117")


def test_a_cut_network_says_not_sent_then_sends_once(at_kiosk):
    page = at_kiosk()
    write(page)
    lost = []

    def answer_lost(route):
        """The first time the server has it and the answer is lost; the second nothing leaves."""
        lost.append(1)
        if len(lost) == 1:
            route.fetch()
        route.abort()

    page.route("**/borne/proposer/*/", answer_lost)
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_text("Pas encore envoyé").wait_for()
    assert "C'est reçu" not in plain(page)
    page.clock.run_for(5_100)
    until(page, "document.querySelectorAll('[data-unsent-here] .notice').length === 1")
    assert page.evaluate(LEFT)["local"] == []
    page.unroute("**/borne/proposer/*/")
    page.clock.run_for(5_100)

    read_code(page)
    assert Idea.objects.count() == 1
    drain_outbox()


def test_a_page_that_the_browser_kept_is_empty_and_leaves(at_kiosk):
    page = at_kiosk()
    write(page)

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    kept = page.locator("body").inner_html()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.wait_for_url("**/borne/")

    assert kept == ""


def test_without_a_network_the_screen_is_empty_all_the_same(at_kiosk):
    page = at_kiosk()
    write(page)
    page.route("**/borne/fin/", lambda route: route.abort())

    page.get_by_role("link", name="J’ai fini", exact=True).click()

    page.get_by_text("Tout est effacé").wait_for()
    assert TITLE not in page.content()
    page.unroute("**/borne/fin/")
    page.clock.run_for(5_100)
    page.wait_for_url("**/borne/")


@pytest.mark.parametrize("shape", [PHONE, DESKTOP, PORTRAIT])
def test_each_screen_has_targets_for_a_hand_and_no_fault(at_kiosk, live_server, depot, shape):
    page = at_kiosk(shape)
    heard = watch(page)
    page.get_by_role("link", name="Déposer une idée").wait_for()
    found = {"start": (page.evaluate(SMALL), faults(page))}
    page.goto(f"{live_server.url}/borne/commencer/")
    for name, address in (("menu", "menu/"), ("propose", f"proposer/{depot.box.slug}/"), ("door", "connexion/")):
        page.goto(f"{live_server.url}/borne/{address}")
        found[name] = (page.evaluate(SMALL), faults(page))
    page.goto(f"{live_server.url}/suivre/")
    found["follow"] = (page.evaluate(SMALL), [])
    page.goto(f"{live_server.url}/borne/proposer/{depot.box.slug}/")
    page.get_by_role("button", name="Envoyer").click()
    page.locator(".errsum").wait_for()
    found["refused"] = (page.evaluate(SMALL), faults(page))
    page.clock.run_for(71_000)
    found["warning"] = (page.evaluate(SMALL), axe(page))

    assert found == dict.fromkeys(found, ([], []))
    assert [line for line in heard if "422" not in line] == []


def test_without_javascript_the_code_is_shown_and_the_visit_ends(at_kiosk, depot):
    page = at_kiosk(PHONE, js=False)
    write(page)
    assert page.locator("noscript").count() >= 0 and "url=/borne/fin/" in page.content()
    page.get_by_role("button", name="Envoyer").click()
    read_code(page)
    page.get_by_role("link", name="J’ai fini", exact=True).click()

    page.get_by_text("Tout est effacé").first.wait_for()
    drain_outbox()
