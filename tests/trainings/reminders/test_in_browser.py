"""What is asked is followed, on a phone and on a desk: human resources, then a manager, with axe."""

import datetime as dt

import pytest

from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.panels.test_organising_in_browser import pictured, window
from tests.trainings.coverage.people import every_state, hr, manager
from trainings.coverage.models import CoverageTarget
from trainings.coverage.services.months import keep_month
from trainings.reminders.models import ReminderSent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_human_resources_read_set_a_target_preview_and_send_then_a_manager_prints(live_server, open_page):  # noqa: F811
    _obligation, service, people = every_state()
    keep_month()
    central, boss = hr(), manager(service)
    drain_outbox()

    for name, size, scheme in (("phone", PHONE, "light"), ("desktop", DESKTOP, "dark")):
        person = window(live_server, open_page, central, size, scheme)
        person.go("/formations/suivi/").finds_no_fault()
        person.page.locator("main h2 a").first.click()
        person.reads("Agents par état").reads("Propreté").finds_no_fault()
        pictured(person, f"formations-suivi-{name}")
        person.page.get_by_role("link", name="objectif").click()
        person.page.get_by_role("button", name="Fixer cet objectif").click()
        person.reads("Il y a quelque chose à corriger")
        # The refusal of a form, 422, is told by the browser.
        person.heard.clear()
        person.finds_no_fault()
        person.page.get_by_label("À jour, sur cent").fill("70")
        person.page.get_by_label("Pour quel jour").fill((clock.today() + dt.timedelta(days=200)).isoformat())
        person.page.get_by_role("button", name="Fixer cet objectif").click()
        person.reads("L’objectif est fixé")
        person.page.locator("main").get_by_role("link", name="Rappels").click()
        person.reads("Le message").finds_no_fault()
        pictured(person, f"formations-rappels-{name}")
        if name == "phone":
            person.reads("3 personnes seraient prévenues")
            person.page.get_by_role("button", name="Lancer les rappels").click()
            person.reads("Les rappels sont lancés")
            drain_outbox()
        person.go("/formations/rappels/").reads("Les rappels partent").finds_no_fault()
        person.go("/formations/suivi/sans-referent/").finds_no_fault()
        person.go("/formations/formes/").reads("trop peu de personnes").finds_no_fault()

        chief = window(live_server, open_page, boss, size, scheme)
        chief.go("/formations/equipe/").reads(people["overdue"].last_name).reads("À planifier").finds_no_fault()
        pictured(chief, f"formations-equipe-{name}")
        paper = chief.page.request.get(f"{live_server.url}/formations/equipe/feuille/")
        assert paper.ok and int(paper.headers["content-length"]) > 1000

    assert CoverageTarget.objects.get().percent == 70
    assert ReminderSent.objects.filter(channel="inbox").count() == 3
