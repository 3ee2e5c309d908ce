"""The whole way of a draw in one journey: the organiser seals, dice come out, a guarantor certifies, anybody checks."""

import datetime

import pytest
import time_machine
from django.test import Client

from panels import proof
from panels.enums import CandidateState, DrawState
from panels.models import Draw
from panels.pool import people_of
from panels.services.drawing import entries_of
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page, session_cookie  # noqa: F401
from tests.factories import panels as make
from tests.journeys.conftest import Person

from .test_draw_screens import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Set to a folder, the journey leaves its pictures there.
SHOTS = ""


class Window(Person):
    """Somebody of a panel, or nobody; signed in anew wherever the clock was moved."""

    def __init__(self, page, live_server, person=None):
        super().__init__(page, live_server, getattr(person, "username", ""))
        self.person = person

    def at(self, name, draw=None):
        if self.person is not None:
            client = Client()
            client.force_login(self.person, backend="src.directory.backends.DirectoryBackend")
            self.page.context.add_cookies([session_cookie(self.served, client)])
        return self.go(at(name, draw) if isinstance(name, str) else name)

    def finds_no_fault(self, shot=""):
        if SHOTS and shot:
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=f"{SHOTS}/{shot}-{width}.png", full_page=True)
        return super().finds_no_fault()


@pytest.fixture
def window(live_server, open_page):  # noqa: F811
    """``window(person, shape, scheme)``: one more window on the panel."""

    def opened(person=None, shape=PHONE, scheme="light"):
        return Window(open_page(shape, scheme, reduced_motion="reduce"), live_server, person)

    return opened


def test_from_a_prepared_draw_to_a_receipt_checked_by_its_holder(window):
    made = make.pooled(20, seats=4)
    tomorrow = clock.today() + datetime.timedelta(days=1)

    organiser = window(made.organiser).at("draws").click("Préparer un tirage").finds_no_fault("prepare")
    organiser.press("Faire le tableau").reads("attend son tour").finds_no_fault("waiting")
    drain_outbox()
    # The page reads itself again: nobody has to press anything.
    organiser.page.get_by_role("link", name="Avant de sceller").wait_for()
    organiser.finds_no_fault("checked").click("Avant de sceller").reads("À savoir avant de sceller")
    organiser.finds_no_fault("seal").write("Où elle est tirée", "Hôtel de ville, salle du conseil")
    organiser.write("Quel jour", f"{tomorrow:%Y-%m-%d}").press("Voir ce que le scellé engage")
    organiser.reads("Sceller ce tirage").finds_no_fault("sure")
    organiser.press("Sceller le tirage").reads("Le tirage est scellé")
    drain_outbox()
    draw = Draw.objects.get()
    assert draw.state == DrawState.SEALED

    with time_machine.travel(clock.now() + datetime.timedelta(days=1), tick=True):
        organiser.at("ceremony", draw).finds_no_fault("ceremony").click("Écrire ce qui est sorti")
        organiser.finds_no_fault("reveal")
        for label, figure in (("Premier dé", "4"), ("Deuxième dé", "1"), ("Troisième dé", "2")):
            organiser.write(label, figure)
        organiser.press("Relire d'abord").reads("412").press("Oui, l'écrire et montrer la ligne").reads("La ligne 412")

        guarantor = window(made.guarantor, DESKTOP).at("ceremony", draw).finds_no_fault("ceremony-revealed")
        guarantor.click("Certifier le tirage").write("Où", "Hôtel de ville")
        guarantor.write("Qui l'a vu", "Paul Adda, garant\nMe Roux, huissier").finds_no_fault("certify")
        guarantor.press("Relire d'abord").reads("Me Roux").press("Certifier le tirage")
        guarantor.reads("Le tirage est certifié").finds_no_fault("public").at("seats").finds_no_fault("seats")

    receipt = proof.receipts_of(entries_of(made.panel, people_of(made.panel, CandidateState.values)))[0]
    for shape, scheme in ((PHONE, "dark"), (DESKTOP, "light")):
        anybody = window(None, shape, scheme).at("public_draw", draw).reads("Un minimum, et la borne à côté")
        anybody.click("Vérifier le tirage").write("Votre reçu", "Ticket P-0").press("Vérifier mon reçu")
        anybody.reads("ne peut pas être lu")
        anybody.heard.clear()
        anybody.write("Votre reçu", receipt.as_text()).press("Vérifier mon reçu")
        anybody.reads("scellé tel que vous l'avez").reads("Votre chance : vous êtes dans").finds_no_fault("verified")
