"""Voting from a shared tablet: offered while a ballot is open, sealed by the server, and nothing left behind."""

import re

import pytest
from django.contrib.sessions.models import Session

from src.directory.enums import Role
from src.foundations import ratelimit
from src.kiosk import devices, services
from src.participation.ballots.enums import Secrecy
from src.participation.ballots.models import RollEntry
from src.participation.enums import Channel
from tests.factories.ballots import opened
from tests.factories.directory import AgentFactory, SiteFactory

from .test_voting import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tablet(as_):
    """``tablet(user)``: the browser of a kiosk, somebody signed in before it."""
    ratelimit.forget_memory()
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    _kiosk, code = services.prepare(actor=admin, unit=SiteFactory(), name="Tablette du vestiaire")
    token = services.enrol_device(code)

    def visited(user):
        browser = as_(None)
        browser.cookies[devices.COOKIE] = token
        browser.get("/borne/commencer/")
        if user is not None:
            browser.force_login(user, backend="src.directory.backends.DirectoryBackend")
        return browser

    return visited


def test_a_secret_vote_on_a_tablet_leaves_nothing_behind(tablet):
    made = opened(secrecy=Secrecy.SECRET)
    address = f"/scrutins/{made.ballot.reference}/"

    with made.while_open():
        browser = tablet(made.people[0])
        paper = browser.get(address)
        read = browser.post(f"{address}verifier/", {"choice": ["1"]})
        box = re.search(r'name="box" value="([^"]+)"', read.content.decode())[1]
        sent = browser.post(f"{address}voter/", {"box": box})
        browser.get("/borne/fin/")
    left = {name for name, cookie in browser.cookies.items() if cookie["max-age"] != 0}

    # The device closes nothing: the page says so, and loads no script that would.
    assert "vote.js" not in paper.content.decode()
    assert "Ici, le serveur voit votre choix" in text_of(paper)
    assert "cette page s'efface" in text_of(sent)
    assert (sent["Cache-Control"], "data-receipt-copy" in sent.content.decode()) == ("no-store", False)
    assert (left, Session.objects.count()) == ({devices.COOKIE}, 0)
    assert RollEntry.objects.get().channel == Channel.KIOSK


def test_a_tablet_offers_to_vote_while_a_ballot_is_open_and_never_its_desk(tablet):
    made = opened()
    before = text_of(tablet(made.people[0]).get("/borne/menu/"))

    with made.while_open():
        browser = tablet(made.people[0])
        menu = text_of(browser.get("/borne/menu/"))
        desk = browser.get("/scrutins/atelier/")

    assert ("Voter à un scrutin" in before, "Voter à un scrutin" in menu) == (False, True)
    assert (desk.status_code, desk.url) == (303, "/borne/menu/")
