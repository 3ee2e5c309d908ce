"""The page of a key holder: each step, each refusal in its sentence, and nothing secret that comes back or stays."""

import base64
import datetime
from types import SimpleNamespace

import nacl.exceptions
import nacl.public
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation.ballots import selectors_keys, services
from src.participation.ballots.enums import Secrecy
from src.participation.ballots.models import Ballot, HalfOpened, KeyHolder
from src.participation.ballots.services import demo_keys
from src.participation.ballots.services.keys import boxes_for, halves_for
from src.participation.ballots.static.ballots import urn_key
from src.participation.ballots.views import keys
from tests.factories import ballots as make

pytestmark = pytest.mark.django_db


def b64(content) -> str:
    return base64.b64encode(bytes(content)).decode()


def plain(response) -> str:
    return (
        response.content.decode().replace("\u202f", " ").replace("\xa0", " ").replace("’", "'").replace("&#x27;", "'")
    )


class Holder:
    """A key holder at their page, with the key on their own device."""

    def __init__(self, made, place):
        self.made, self.person = made, made.holders[place]
        self.key = made.keys.get(self.person.pk)

    @property
    def client(self) -> Client:
        """Signed in now: sessions don't outlive the days of a vote."""
        client = Client()
        client.force_login(self.person)
        return client

    @property
    def part(self) -> KeyHolder:
        return KeyHolder.objects.get(ballot=self.made.ballot, person=self.person)

    @property
    def stage(self):
        return selectors_keys.stage_of(Ballot.objects.get(pk=self.made.ballot.pk), self.part)

    def reads(self):
        return self.client.get(self.at(""))

    def at(self, step) -> str:
        return f"/scrutins/{self.made.ballot.reference}/cles/{step}"

    def send(self, step, **fields):
        answer = self.client.post(self.at(f"{step}/"), fields)
        # Those concerned are told of the count.
        drain_outbox()
        return answer

    def open(self, box) -> bytes:
        return nacl.public.SealedBox(self.key).decrypt(bytes(box))

    def make(self, **fields):
        self.key = nacl.public.PrivateKey.generate()
        return self.send("inscrire", public_key=b64(self.key.public_key), **fields)

    def rehearse(self):
        return self.send("essai", word=self.open(self.part.trial_box).decode())

    def halves(self) -> str:
        return "\n".join(b64(self.open(pair.box)) for pair in boxes_for(self.part))

    def urn_key(self) -> str:
        return b64(self.open(halves_for(self.part)[0].box))


@pytest.fixture
def holders():
    def made(**fields):
        ballot = (
            make.opened(secrecy=Secrecy.SECRET, **fields)
            if fields.pop("opened", False)
            else make.prepared(secrecy=Secrecy.SECRET, people=25, **fields)
        )
        return [Holder(ballot, place) for place in range(3)]

    return made


@pytest.fixture
def closed(holders):
    """Three holders after the closing of a vote of twenty, an hour later."""
    people = holders(opened=True)
    made = people[0].made
    made.cast_all([[0], [1], [0, 1], []] * 5)
    made.close()
    with made.once_over(datetime.timedelta(hours=1)):
        yield people


def test_a_key_is_registered_then_rehearsed(holders):
    one, *_others = holders(with_keys=False)

    first = (one.stage, one.reads().status_code)
    made = one.make()
    second = (one.stage, made.status_code, made["Location"], bytes(one.part.public_key) == bytes(one.key.public_key))
    tried = one.rehearse()

    assert first == ("make", 200)
    assert second == ("rehearse", 303, one.at(""), True)
    assert (tried.status_code, one.stage) == (303, "ready")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("", "Collez la moitié publique de votre clé"),
        ("bonjour", "Ce n'est pas la moitié publique d'une clé"),
        (b64(b"x" * 31), "Ce n'est pas la moitié publique d'une clé"),
        (b64(bytes(32)), "Ce n'est pas la moitié publique d'une clé"),
    ],
)
def test_what_is_no_public_half_is_refused_and_kept_on_the_page(holders, sent, sentence):
    one, *_others = holders(with_keys=False)

    refused = one.send("inscrire", public_key=sent)

    assert (refused.status_code, one.part.public_key) == (422, None)
    assert sentence in plain(refused)
    assert f'value="{sent}"' in refused.content.decode() or not sent


def test_the_line_of_the_key_file_is_taken_as_it_is(holders):
    one, *_others = holders(with_keys=False)
    key = nacl.public.PrivateKey.generate()

    taken = one.send("inscrire", public_key=f"public: {b64(key.public_key)}\n")

    assert (taken.status_code, bytes(one.part.public_key)) == (303, bytes(key.public_key))


def test_the_key_of_another_holder_is_refused(holders):
    one, other, _third = holders(with_keys=False)
    one.make()

    refused = other.send("inscrire", public_key=b64(one.key.public_key))

    assert (refused.status_code, other.part.public_key) == (422, None)
    assert "Quelqu'un d'autre a déjà cette clé" in plain(refused)


def test_a_key_is_replaced_only_when_said_and_is_rehearsed_again(holders):
    one, *_others = holders()
    known = bytes(one.part.public_key)

    refused = one.make()
    kept = (bytes(one.part.public_key) == known, one.stage)
    taken = one.make(again="on")

    assert (refused.status_code, kept) == (422, (True, "ready"))
    assert "cochez cette case pour la remplacer" in plain(refused)
    assert (taken.status_code, one.stage) == (303, "rehearse")


def test_the_same_key_sent_twice_changes_nothing(holders):
    one, *_others = holders(with_keys=False)
    one.make()
    before = (bytes(one.part.trial_box), AuditEntry.objects.count())

    again = one.send("inscrire", public_key=b64(one.key.public_key))

    assert (again.status_code, bytes(one.part.trial_box), AuditEntry.objects.count()) == (303, *before)


def test_another_word_is_refused(holders):
    one, *_others = holders(with_keys=False)
    one.make()

    refused = one.send("essai", word="ABCDEF")

    assert (refused.status_code, one.part.rehearsed_at) == (422, None)
    assert "Ce n'est pas le mot scellé pour vous" in plain(refused)
    assert 'value="ABCDEF"' in refused.content.decode()


def test_a_rehearsal_before_any_key_says_so(holders):
    one, *_others = holders(with_keys=False)

    refused = one.send("essai", word="ABCDEF")

    assert refused.status_code == 409
    assert "Fabriquez d'abord votre clé" in plain(refused)


@pytest.mark.parametrize("step", ["inscrire", "essai"])
def test_nothing_changes_once_the_ballot_is_opened(holders, step):
    one, *_others = holders(opened=True)
    key = nacl.public.PrivateKey.generate()
    known = bytes(one.part.public_key)

    refused = one.send(step, public_key=b64(key.public_key), again="on", word="ABCDEF")

    assert (refused.status_code, bytes(one.part.public_key) == known, one.stage) == (409, True, "wait")
    assert "ne changent plus" in plain(refused)


def test_during_the_vote_there_is_nothing_to_do_and_nothing_opens(holders):
    one, *_others = holders(opened=True)

    with one.made.while_open():
        page = one.reads()
        half = one.send("ouvrir", halves=one.halves())
        count = one.send("depouiller", urn_secret=b64(b"k" * 32))

    assert (one.stage, half.status_code, count.status_code, HalfOpened.objects.count()) == ("wait", 409, 409, 0)
    assert "Rien à faire pour l'instant" in plain(page)
    assert "data-boxes" not in page.content.decode()


def test_between_the_last_hour_and_the_tick_the_page_says_to_wait(holders):
    one, *_others = holders(opened=True)

    with one.made.once_over():
        assert one.stage == "closing"
        assert "dans une minute" in plain(one.reads())


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)])
def test_any_two_of_the_three_open_and_count(closed, first, second):
    one, other = closed[first], closed[second]
    third = closed[3 - first - second]
    assert [holder.stage for holder in closed] == ["first"] * 3

    opened = one.send("ouvrir", halves=one.halves())
    after = (opened.status_code, one.stage, other.stage, third.stage)
    counted = other.send("depouiller", urn_secret=other.urn_key())

    assert after == (303, "handed", "second", "second")
    assert (counted.status_code, counted["Location"]) == (303, f"/scrutins/{one.made.ballot.reference}/resultats/")
    assert one.made.again().result["total"]["ballots"] == 20
    assert {holder.stage for holder in closed} == {"counted"}


def test_two_who_both_opened_first_still_count(closed):
    one, other, _third = closed
    for holder in (one, other):
        holder.send("ouvrir", halves=holder.halves())

    assert (one.stage, other.stage) == ("second", "second")
    assert one.send("depouiller", urn_secret=one.urn_key()).status_code == 303


def test_twice_in_two_tabs_changes_nothing(closed):
    one, other, _third = closed
    halves = one.halves()

    first = [one.send("ouvrir", halves=halves).status_code for _tab in range(2)]
    key = other.urn_key()
    second = [other.send("depouiller", urn_secret=key).status_code for _tab in range(2)]

    assert (first, second, HalfOpened.objects.count()) == ([303, 303], [303, 303], 2)
    assert AuditEntry.objects.filter(verb="ballots.counted").count() == 1


def test_halves_sent_after_the_count_say_that_it_is_done(closed):
    one, other, third = closed
    halves = third.halves()
    one.send("ouvrir", halves=one.halves())
    other.send("depouiller", urn_secret=other.urn_key())

    late = third.send("ouvrir", halves=halves)

    assert late.status_code == 409
    assert "L'urne a déjà été ouverte" in plain(late)
    assert "Lire les résultats" in plain(late)


@pytest.mark.parametrize(
    ("halves", "sentence"),
    [
        ("", "Collez les deux lignes"),
        (b64(b"x" * 80), "Ce ne sont pas deux moitiés"),
        (f"{b64(b'x' * 80)}\nbonjour", "Ce ne sont pas deux moitiés"),
        ("\n".join([b64(b"x" * 79)] * 2), "Ce ne sont pas deux moitiés"),
    ],
)
def test_what_is_no_half_is_refused_and_kept_on_the_page(closed, halves, sentence):
    refused = closed[0].send("ouvrir", halves=halves)

    assert (refused.status_code, HalfOpened.objects.count()) == (422, 0)
    assert sentence in plain(refused)
    assert halves.splitlines()[:1] == [] or halves.splitlines()[0] in refused.content.decode()


@pytest.mark.parametrize("sent", ["", "bonjour", b64(b"k" * 31), b64(b"k" * 32)])
def test_another_key_doesnt_open_the_urn_and_never_comes_back(closed, sent):
    one, other, _third = closed
    one.send("ouvrir", halves=one.halves())

    refused = other.send("depouiller", urn_secret=sent)

    assert (refused.status_code, one.made.again().counted_at) == (422, None)
    assert "clé de l'urne" in plain(refused)
    assert not sent or sent not in refused.content.decode()


def test_the_urn_key_of_another_ballot_doesnt_open_this_one(closed):
    one, other, _third = closed
    one.send("ouvrir", halves=one.halves())

    refused = other.send("depouiller", urn_secret=b64(bytes(nacl.public.PrivateKey.generate())))

    assert refused.status_code == 422
    assert "Ce n'est pas la clé de l'urne" in plain(refused)


def test_halves_of_another_make_the_second_wait_but_the_third_still_opens(closed):
    """A first holder who sends anything at all spoils their own part, never the urn."""
    one, other, third = closed
    one.send("ouvrir", halves="\n".join([b64(b"x" * 80)] * 2))

    other.send("ouvrir", halves=other.halves())
    # The third has two halves to choose from: the broken one, and a good one.
    boxes = [bytes(half.box) for half in halves_for(third.part)]
    found = []
    for box in boxes:
        try:
            found.append(b64(third.open(box)))
        except nacl.exceptions.CryptoError:
            continue

    assert (len(boxes), len(found)) == (2, 1)
    assert all(b64(box) in third.reads().content.decode() for box in boxes)
    assert third.send("depouiller", urn_secret=found[0]).status_code == 303


def test_a_ballot_called_off_stays_closed(closed):
    one, *_others = closed
    services.cancel_ballot(actor=one.made.organiser, ballot=one.made.ballot, because="Le lieu a brûlé.")

    refused = one.send("ouvrir", halves="\n".join([b64(b"x" * 80)] * 2))

    assert (refused.status_code, one.stage) == (409, "cancelled")


@pytest.mark.parametrize("step", ["", "inscrire/", "essai/", "ouvrir/", "depouiller/"])
def test_only_the_three_have_this_page(holders, step):
    one, *_others = holders(opened=True)
    organiser, voter, visitor = Client(), Client(), Client()
    organiser.force_login(one.made.organiser)
    voter.force_login(one.made.people[0])

    def asked(client):
        return client.post(one.at(step)) if step else client.get(one.at(step))

    assert [asked(client).status_code for client in (organiser, voter)] == [403, 403]
    assert asked(visitor)["Location"].startswith("/connexion/")


def test_a_simple_vote_has_no_keys():
    made = make.opened(people=3)
    client = Client()
    client.force_login(made.people[0])

    assert client.get(f"/scrutins/{made.ballot.reference}/cles/").status_code == 403


def test_no_step_is_kept_by_the_browser_and_boxes_are_shown_to_their_holder_alone(closed):
    one, other, _third = closed
    pages = [holder.reads() for holder in (one, other)]

    assert {page["Cache-Control"] for page in pages} == {"private, no-store"}
    assert all(b64(pair.box) in pages[0].content.decode() for pair in boxes_for(one.part))
    assert not any(b64(pair.box) in pages[1].content.decode() for pair in boxes_for(one.part))


def test_the_organiser_reads_who_did_what_and_until_when(holders):
    one, other, third = holders(with_keys=False)
    one.make()
    one.rehearse()
    other.make()

    progress = selectors_keys.progress_of(one.made.ballot)

    assert [(line.has_key, bool(line.rehearsed_at), line.has_opened) for line in progress.lines] == [
        (True, True, False),
        (True, False, False),
        (False, False, False),
    ]
    assert (progress.is_ready, [line.name for line in progress.lines]) == (
        False,
        [holder.person.get_full_name() for holder in (one, other, third)],
    )


def test_progress_costs_the_same_for_one_and_three(holders, django_assert_num_queries):
    one, *_others = holders()

    with django_assert_num_queries(2):
        selectors_keys.progress_of(one.made.ballot)


def test_the_demo_city_writes_key_files_that_open(holders, settings, tmp_path):
    from tests.factories.directory import AgentFactory

    settings.VAR_DIR = tmp_path
    for username in demo_keys.HOLDERS:
        AgentFactory(username=username)
    made = make.prepared(secrecy=Secrecy.SECRET, people=25, with_keys=False)
    KeyHolder.objects.filter(ballot=made.ballot).delete()

    given = demo_keys.make_demo_holders(made.ballot)

    assert [holder.position for holder, _key in given] == [1, 2, 3]
    assert all(holder.rehearsed_at for holder in KeyHolder.objects.filter(ballot=made.ballot))
    for holder, key in given:
        text = demo_keys.file_of(holder)
        assert bytes(urn_key.key_in(text, "demo-terrain")) == bytes(key)
    client = Client()
    client.force_login(given[0][0].person)
    page = client.get(f"/scrutins/{made.ballot.reference}/cles/")
    assert "demo-terrain" in plain(page)

    settings.TERRAIN_DEMO = False
    assert demo_keys.file_of(given[0][0]) == ""
    with pytest.raises(RuntimeError):
        demo_keys.make_demo_holders(made.ballot)


def test_time_is_told(holders):
    one, *_others = holders(opened=True)

    assert clock.now() < one.made.ballot.opens_at
    assert f"{one.made.ballot.closes_at:%Y}" in plain(one.reads())


def test_a_form_whose_token_is_stale_gives_no_key_back(closed):
    one, other, _third = closed
    one.send("ouvrir", halves=one.halves())
    key = other.urn_key()
    client = Client(enforce_csrf_checks=True)
    client.force_login(other.person)

    refused = client.post(other.at("depouiller/"), {"urn_secret": key}, headers={"Sec-Fetch-Site": "same-origin"})

    assert refused.status_code == 403
    assert key not in refused.content.decode()


def test_no_key_is_made_on_a_shared_device(holders):
    one, *_others = holders(with_keys=False)

    with pytest.raises(PermissionDenied, match="sur un appareil à vous"), translation.override("fr"):
        keys._holder(SimpleNamespace(kiosk=object()), one.made.ballot)


def test_a_key_holder_gives_a_second_factor_where_the_city_asks_staff_for_one(settings):
    made = make.prepared(secrecy=Secrecy.SECRET, people=25)
    holder = Holder(made, 0)
    page = f"/scrutins/{made.ballot.reference}/cles/"
    assert holder.client.get(page).status_code == 200

    settings.TERRAIN_MFA_REQUIRED = True

    for answer in (holder.client.get(page), holder.client.post(f"{page}inscrire/", {"public_key": "x"})):
        assert answer.status_code == 302 and answer["Location"].startswith("/connexion/")
