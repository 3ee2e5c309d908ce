"""A key holder's mistakes, in their browser: each has its sentence, is put right on the same page, and sends nothing."""

import datetime

import nacl.public
import pytest

from src.foundations.testing import drain_outbox
from src.participation.ballots import services
from src.participation.ballots.enums import Secrecy
from src.participation.ballots.models import HalfOpened, KeyHolder
from src.participation.ballots.services import demo_keys
from src.participation.ballots.static.ballots import urn_key
from tests.browser.fixtures import DESKTOP, chromium, open_page  # noqa: F401
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory

from .windows import PHRASE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPEN_WORD = "Ouvrir le mot avec ma clé"


@pytest.fixture
def prepared():
    return make.prepared(secrecy=Secrecy.SECRET, people=25, with_keys=False)


def posted(one):
    return [(url, body) for url, body in one.sent if body]


def test_a_passphrase_too_short_or_typed_differently_makes_no_key(prepared, live_server, open_page, tmp_path):  # noqa: F811
    one = window(live_server, open_page, prepared)(prepared.holders[0]).go("cles/").settled()

    one.write("Ma phrase de passe", "courte").press("Fabriquer ma clé").reads("12 signes au moins, quatre mots")
    one.finds_no_fault()
    one.write("Ma phrase de passe", PHRASE).write("La même phrase de passe", "autre chose de long")
    one.press("Fabriquer ma clé").reads("ne sont pas pareilles").finds_no_fault()
    one.write("La même phrase de passe", PHRASE).press("Fabriquer ma clé").waits_for("Votre clé est fabriquée")
    # Registered before it is saved: not yet.
    one.press("Inscrire la moitié publique de ma clé").reads("Enregistrez d'abord le fichier").finds_no_fault()

    assert posted(one) == []
    assert KeyHolder.objects.filter(public_key__isnull=False).count() == 0


def test_each_wrong_file_has_its_sentence_then_the_right_one_opens(prepared, live_server, open_page, tmp_path):  # noqa: F811
    other = make.prepared(secrecy=Secrecy.SECRET, people=25, with_keys=False)
    at = window(live_server, open_page, prepared)
    one, two = (at(person, DESKTOP) for person in prepared.holders[:2])
    mine = one.go("cles/").makes_a_key(tmp_path / "un")
    hers = two.go("cles/").makes_a_key(tmp_path / "deux")
    elsewhere, older, photo, cut = (
        tmp_path / name for name in ("ailleurs.txt", "vieux.txt", "photo.txt", "coupe.txt")
    )
    elsewhere.write_text(urn_key.file_of(other.ballot.reference, "1", PHRASE)[0])
    older.write_text(urn_key.file_of(prepared.ballot.reference, "1", PHRASE)[0])
    photo.write_bytes(bytes(range(256)) * 50)
    cut.write_text(mine.read_text()[:-40])
    one.sent.clear()

    one.press(OPEN_WORD).reads("Choisissez le fichier de votre clé").finds_no_fault()
    for place, sentence in (
        (photo, "Ce fichier n'est pas celui d'une clé"),
        (cut, "Ce fichier n'est pas celui d'une clé"),
        (elsewhere, "C'est la clé d'un autre scrutin"),
        (hers, "C'est la clé d'une autre personne"),
        (older, "Ce n'est pas la clé que vous avez inscrite"),
    ):
        one.opens(place, OPEN_WORD).waits_for(sentence)
        assert one.page.get_by_label("Le fichier de ma clé").get_attribute("aria-invalid") == "true"
    one.opens(mine, OPEN_WORD, "").waits_for("Tapez la phrase de passe")
    one.opens(mine, OPEN_WORD, "quatre mots tout simple").waits_for("Ce n'est pas la phrase de passe de ce fichier")
    one.finds_no_fault()
    nothing = posted(one)
    one.opens(mine, OPEN_WORD).waits_for("C'est réussi")

    assert nothing == []
    assert KeyHolder.objects.get(person=prepared.holders[0]).rehearsed_at is not None


def test_a_key_made_again_replaces_once_said_and_the_old_file_is_told(prepared, live_server, open_page, tmp_path):  # noqa: F811
    one = window(live_server, open_page, prepared)(prepared.holders[0], DESKTOP)
    first = one.go("cles/").makes_a_key(tmp_path / "un")
    one.opens(first, OPEN_WORD).waits_for("C'est réussi")

    one.page.get_by_text("J’ai perdu ma clé").click()
    one.write("Ma phrase de passe", PHRASE).write("La même phrase de passe", PHRASE).press("Fabriquer ma clé")
    one.reads("cochez la case pour la remplacer").finds_no_fault()
    one.page.get_by_label("Remplacer la clé déjà enregistrée").first.check()
    second = one.makes_a_key(tmp_path / "deux")
    one.reads("Votre clé est enregistrée")

    one.opens(first, OPEN_WORD).waits_for("une plus ancienne, peut-être")
    one.opens(second, OPEN_WORD).waits_for("C'est réussi")


def with_files(folder, made):
    """The key files of the three, made by the program, registered and rehearsed."""
    made.keys, files = {}, []
    folder.mkdir(exist_ok=True)
    for place, person in enumerate(made.holders, start=1):
        text, _public = urn_key.file_of(made.ballot.reference, str(place), PHRASE)
        made.keys[person.pk] = urn_key.key_in(text, PHRASE)
        files.append(folder / f"{place}.txt")
        files[-1].write_text(text)
    for person in made.holders:
        key = made.keys[person.pk]
        holder = services.register_key(actor=person, ballot=made.ballot, public_key=bytes(key.public_key))
        word = nacl.public.SealedBox(key).decrypt(bytes(holder.trial_box)).decode()
        services.rehearse(actor=person, ballot=made.ballot, word=word)
    return files


@pytest.fixture
def closed(prepared, tmp_path):
    prepared.files = with_files(tmp_path / "cles", prepared)
    prepared.open()
    prepared.cast_all([[0], [1], [0, 1], []] * 5)
    prepared.close()
    with prepared.once_over(datetime.timedelta(hours=1)):
        yield prepared


def test_the_device_lost_is_that_of_anybody_and_two_tabs_do_no_harm(closed, live_server, open_page):  # noqa: F811
    at = window(live_server, open_page, closed)
    one, again, two = at(closed.holders[0]), at(closed.holders[0]), at(closed.holders[2])
    for tab in (one, again):
        tab.go("cles/").settled()
    for tab in (one, again):
        tab.opens(closed.files[0], "Ouvrir la première serrure avec ma clé").waits_for("Votre part est faite")
    two.go("cles/").opens(closed.files[2], "Ouvrir l'urne et compter les votes")
    two.gone_to(f"/scrutins/{closed.ballot.reference}/resultats/").reads("L'urne est ouverte")

    # A page of before, after the count.
    one.page.go_back()
    one.settled().reads("Vous pouvez jeter le fichier de votre clé")
    assert HalfOpened.objects.count() == 2
    assert closed.again().result["total"]["ballots"] == 20
    drain_outbox()


def test_what_the_first_spoiled_the_two_others_open(closed, live_server, open_page):  # noqa: F811
    """The first lock opened with anything at all: the second says so, does the first part, and the third counts."""
    at = window(live_server, open_page, closed)
    two, three = at(closed.holders[1]), at(closed.holders[2], DESKTOP)
    spoiled = {2: b"x" * 80, 3: b"x" * 80}
    services.half_open(actor=closed.holders[0], ballot=closed.ballot, boxes=spoiled)

    two.go("cles/").opens(closed.files[1], "Ouvrir l'urne et compter les votes")
    two.waits_for("Votre clé n'ouvre pas ce qui a été fermé pour elle").finds_no_fault()
    two.click("ouvrez vous-même la première serrure").settled().finds_no_fault()
    two.opens(closed.files[1], "Ouvrir la première serrure avec ma clé").waits_for("Votre part est faite")
    three.go("cles/").opens(closed.files[2], "Ouvrir l'urne et compter les votes")
    three.gone_to(f"/scrutins/{closed.ballot.reference}/resultats/").reads("L'urne est ouverte")
    drain_outbox()


def test_back_finds_nothing_typed_of_a_key(prepared, live_server, open_page, tmp_path):  # noqa: F811
    one = window(live_server, open_page, prepared)(prepared.holders[0]).go("cles/").settled()
    one.write("Ma phrase de passe", PHRASE).write("La même phrase de passe", PHRASE)
    one.press("Fabriquer ma clé").waits_for("Votre clé est fabriquée")

    one.page.goto(f"{one.served.url}/affichage/")
    one.page.go_back()
    one.settled()

    values = "[...document.querySelectorAll('main input:not([type=hidden])')].map((one) => one.value).filter((v) => v && v !== 'on')"
    assert one.page.evaluate(values) == []
    assert one.page.get_by_role("button", name="Fabriquer ma clé").is_visible()
    assert one.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_in_the_demo_city_the_file_is_offered_and_opens(prepared, live_server, open_page, settings, tmp_path):  # noqa: F811
    settings.VAR_DIR = tmp_path
    KeyHolder.objects.all().delete()
    prepared.holders = [AgentFactory(username=username) for username in demo_keys.HOLDERS]
    prepared.keys = {holder.person_id: key for holder, key in demo_keys.make_demo_holders(prepared.ballot)}
    prepared.open()
    prepared.cast_all([[0], [1]] * 10)
    prepared.close()
    with prepared.once_over(datetime.timedelta(hours=1)):
        one = window(live_server, open_page, prepared)(prepared.holders[0]).go("cles/").settled()
        one.reads("sa phrase de passe est demo-terrain").finds_no_fault()
        with one.page.expect_download() as saved:
            one.page.get_by_role("link", name="Enregistrer le fichier de clé de démonstration").click()
        saved.value.save_as(tmp_path / saved.value.suggested_filename)
        one.opens(
            tmp_path / saved.value.suggested_filename, "Ouvrir la première serrure avec ma clé", demo_keys.PHRASE
        )
        one.waits_for("Votre part est faite")

    assert saved.value.suggested_filename == f"cle-{prepared.ballot.reference}-1.txt"
