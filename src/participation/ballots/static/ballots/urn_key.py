"""Key holders of a Terrain ballot without JavaScript: makes a key file and opens boxes with it, on their own device.

Needs Python 3.9 or later and PyNaCl (``pip install pynacl``). Sends nothing anywhere. Messages are in French.
"""

import base64
import binascii
import getpass
import hashlib
import re
import sys
import unicodedata
from pathlib import Path

ROUNDS, LEAST_SIGNS = 600_000, 12
PREAMBLE = """CLÉ D'UNE URNE
Gardez ce fichier jusqu'à la fin du scrutin, et ne le donnez à personne.
Sans votre phrase de passe, il n'ouvre rien."""
USAGE = """Usage :
  python3 urn_key.py cle SCRUTIN NUMÉRO      fabrique votre clé : python3 urn_key.py cle K7M2QX 2
  python3 urn_key.py ouvrir FICHIER BOÎTE…   ouvre ce que la page vous donne, avec le fichier de votre clé"""


def leave(sentence: str):
    """Stop with a sentence."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


try:
    import nacl.exceptions
    import nacl.public
    import nacl.secret
    import nacl.utils
except ImportError:
    leave("Il manque PyNaCl. Installez-le : pip install pynacl")


def as_text(content: bytes) -> str:
    """Bytes as the pages write them."""
    return base64.b64encode(content).decode()


def as_bytes(text: str) -> bytes:
    """The bytes of what the pages write; empty for anything else, which opens nothing."""
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""


def locker(phrase: str, salt: bytes, rounds: int):
    """What the passphrase opens and closes."""
    typed = unicodedata.normalize("NFC", phrase).encode()
    return nacl.secret.SecretBox(hashlib.pbkdf2_hmac("sha256", typed, salt, rounds, 32))


def file_of(ballot: str, holder: str, phrase: str) -> tuple[str, str]:
    """A new key: the text of its file, and its public half."""
    pair = nacl.public.PrivateKey.generate()
    salt = nacl.utils.random(16)
    lines = {
        "terrain-key": "1",
        "ballot": ballot,
        "holder": holder,
        "public": as_text(bytes(pair.public_key)),
        "salt": as_text(salt),
        "rounds": str(ROUNDS),
        "locked": as_text(bytes(locker(phrase, salt, ROUNDS).encrypt(bytes(pair)))),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return f"{PREAMBLE}\n\n{text}", lines["public"]


def key_in(text: str, phrase: str):
    """The key in the text of a file; leaves with a sentence when the file or the passphrase isn't right."""
    lines = dict(re.findall(r"^([a-z-]+): (\S+)\s*$", text, re.M))
    if lines.get("terrain-key") != "1" or not {"public", "salt", "rounds", "locked"} <= set(lines):
        leave("Ce fichier n'est pas celui d'une clé, ou il est abîmé.")
    try:
        rounds = min(int(lines["rounds"]), 10_000_000)
        secret = locker(phrase, as_bytes(lines["salt"]), rounds).decrypt(as_bytes(lines["locked"]))
        pair = nacl.public.PrivateKey(secret)
    except (nacl.exceptions.CryptoError, nacl.exceptions.TypeError, ValueError):
        leave("Ce n'est pas la phrase de passe de ce fichier. Vérifiez les majuscules, puis recommencez.")
    if as_text(bytes(pair.public_key)) != lines["public"]:
        leave("Ce fichier est abîmé : ses deux moitiés ne vont pas ensemble.")
    return pair


def make(ballot: str, holder: str) -> None:
    """Write a key file, and print what is pasted in the page."""
    ballot = ballot.strip().upper()
    if not re.fullmatch(r"[0-9A-Z]{6}", ballot) or holder not in ("1", "2", "3"):
        leave("La page de votre clé donne la commande entière : copiez-la.")
    place = Path(f"cle-{ballot}-{holder}.txt")
    if place.exists():
        leave(f"{place} existe déjà ici : rangez-le ailleurs avant d'en faire un autre.")
    phrase = getpass.getpass("Choisissez une phrase de passe : ")
    if len(phrase) < LEAST_SIGNS:
        leave(f"Trop courte : {LEAST_SIGNS} signes au moins, quatre mots par exemple.")
    if getpass.getpass("La même, une seconde fois : ") != phrase:
        leave("Les deux ne sont pas pareilles. Recommencez.")
    text, public = file_of(ballot, holder, phrase)
    place.write_text(text, encoding="utf-8")
    place.chmod(0o600)
    print(f"Votre clé est dans {place}. Gardez ce fichier, et une copie ailleurs.\nÀ coller dans la page :\n{public}")


def unseal(name: str, boxes: list[str]) -> None:
    """Print what is in each box, to paste in the page: a word as it is, a key or a half in base64."""
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        leave(f"Le fichier {name} ne se lit pas : est-il bien dans ce dossier ?")
    pair = key_in(text, getpass.getpass("Votre phrase de passe : "))
    opened: list[str] = []
    for box in boxes:
        try:
            content = nacl.public.SealedBox(pair).decrypt(as_bytes(box))
        except (nacl.exceptions.CryptoError, nacl.exceptions.TypeError, ValueError):
            print("Une des boîtes ne s'ouvre pas avec cette clé, ou elle a été coupée.", file=sys.stderr)
            continue
        line = content.decode() if re.fullmatch(rb"[0-9A-Z]{6}", content) else as_text(content)
        opened += [line] if line not in opened else []
    if not opened:
        leave("Rien ne s'est ouvert : copiez toute la commande, avec le fichier de la clé de ce scrutin.")
    print("À coller dans la page :", file=sys.stderr)
    print("\n".join(opened))


def main(arguments: list[str]) -> None:
    """One of the two gestures."""
    if len(arguments) == 3 and arguments[0] == "cle":
        make(*arguments[1:])
    elif len(arguments) >= 3 and arguments[0] == "ouvrir":
        unseal(arguments[1], arguments[2:])
    else:
        leave(USAGE)


if __name__ == "__main__":
    main(sys.argv[1:])
