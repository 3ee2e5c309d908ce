"""Voting at a kiosk, in a real Chromium: from the tile to the receipt, then nothing of it for the next person."""

import re

import pytest
from django.contrib.sessions.models import Session

from src.directory.enums import Role
from src.foundations import ratelimit
from src.kiosk import devices, services
from src.participation.ballots import boxes
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import RollEntry, SealedBox, SimpleVote
from src.participation.ballots.selectors import own_choice
from src.participation.enums import Channel
from tests.browser.checks import axe, faults, watch
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, SiteFactory
from tests.kiosk.test_browser import LEFT, NOTHING, finds_nothing, finish, plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "un secret bien à moi 42"
TITLE = re.compile("Ce qu.on installe au dépôt")
CHOSEN = "Un garage à vélos"
# What a person at the same device, a script or the next page could still read of a vote.
TICKED = "() => [...document.querySelectorAll('input:checked')].length"


class Tablet:
    """The kiosk of a changing room, an open vote, and people who walk up to it one after the other."""

    def __init__(self, live_server, open_page, made, token):  # noqa: F811
        self.served, self.open_page, self.made, self.token = live_server, open_page, made, token
        self.page = self.heard = None

    def start(self, shape=PHONE, **options):
        cookie = {"name": devices.COOKIE, "value": self.token, "url": self.served.url, "httpOnly": True}
        self.page = self.open_page(shape, cookies=[cookie], reduced_motion="reduce", **options)
        self.page.clock.install()
        self.heard = watch(self.page)
        self.page.goto(f"{self.served.url}/borne/")
        return self

    def comes(self, person):
        """From the start screen to the paper, by what is written on the screens."""
        page = self.page
        page.get_by_role("link", name="Voter à un scrutin").click()
        page.locator("[name=identifier]").fill(person.personnel_number)
        page.locator("[name=secret]").fill(OWN)
        page.get_by_role("button", name="Se connecter").click()
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_label(CHOSEN).wait_for()
        return self

    def presses(self, name):
        self.page.get_by_role("button", name=name).click()
        return self

    def waits_for(self, text):
        self.page.locator("main").get_by_text(text).first.wait_for()
        return self


@pytest.fixture
def tablet(live_server, open_page, settings):  # noqa: F811
    """``tablet(secrecy)``: a kiosk at the middle of an open vote, two of whose people have a secret of their own."""
    settings.SITE_URL = live_server.url
    ratelimit.forget_memory()
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    _kiosk, code = services.prepare(actor=admin, unit=SiteFactory(), name="Tablette du vestiaire")
    token = services.enrol_device(code)
    moments = []

    def opened(secrecy=Secrecy.SECRET, **fields):
        made = make.opened(secrecy=secrecy, **fields)
        for number, person in enumerate(made.people[:2]):
            person.personnel_number, person.first_name = f"20411{number}", f"Prénom{number}"
            person.set_password(OWN)
            person.save()
        moments.append(made.while_open())
        moments[-1].__enter__()
        return Tablet(live_server, open_page, made, token)

    yield opened
    for moment in moments:
        moment.__exit__(None, None, None)


@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["360", "1280"])
def test_a_secret_vote_from_the_tile_to_the_receipt_then_nothing_is_left(tablet, shape):
    at = tablet().start(shape)
    page = at.page
    at.comes(at.made.people[0])
    found = {"paper": faults(page)}

    page.get_by_label(CHOSEN).check()
    at.presses("Relire mon vote").waits_for("Relisez votre vote")
    found["read again"] = faults(page)
    assert CHOSEN in plain(page) and "le serveur voit votre choix" in plain(page)
    assert RollEntry.objects.count() == 0
    at.presses("Envoyer mon vote").waits_for("Votre reçu")
    found["receipt"] = faults(page)

    receipt = page.locator("[data-receipt]").inner_text()
    assert receipt == boxes.receipt_of(SealedBox.objects.get().digest)
    assert (RollEntry.objects.get().channel, page.get_by_role("button", name="Imprimer").is_visible()) == (
        Channel.KIOSK,
        True,
    )
    assert (page.evaluate(LEFT), page.evaluate(TICKED)) == (NOTHING, 0)
    assert (found, at.heard) == (dict.fromkeys(found, []), [])

    page.reload()
    assert (receipt in page.content(), "Vous avez voté" in plain(page)) == (False, True), "shown once"
    finish(page)
    finds_nothing(page, receipt, CHOSEN, "Prénom0", at.made.ballot.reference)
    assert Session.objects.count() == 0


@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["360", "1280"])
def test_a_simple_vote_is_said_recorded_then_changed(tablet, shape):
    at = tablet(Secrecy.SIMPLE).start(shape)
    page = at.page
    person = at.made.people[0]
    at.comes(person)
    page.get_by_label(CHOSEN).check()

    at.presses("Voter").waits_for("Votre vote est enregistré")
    told = (faults(page), page.url.endswith(f"/scrutins/{at.made.ballot.reference}/"))
    page.get_by_role("link", name="Changer mon vote").click()
    page.get_by_label("Des bancs").check()
    at.presses("Enregistrer le changement").waits_for("Votre vote est changé")

    assert (told, at.heard) == (([], True), [])
    assert (own_choice(person, at.made.ballot), SimpleVote.objects.count()) == ([0, 1], 1)
    page.reload()
    assert "Votre vote est changé" not in plain(page), "said once"
    finish(page)
    finds_nothing(page, CHOSEN, "Prénom0", at.made.ballot.reference)


@pytest.mark.parametrize("step", ["ticked", "read again", "receipt"])
def test_idle_wipes_a_vote_wherever_it_was(tablet, step):
    at = tablet().start()
    page = at.page
    at.comes(at.made.people[0])
    page.get_by_label(CHOSEN).check()
    secrets = [CHOSEN, "Prénom0", at.made.ballot.reference]
    if step != "ticked":
        at.presses("Relire mon vote").waits_for("Relisez votre vote")
        secrets.append(page.locator("[name=box]").input_value())
    if step == "receipt":
        at.presses("Envoyer mon vote").waits_for("Votre reçu")
        secrets.append(page.locator("[data-receipt]").inner_text())

    page.clock.run_for(71_000)
    warned = (page.locator("dialog").is_visible(), axe(page))
    page.clock.run_for(20_000)
    page.wait_for_url("**/borne/")

    assert warned == (True, [])
    finds_nothing(page, *secrets)
    assert (RollEntry.objects.count(), Session.objects.count()) == (int(step == "receipt"), 0)


def test_the_next_person_votes_on_a_paper_where_nothing_is_ticked(tablet):
    at = tablet(method=Method.APPROVAL).start()
    page = at.page
    at.comes(at.made.people[0])
    page.get_by_label(CHOSEN).check()
    at.presses("Relire mon vote").waits_for("Relisez votre vote").presses("Envoyer mon vote").waits_for("Votre reçu")
    first = page.locator("[data-receipt]").inner_text()
    finish(page)

    at.comes(at.made.people[1])
    assert page.evaluate(TICKED) == 0
    page.get_by_label("Des bancs").check()
    at.presses("Relire mon vote").waits_for("Relisez votre vote").presses("Envoyer mon vote").waits_for("Votre reçu")

    assert page.locator("[data-receipt]").inner_text() != first
    assert (RollEntry.objects.count(), SealedBox.objects.count()) == (2, 2)


def test_a_cut_network_keeps_the_vote_in_the_page_and_it_counts_once(tablet):
    at = tablet().start()
    page = at.page
    at.comes(at.made.people[0])
    page.get_by_label(CHOSEN).check()
    at.presses("Relire mon vote").waits_for("Relisez votre vote")
    lost = []

    def answer_lost(route):
        """The first time the server has it and its answer is lost; the second nothing leaves."""
        lost.append(1)
        if len(lost) == 1:
            route.fetch()
        route.abort()

    page.route("**/voter/", answer_lost)
    at.presses("Envoyer mon vote")
    page.get_by_text("Pas encore envoyé").wait_for()
    kept = (page.evaluate(LEFT)["local"], page.evaluate(LEFT)["session"], plain(page).count(CHOSEN))
    page.clock.run_for(5_100)
    page.unroute("**/voter/")
    page.clock.run_for(5_100)
    at.waits_for("Votre reçu")

    assert kept == ([], [], 1)
    assert page.locator("[data-receipt]").inner_text() == boxes.receipt_of(SealedBox.objects.get().digest)
    assert RollEntry.objects.count() == 1
