"""The ceremony of a secret vote, by people who have never done it: three make a key and rehearse, a voter votes on a phone,
two of the three open the urn; by visible words alone, with JavaScript, then without it by the small program.
"""

import base64
import datetime
import logging
import re
import shlex
import subprocess
import sys
from pathlib import Path

import nacl.public
import pytest
from django.db import connection

from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.ballots import services
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import HalfOpened, KeyHolder, SealedBox
from src.participation.ballots.static.ballots import urn_key
from tests.ballots.windows import PHRASE, window
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import ballots as make

from .city import ballot
from .test_by_keyboard import stop_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHAPES = [PHONE, DESKTOP, PHONE]


@pytest.fixture
def made():
    """A secret vote in preparation: the three holders are named, and have done nothing."""
    return make.prepared(
        secrecy=Secrecy.SECRET, method=Method.APPROVAL, people=25, with_keys=False, title="Ce qu'on installe au dépôt"
    )


@pytest.fixture
def written(caplog):
    """Every line that the server logs."""
    caplog.set_level(logging.INFO)
    return caplog


def everything_stored() -> bytes:
    """The whole database as it lies on the disk, its write-ahead log too."""
    name = connection.settings_dict["NAME"]
    if Path(str(name)).is_file():
        return b"".join(part.read_bytes() for part in Path(name).parent.glob(Path(name).name + "*"))
    connection.ensure_connection()
    return connection.connection.serialize()


def forms_of(secret: bytes) -> list[bytes]:
    """A secret as it could have been written: bytes, hexadecimal, base 64 and its address form."""
    coded = base64.b64encode(secret)
    return [
        secret,
        secret.hex().encode(),
        coded.rstrip(b"="),
        coded.translate(bytes.maketrans(b"+/", b"-_")).rstrip(b"="),
    ]


def nothing_secret_is_left(secrets, written) -> None:
    stored, logged = (
        everything_stored(),
        "\n".join(record.getMessage() + str(record.__dict__) for record in written.records),
    )
    assert len(stored) > 100_000
    for secret in secrets:
        assert [form for form in forms_of(secret) if form in stored or form.decode("latin-1") in logged] == []


def others_vote(made, but=1):
    """All but the first vote, by the service."""
    for place, person in enumerate(made.people[but:20]):
        made.cast(person, [[0], [1], [0, 1], []][place % 4])


def test_the_ceremony_in_the_browser(made, live_server, open_page, tmp_path, written):  # noqa: F811
    at = window(live_server, open_page, made)
    holders = [at(person, shape) for person, shape in zip(made.holders, SHAPES, strict=True)]
    files = []
    for place, one in enumerate(holders):
        one.go("cles/").settled().reads("Ce que fait une gardienne, un gardien de clé").finds_no_fault()
        assert "urn_key.py" not in one.page.locator("main").inner_text()
        files.append(one.makes_a_key(tmp_path / str(place)))
        one.reads("Votre clé est enregistrée").reads("essai à faire").settled().finds_no_fault()
        one.opens(files[-1], "Ouvrir le mot avec ma clé").waits_for("C'est réussi").finds_no_fault()
    assert [file.name for file in files] == [f"cle-{made.ballot.reference}-{number}.txt" for number in (1, 2, 3)]
    assert KeyHolder.objects.filter(rehearsed_at__isnull=True).count() == 0

    with made.at(clock.now()):
        made.open()
    with made.while_open():
        others_vote(made)
        voter = at(made.people[0])
        voter.go().settled().reads("Ce qu'on installe au dépôt").finds_no_fault()
        voter.choose("Un garage à vélos").press("Relire mon vote").reads("Un garage à vélos").finds_no_fault()
        voter.sent.clear()
        voter.press("Envoyer mon vote").waits_for("Votre reçu").finds_no_fault()
        bodies = [body for _url, body in voter.sent if body]
        assert [sorted(re.findall(r"(?:^|&)(\w+)=", body)) for body in bodies] == [["box", "csrfmiddlewaretoken"]]
        assert SealedBox.objects.count() == 20
        holders[0].go("cles/").reads("Rien à faire pour l'instant").finds_no_fault()
    made.close()

    with made.once_over(datetime.timedelta(hours=1)):
        desk, phone = holders[1], holders[2]
        # At the desk, by the keyboard alone.
        desk.go("cles/").settled().reads("Ouvrir la première serrure").finds_no_fault()
        desk.page.get_by_label("Le fichier de ma clé").set_input_files(files[1])
        stop_at(desk, "Sa phrase de passe")
        desk.page.keyboard.type(PHRASE)
        desk.page.keyboard.press("Enter")
        desk.waits_for("Votre part est faite").finds_no_fault()
        phone.go("cles/").settled().reads("Ouvrir l'urne").finds_no_fault()
        phone.opens(files[2], "Ouvrir l'urne et compter les votes")
        phone.gone_to(f"/scrutins/{made.ballot.reference}/resultats/").reads("L'urne est ouverte").finds_no_fault()
        holders[0].go("cles/").reads("Vous pouvez jeter le fichier de votre clé").finds_no_fault()
        drain_outbox()

    assert made.again().result["total"]["counts"] == [10, 11, 0, 0]
    keys = [urn_key.key_in(file.read_text(), PHRASE) for file in files]
    half = HalfOpened.objects.get(inner__person=made.holders[2])
    urn = nacl.public.SealedBox(keys[2]).decrypt(bytes(half.box))
    assert bytes(nacl.public.PrivateKey(urn).public_key) == bytes(made.ballot.public_key)
    nothing_secret_is_left([*(bytes(key) for key in keys), urn], written)
    for one in (*holders, voter):
        assert one.page.evaluate("localStorage.length + sessionStorage.length") == 0
        posted = "".join(body for _url, body in one.sent)
        assert (
            PHRASE not in posted
            and PHRASE.replace(" ", "+") not in posted
            and PHRASE.replace(" ", "%20") not in posted
        )


class WithProgram:
    """A key holder without JavaScript: what the page says to run is run, what it shows is pasted."""

    def __init__(self, somebody, folder):
        self.somebody, self.folder = somebody, folder
        folder.mkdir()

    def downloads_the_program(self):
        link = self.somebody.page.get_by_role("link", name="Télécharger urn_key.py")
        answer = self.somebody.page.request.get(self.somebody.served.url + link.get_attribute("href"))
        (self.folder / "urn_key.py").write_bytes(answer.body())

    def runs(self, *typed) -> str:
        command = shlex.split(self.somebody.page.locator("pre code").first.inner_text())
        assert command[0] == "python3"
        done = subprocess.run(
            [sys.executable, *command[1:]],
            cwd=self.folder,
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def test_the_ceremony_without_javascript(made, live_server, open_page, tmp_path, written):  # noqa: F811
    at = window(live_server, open_page, made)
    holders = [WithProgram(at(person, js=False), tmp_path / str(place)) for place, person in enumerate(made.holders)]
    for one in holders:
        one.somebody.go("cles/").reads("Sans JavaScript")
        assert one.somebody.page.get_by_role("button", name="Fabriquer ma clé").count() == 0
        one.downloads_the_program()
        shown = one.runs(PHRASE, PHRASE).splitlines()[-1]
        one.somebody.write("La moitié publique de votre clé", shown).press("Inscrire ce que j'ai collé")
        one.somebody.reads("Votre clé est enregistrée")
        one.somebody.write("Le mot que votre clé a ouvert", one.runs(PHRASE)).press("Envoyer ce que j'ai collé")
        one.somebody.reads("C'est réussi")

    with made.at(clock.now()):
        made.open()
    with made.while_open():
        others_vote(made)
        voter = at(made.people[0], js=False)
        voter.go().reads("Ici, le serveur voit votre choix au moment où vous votez").choose("Un garage à vélos")
        voter.press("Relire mon vote").reads("Un garage à vélos").reads("Ici, le serveur voit votre choix")
        voter.press("Envoyer mon vote").reads("Votre reçu")
    made.close()

    with made.once_over(datetime.timedelta(hours=1)):
        first, second = holders[2], holders[0]
        first.somebody.go("cles/").write("Les deux lignes que votre clé a ouvertes", first.runs(PHRASE))
        first.somebody.press("Envoyer ce que j'ai collé").reads("Votre part est faite")
        second.somebody.go("cles/")
        urn = second.runs(PHRASE)
        second.somebody.write("La clé de l'urne", urn).press("Envoyer ce que j'ai collé").reads("L'urne est ouverte")
        drain_outbox()

    assert made.again().result["total"]["counts"] == [10, 11, 0, 0]
    keys = [
        urn_key.key_in((one.folder / f"cle-{made.ballot.reference}-{number}.txt").read_text(), PHRASE)
        for number, one in enumerate(holders, start=1)
    ]
    nothing_secret_is_left([*(bytes(key) for key in keys), base64.b64decode(urn)], written)


def test_the_search_for_secrets_finds_what_is_there(made, written):
    """The control: what is known to be stored and logged is found."""
    logging.getLogger("terrain.ballots").warning("essai %s", base64.b64encode(b"k" * 32).decode())
    key = nacl.public.PrivateKey.generate()
    services.register_key(actor=made.holders[0], ballot=made.ballot, public_key=bytes(key.public_key))

    for known in (bytes(key.public_key), b"k" * 32):
        with pytest.raises(AssertionError):
            nothing_secret_is_left([known], written)
    nothing_secret_is_left([bytes(key)], written)


def test_the_demo_city_votes_in_secret_and_its_key_holders_have_files(person, served):
    address = f"/scrutins/{ballot(served, 'Faut-il essayer')}"
    nadia = person("agent").sign_in(address)
    nadia.page.wait_for_load_state("networkidle")
    nadia.finds_no_fault().choose("Oui").press("Relire mon vote").reads("Votre choix est fermé ici, sur cet appareil")
    nadia.press("Envoyer mon vote")
    nadia.page.get_by_role("heading", name="Votre reçu").wait_for()
    nadia.finds_no_fault().go(address).reads("Vous avez voté")

    keeper = person("cle2", DESKTOP).sign_in(f"{address}cles/")
    keeper.reads("Vous gardez la clé numéro 2").reads("sa phrase de passe est demo-terrain").finds_no_fault()
    with keeper.page.expect_download() as saved:
        keeper.page.get_by_role("link", name="Enregistrer le fichier de clé de démonstration").click()
    assert "terrain-key: 1" in Path(saved.value.path()).read_text()
    assert saved.value.suggested_filename in {place.name for place in (served.var / "cles-demo").iterdir()}
    program = keeper.page.request.get(f"{served.url}/static/ballots/urn_key.py")
    assert program.body() == Path(urn_key.__file__).read_bytes()
