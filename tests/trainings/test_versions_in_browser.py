"""A new version, on screen: human resources decide by the keyboard, somebody follows what changed on a telephone."""

import pytest
from playwright.sync_api import expect

from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.journeys.conftest import loose
from tests.panels.test_organising_in_browser import pictured, window
from tests.trainings.test_versions import days, first, hr, major, nadia, obligation, reception  # noqa: F401
from trainings.ledger.models import Completion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_is_decided_by_the_keyboard_then_followed_on_a_telephone(
    live_server, open_page, hr, obligation, nadia, major  # noqa: F811
):  # fmt: skip
    desk = window(live_server, open_page, hr, DESKTOP, "dark", js=True)
    page = desk.page
    desk.go(f"/formations/obligations/rh/{obligation.reference}/")
    desk.finds_no_fault()
    pictured(desk, "version-rh-une-1280-dark")
    page.get_by_role("link", name="Demander ce qui a changé").press("Enter")
    page.get_by_role("button", name="Voir qui est concerné").press("Enter")
    desk.reads("Choisissez dans la liste")
    desk.heard.clear()
    desk.finds_no_fault()
    pictured(desk, "version-refus-1280-dark")
    page.get_by_label("Demander ce qui a changé, avant un jour").press("Space")
    page.get_by_label("Jour", exact=True).fill((clock.today() + days(75)).isoformat())
    page.get_by_role("button", name="Voir qui est concerné").press("Enter")
    desk.reads("1 personne doit suivre ce qui a changé")
    desk.finds_no_fault()
    pictured(desk, "version-confirmer-1280-dark")
    page.get_by_role("button", name="Décider", exact=True).press("Enter")
    desk.reads("C’est décidé")
    drain_outbox()

    agent = window(live_server, open_page, nadia, PHONE, "light", js=True)
    agent.go("/formations/obligations/")
    agent.reads("Seul ce qui a changé vous est demandé")
    agent.finds_no_fault()
    pictured(agent, "version-demandee-360-light")
    agent.page.locator("main h2 a").first.click()
    agent.reads("Ce qui a changé dans la version 2")
    agent.finds_no_fault()
    pictured(agent, "version-parcours-360-light")
    agent.page.get_by_role("button", name="Voir seulement ce qui a changé").press("Enter")
    expect(agent.page.locator("h1")).to_contain_text("Deuxième module")
    agent.page.get_by_role("radio", name="Bonjour").focus()
    for key in ("Space", "Tab", "Enter"):
        agent.page.keyboard.press(key)
    expect(agent.page.locator("main")).to_contain_text("Raison de")
    agent.reads("Raison de « Bonjour »")
    agent.page.get_by_role("button", name=loose("J'ai terminé")).press("Enter")
    agent.page.wait_for_url(f"**/{major.track.slug}/")
    agent.reads("Vous avez terminé cette formation")
    agent.finds_no_fault()

    assert Completion.objects.get(carries__isnull=False).agent == nadia
