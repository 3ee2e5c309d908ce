"""The way of one letter in a real browser: its square scanned on a telephone, the questions, the receipt, the team."""

import re

import pytest
from django.test import Client

from panels.models import Candidate
from panels.services import calls
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page, session_cookie  # noqa: F401
from tests.factories import panels as make
from tests.journeys.conftest import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Window(Person):
    """Somebody at a live server's window, signed in as an account or nobody."""

    def signed(self, account):
        client = Client()
        client.force_login(account, backend="src.directory.backends.DirectoryBackend")
        self.page.context.add_cookies([session_cookie(self.served, client)])
        return self

    def looked_at(self):
        """No fault at this screen, the statuses of refusals aside."""
        self.heard[:] = [line for line in self.heard if not re.match(r"4\d\d http|Failed to load resource", line)]
        return self.finds_no_fault()

    def scans(self, address):
        """Follow the square of a letter in a new tab, as a telephone does."""
        self.go(address)
        self.page.wait_for_url("**/questions/")
        return self


@pytest.fixture
def window(live_server, open_page):  # noqa: F811
    def opened(shape=PHONE, scheme="light", *, js=True):
        somebody = Window(open_page(shape, scheme, js=js, reduced_motion="reduce"), live_server, "")
        somebody.js = js
        return somebody

    return opened


def test_a_letter_is_scanned_answered_and_checked(window):
    made = make.recruiting()
    scanned, typed = made.print_letters(2)

    person = window().scans(f"/panels/inscription/#{scanned}").looked_at()
    assert scanned not in person.page.url
    person.press("M'inscrire").reads("Il y a quelque chose à corriger").looked_at()
    person.choose("Tout cela est vrai pour moi").choose("Femme").choose("Logement social")
    person.write("Prénom et nom", "Zoé Canari").write("Numéro de téléphone", "06 00 00 00 00")
    person.choose("Participer au tirage").press("M'inscrire")
    one = Candidate.objects.get()
    person.reads(one.ticket).reads("Malika Soares").looked_at()
    number = person.page.locator("dd.ref").nth(1).inner_text()
    person.press("J'ai gardé mon reçu : fermer").reads("Rien ne reste sur cet appareil")

    # Without script and on a wide screen, the code is typed; the receipt opens one's own page.
    other = window(DESKTOP, "dark", js=False).go("/panels/inscription/")
    other.write("Le code de votre lettre", typed).press("Commencer").reads("Qui peut participer")
    person.go("/panels/inscription/la-mienne/").write("Votre ticket", one.ticket).write("Votre nombre secret", number)
    person.press("Ouvrir").reads("Mes accords").looked_at()

    calls.ask_call(candidate=one, reason="check")
    team = window(DESKTOP, "dark").signed(made.facilitator)
    team.go("/panels/atelier/accueil/candidats/").looked_at().click(one.ticket).looked_at()
    team.choose("Oui, elle est éligible").press("Écrire la décision").reads("Éligible")
    team.go("/panels/atelier/accueil/appels/").press("Prendre l'appel suivant").reads("Zoé Canari").looked_at()
    team.choose("Dit oui").press("Noter ce que l'appel a donné").reads("Personne n'attend d'appel")
    team.go("/panels/atelier/accueil/saisie/").looked_at()
