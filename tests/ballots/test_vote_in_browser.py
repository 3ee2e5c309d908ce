"""A secret vote closed in the voter's page: what leaves it, what survives a failure, what stays behind."""

import re
from urllib.parse import parse_qs

import nacl.public
import pytest

from src.participation.ballots import boxes
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import PairBox, RollEntry, SealedBox
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import ballots as make

from .windows import window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a script, the next page or a person at the same device could find.
LEFT = """() => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage), cookie: document.cookie.includes('box'),
  ticked: [...document.querySelectorAll('input:checked')].map((one) => one.value),
  told: [...document.querySelectorAll('[data-ballot-chosen] li')].map((one) => one.textContent),
})"""
NOTHING = {"local": [], "session": [], "cookie": False, "ticked": [], "told": []}
READ, SEND = "Relire mon vote", "Envoyer mon vote"


class Urn:
    """A secret vote with a voter at their window, and the key of the urn as two holders together have it."""

    def __init__(self, live_server, open_page, method, shape=PHONE, **fields):  # noqa: F811
        self.made = made = make.opened(secrecy=Secrecy.SECRET, method=method, people=25, **fields)
        pair = PairBox.objects.select_related("outer", "inner").first()
        secret = bytes(pair.box)
        for holder in (pair.outer, pair.inner):
            secret = nacl.public.SealedBox(made.keys[holder.person_id]).decrypt(secret)
        self.opener = nacl.public.SealedBox(nacl.public.PrivateKey(secret))
        self.voter = window(live_server, open_page, made)(made.people[0], shape)

    def choices(self):
        frames = [self.opener.decrypt(bytes(one.ciphertext)) for one in SealedBox.objects.all()]
        return [boxes.read(self.made.ballot, frame[4 : 4 + int.from_bytes(frame[:4], "big")]) for frame in frames]

    def sent(self):
        """The boxes posted, in order; nothing else ever is."""
        bodies = [parse_qs(body) for _url, body in self.voter.sent if body]
        assert all(set(body) == {"box", "csrfmiddlewaretoken"} for body in bodies)
        return [body["box"][0] for body in bodies]


@pytest.fixture
def voting(live_server, open_page):  # noqa: F811
    """``voting(method)``: the page of an open vote, in the middle of its time."""
    moments = []

    def opened(method=Method.APPROVAL, shape=PHONE, **fields):
        urn = Urn(live_server, open_page, method, shape, **fields)
        moments.append(urn.made.while_open())
        moments[-1].__enter__()
        urn.voter.go().settled()
        return urn

    yield opened
    for moment in moments:
        moment.__exit__(None, None, None)


def grade(voter, proposal, word):
    voter.page.get_by_role("group", name=proposal).get_by_label(word, exact=True).check()


FILL = {
    Method.APPROVAL: (
        lambda voter: voter.choose("Un garage à vélos").choose("Des bancs"),
        [0, 1],
        "Un garage à vélos",
    ),
    Method.EQUAL_SHARES: (lambda voter: voter.choose("Un composteur").choose("Des bancs"), [0, 3], "Un composteur"),
    Method.YES_NO: (lambda voter: voter.choose("Non"), [0], "Non"),
    Method.GRADES: (
        lambda voter: (grade(voter, "Un garage à vélos", "Très bien"), grade(voter, "Un composteur", "À rejeter")),
        [-1, 1, -1, 6],
        "Un garage à vélos : Très bien",
    ),
}


@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("method", list(FILL))
def test_each_method_is_closed_in_the_page_as_the_server_would(voting, method, shape):
    fill, choice, words = FILL[method]
    urn = voting(method, shape)
    voter = urn.voter

    fill(voter)
    voter.press(READ).reads(words).finds_no_fault()
    nothing_yet = urn.sent()
    voter.press(SEND).waits_for("Votre reçu").finds_no_fault()

    (sent,) = urn.sent()
    assert (nothing_yet, urn.choices(), RollEntry.objects.count()) == ([], [choice], 1)
    receipt = boxes.receipt_of(SealedBox.objects.get().digest)
    assert (voter.page.locator("[data-receipt]").inner_text(), len(sent)) == (receipt, 408)
    assert voter.page.evaluate(LEFT) == NOTHING
    assert voter.page.get_by_role("button", name="Copier").is_visible()


@pytest.mark.parametrize("method", list(FILL))
def test_a_blank_vote_is_said_then_counted_as_such(voting, method):
    urn = voting(method)
    urn.voter.settled().page.get_by_label(re.compile("blanc")).first.check()

    urn.voter.press(READ).reads("c'est un vote blanc").press(SEND).waits_for("Votre reçu")

    assert urn.choices() == [[]]


def test_the_page_says_which_of_the_two_happens(voting, open_page, live_server):  # noqa: F811
    urn = voting()
    other = window(live_server, open_page, urn.made)(urn.made.people[1], js=False)

    assert "le serveur voit votre choix" not in urn.voter.page.locator("main").inner_text()
    urn.voter.choose("Des bancs").press(READ).reads("Votre choix est fermé ici, sur cet appareil")
    other.go().reads("Ici, le serveur voit votre choix au moment où vous votez")


@pytest.mark.parametrize(
    ("ticked", "sentence"),
    [
        ([], "Choisissez parmi les propositions, ou cochez le vote blanc"),
        (["Des bancs", "vote blanc"], "gardez l'un des deux"),
        (["Des bancs", "Un garage", "Une fontaine"], "gardez-en 2 au plus"),
    ],
)
def test_what_the_vote_doesnt_take_is_said_and_nothing_ticked_is_lost(voting, ticked, sentence):
    urn = voting()
    for label in ticked:
        urn.voter.page.get_by_label(re.compile(label)).first.check()

    urn.voter.press(READ).reads(sentence)
    focused = urn.voter.page.evaluate("document.activeElement.hasAttribute('data-ballot-refusal')")
    urn.voter.finds_no_fault()

    assert (focused, urn.voter.page.locator("input:checked").count()) == (True, len(ticked))
    assert urn.sent() == []


def test_after_a_cut_the_same_box_is_sent_and_counts_once(voting):
    urn = voting()
    voter = urn.voter
    voter.choose("Des bancs").press(READ)
    # The vote arrives, its answer doesn't.
    lost = []

    def cut(route):
        lost.append(route.fetch().status)
        route.abort("connectionfailed")

    voter.page.route("**/voter/", cut)
    voter.press(SEND).waits_for("Pas de connexion")
    voter.page.context.set_offline(True)
    voter.page.unroute("**/voter/")
    voter.press(SEND).waits_for("Pas de connexion").reads("Des bancs")
    voter.page.context.set_offline(False)
    voter.press("Choisir de nouveau").press(READ).press(SEND).waits_for("Votre reçu")

    assert lost == [200]
    assert (len(set(urn.sent())), SealedBox.objects.count(), RollEntry.objects.count()) == (1, 1, 1)
    assert voter.page.locator("[data-receipt]").inner_text() == boxes.receipt_of(SealedBox.objects.get().digest)


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_server_that_breaks_loses_nothing(voting, status):
    urn = voting()
    voter = urn.voter
    voter.page.route("**/voter/", lambda route: route.fulfill(status=status, body="<main>Panne</main>"))
    voter.choose("Des bancs").press(READ).press(SEND)
    voter.waits_for("votre vote est toujours là" if status == 429 else "il compte une fois").reads("Des bancs")
    voter.page.unroute("**/voter/")

    voter.press(SEND).waits_for("Votre reçu")

    assert (urn.choices(), len(set(urn.sent()))) == ([[0]], 1)


def test_signed_out_meanwhile_one_signs_in_elsewhere_and_sends_from_here(voting):
    urn = voting()
    voter = urn.voter
    voter.choose("Des bancs").press(READ)
    voter.page.context.clear_cookies()
    voter.press(SEND).waits_for("Votre connexion est terminée").reads("Des bancs")

    # In another tab of the same browser.
    page, elsewhere = voter.page, voter.page.context.new_page()
    voter.page = elsewhere
    voter.go()
    voter.page = page
    voter.press(SEND).waits_for("Votre reçu")

    assert (urn.choices(), len(set(urn.sent()))) == ([[0]], 1)


def test_a_vote_sent_from_another_tab_is_told_and_not_doubled(voting):
    urn = voting()
    urn.voter.choose("Des bancs").press(READ)
    urn.made.cast(urn.made.people[0], [1])

    urn.voter.press(SEND).waits_for("Vous avez déjà voté").finds_no_fault_but_a_refusal()

    assert urn.choices() == [[1]]
    assert urn.voter.page.evaluate(LEFT) == NOTHING


def test_back_and_forward_find_no_choice(voting):
    urn = voting()
    voter = urn.voter
    voter.choose("Des bancs").press(READ)

    voter.page.goto(f"{voter.served.url}/affichage/")
    voter.page.go_back()
    voter.settled()
    before = voter.page.evaluate(LEFT)
    voter.choose("Un garage à vélos").press(READ).press(SEND).waits_for("Votre reçu")
    voter.page.goto(f"{voter.served.url}/affichage/")
    voter.page.go_back()
    voter.settled()

    assert (before, voter.page.evaluate(LEFT)) == (NOTHING, NOTHING)
    voter.reads("Vous avez voté")
    assert "Un garage à vélos" not in voter.page.locator("[data-ballot-chosen]").all_inner_texts()


def test_two_presses_send_one_box(voting):
    urn = voting()
    urn.voter.choose("Des bancs").press(READ)

    urn.voter.page.get_by_role("button", name=SEND).dblclick()
    urn.voter.waits_for("Votre reçu")

    assert (len(urn.sent()), SealedBox.objects.count()) == (1, 1)
