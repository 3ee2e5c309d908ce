"""What I am asked to learn, on a phone and on a desk."""

import pytest

from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import UnitFactory
from tests.panels.test_organising_in_browser import pictured, window
from tests.trainings.obligations.test_evaluating import posted
from trainings.obligations.services.evaluating import evaluate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_asked_is_read_with_its_reasons(live_server, open_page):  # noqa: F811
    agent = posted(UnitFactory(), contact=True)
    made.obligation(made.RECEPTION)
    done = made.obligation(track=ledger.track("Laïcité et neutralité"))
    ledger.completed(agent, done.track)
    evaluate()
    drain_outbox()

    for name, size, scheme in (("phone", PHONE, "light"), ("desktop", DESKTOP, "dark")):
        person = window(live_server, open_page, agent, size, scheme)
        person.go("/formations/obligations/").finds_no_fault()
        person.page.get_by_text("Pourquoi suis-je").first.focus()
        person.page.keyboard.press("Enter")
        person.reads("Vous êtes au contact du public.").finds_no_fault()
        pictured(person, f"formations-demandees-{name}")
