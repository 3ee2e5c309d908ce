"""People of a ballot at their windows: a live server, pages signed in at the moment of the test, visible words alone."""

import re
import time

from django.test import Client

from tests.browser.fixtures import PHONE, session_cookie
from tests.journeys.conftest import Person, plain

PHRASE = "quatre mots tout simples"


class Window(Person):
    """Somebody of a ballot; signed in anew wherever the clock was moved."""

    def __init__(self, page, live_server, person, reference):
        super().__init__(page, live_server, person.username)
        self.person, self.reference = person, reference
        self.sent = []
        page.on("request", lambda request: self.sent.append((request.url, request.post_data or "")))

    def go(self, step=""):
        client = Client()
        client.force_login(self.person, backend="src.directory.backends.DirectoryBackend")
        self.page.context.add_cookies([session_cookie(self.served, client)])
        self.page.goto(f"{self.served.url}/scrutins/{self.reference}/{step}")
        return self

    def press(self, name):
        super().press(name)
        return self

    def waits_for(self, text, seconds=20):
        """The words come on the page by themselves."""
        deadline = time.monotonic() + seconds
        while plain(text) not in plain(self.page.locator("main").inner_text()):
            assert time.monotonic() < deadline, (text, self.page.locator("main").inner_text()[:2000], self.heard)
            time.sleep(0.05)
        return self

    def finds_no_fault_but_a_refusal(self):
        """As ``finds_no_fault``, where the server refused: the console tells of each status above 399."""
        self.heard[:] = [line for line in self.heard if not re.match(r"4\d\d http|Failed to load resource", line)]
        return self.finds_no_fault()

    def settled(self):
        """The modules of the page have run."""
        if self.js:
            self.page.wait_for_load_state("networkidle")
        return self

    # --- a key holder -----------------------------------------------------------------------------------------------

    def makes_a_key(self, folder, phrase=PHRASE):
        """Make a key, save its file in a folder of theirs, register its public half."""
        self.settled().write("Ma phrase de passe", phrase).write("La même phrase de passe", phrase)
        self.press("Fabriquer ma clé").waits_for("Votre clé est fabriquée")
        with self.page.expect_download() as saved:
            self.page.get_by_role("link", name=re.compile("Enregistrer le fichier")).click()
        place = folder / saved.value.suggested_filename
        saved.value.save_as(place)
        self.press("Inscrire la moitié publique de ma clé")
        return place

    def opens(self, place, button, phrase=PHRASE):
        """Choose the file of their key, type its passphrase, open."""
        self.settled()
        self.page.get_by_label("Le fichier de ma clé").set_input_files(place)
        self.write("Sa phrase de passe", phrase)
        return self.press(button)

    def gone_to(self, path):
        self.page.wait_for_url(f"**{path}")
        return self


def window(live_server, open_page, made):
    """``at(person, shape, js=…)``: one more window on the ballot."""

    def at(person, shape=PHONE, scheme="light", *, js=True):
        page = open_page(shape, scheme, js=js, reduced_motion="reduce")
        somebody = Window(page, live_server, person, made.ballot.reference)
        somebody.js = js
        return somebody

    return at
