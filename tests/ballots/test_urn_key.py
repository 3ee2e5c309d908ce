"""The program of key holders without JavaScript, run as they run it: what it makes, opens, and says when it can't."""

import base64
import subprocess
import sys
from pathlib import Path

import nacl.public
import pytest

from src.participation.ballots.static.ballots import urn_key

PROGRAM = Path(urn_key.__file__)
PHRASE = "quatre mots tout simples"


def run(folder, *arguments, typed=()):
    """What it answers and shows, what it says aside; typed as on a keyboard."""
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *arguments],
        cwd=folder,
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.strip(), done.stderr


@pytest.fixture
def key(tmp_path):
    """A key file in the folder, and its public half."""
    code, shown, _aside = run(tmp_path, "cle", "k7m2qx", "2", typed=(PHRASE, PHRASE))
    assert code == 0
    return nacl.public.PublicKey(base64.b64decode(shown.splitlines()[-1]))


def sealed(public, content: bytes) -> str:
    return base64.b64encode(nacl.public.SealedBox(public).encrypt(content)).decode()


def test_a_key_opens_words_halves_and_keys(key, tmp_path):
    half, other = b"h" * 80, b"i" * 80

    word = run(tmp_path, "ouvrir", "cle-K7M2QX-2.txt", sealed(key, b"A2B3C4"), typed=(PHRASE,))
    halves = run(tmp_path, "ouvrir", "cle-K7M2QX-2.txt", sealed(key, half), sealed(key, other), typed=(PHRASE,))
    urn = run(tmp_path, "ouvrir", "cle-K7M2QX-2.txt", "AAAA", sealed(key, b"u" * 32), typed=(PHRASE,))

    assert word[:2] == (0, "A2B3C4")
    assert halves[:2] == (0, f"{base64.b64encode(half).decode()}\n{base64.b64encode(other).decode()}")
    assert urn[:2] == (0, base64.b64encode(b"u" * 32).decode())


def test_its_file_is_for_its_holder_alone(key, tmp_path):
    place = tmp_path / "cle-K7M2QX-2.txt"

    assert place.stat().st_mode & 0o077 == 0
    assert bytes(urn_key.key_in(place.read_text(), PHRASE).public_key) == bytes(key)


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        ((), (), "Usage"),
        (("cle", "K7M2QX"), (), "Usage"),
        (("cle", "../x", "2"), (), "copiez-la"),
        (("cle", "K7M2QX", "4"), (), "copiez-la"),
        (("cle", "K7M2QX", "2"), (), "existe déjà ici"),
        (("cle", "K7M2QX", "3"), ("court", "court"), "Trop courte"),
        (("cle", "K7M2QX", "3"), (PHRASE, "autre"), "ne sont pas pareilles"),
        (("ouvrir", "absent.txt", "AAAA"), (PHRASE,), "ne se lit pas"),
        (("ouvrir", "lettre.txt", "AAAA"), (PHRASE,), "n'est pas celui d'une clé"),
        (("ouvrir", "cle-K7M2QX-2.txt", "AAAA"), ("autre phrase",), "Ce n'est pas la phrase de passe"),
        (("ouvrir", "cle-K7M2QX-2.txt", "AAAA"), (PHRASE,), "Rien ne s'est ouvert"),
        (("ouvrir", "cle-K7M2QX-2.txt", "é"), (PHRASE,), "Rien ne s'est ouvert"),
        (
            ("ouvrir", "cle-K7M2QX-2.txt", sealed(nacl.public.PrivateKey.generate().public_key, b"x")),
            (PHRASE,),
            "Rien",
        ),
    ],
)
def test_what_it_cant_do_is_said_and_changes_nothing(key, tmp_path, arguments, typed, sentence):
    (tmp_path / "lettre.txt").write_text("Bonjour,\nvoici ma lettre.")
    before = {place.name: place.read_bytes() for place in tmp_path.iterdir()}

    code, shown, aside = run(tmp_path, *arguments, typed=typed)

    assert (code, shown) == (1, "")
    assert sentence in aside
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir()} == before


def test_without_its_library_it_says_what_to_install(tmp_path):
    (tmp_path / "nacl.py").write_text("raise ImportError")
    (tmp_path / "urn_key.py").write_text(PROGRAM.read_text())

    done = subprocess.run([sys.executable, "urn_key.py"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.strip()) == (1, "Il manque PyNaCl. Installez-le : pip install pynacl")
