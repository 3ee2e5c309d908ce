"""Before and after in a browser: paired, answered, opened again, read by everybody; on a phone and on a desk."""

import pytest

from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import pairings
from tests.journeys.conftest import loose
from tests.panels.test_organising_in_browser import pictured, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INSIDE = "/panels/accueil/membres/avant-apres/"
BEFORE = [(2, "c1")] * 24 + [(3, "c2")] * 12 + [(4, "c2")] * 12
AFTER = [(4, "c2")] * 24 + [(3, "c1")] * 12 + [(2, "c2")] * 12


def test_from_the_pairing_to_what_everybody_reads(live_server, open_page):  # noqa: F811
    found = pairings.asked(110, 48)
    team = window(live_server, open_page, found.made.facilitator, PHONE)
    team.go(INSIDE).finds_no_fault().click("Poser les mêmes questions avant et après").finds_no_fault()
    pictured(team, "avant-apres-relier-telephone")
    team.page.get_by_label(loose("Premier questionnaire")).select_option(label=found.first.title)
    team.press("Relier").reads("Il est posé avant et après").finds_no_fault()
    drain_outbox()

    found.pairing = found.panel.pairings.get()
    member = window(live_server, open_page, found.made.account(47), PHONE)
    member.go(found.first.get_absolute_url()).reads("Posé deux fois").finds_no_fault()
    pictured(member, "avant-apres-avant-de-repondre-telephone")
    found.answer(found.first, BEFORE)
    found.close(found.first)
    team.go(INSIDE).click("Reposer les mêmes questions").finds_no_fault()
    pictured(team, "avant-apres-ouvrir-telephone")
    team.press("Ouvrir").reads("Le second questionnaire est ouvert").finds_no_fault()
    pictured(team, "avant-apres-equipe-telephone")
    drain_outbox()
    second = found.again().after
    found.answer(second, AFTER)
    found.close(second)

    for shape, scheme, name in ((PHONE, "light", "telephone"), (DESKTOP, "dark", "bureau-sombre")):
        visitor = window(live_server, open_page, None, shape, scheme)
        visitor.go("/panels/accueil/avant-apres/").reads("24 réponses ont monté").finds_no_fault()
        pictured(visitor, f"avant-apres-{name}")
