"""Key holders of the demo city: their keys are made here, and written in files that whoever tries the city may use.

In the demo city alone: anywhere else nobody but a key holder ever has a secret half.
"""

import runpy
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import nacl.public
from django.conf import settings
from django.contrib.auth import get_user_model

from ..models import Ballot, KeyHolder
from .keys import register_key, rehearse

PHRASE = "demo-terrain"
# The key holders' own program. Run, not imported: what is imported leaves its bytecode among the static files.
PROGRAM = Path(__file__).parents[1] / "static" / "ballots" / "urn_key.py"
HOLDERS = ("cle1", "cle2", "cle3")


def make_demo_holders(ballot: Ballot) -> list[tuple[KeyHolder, nacl.public.PrivateKey]]:
    """Give a ballot in preparation its three key holders, rehearsed, and write their key files; answers their keys.

    Written straight, not by ``set_key_holders``: the personas are placed where the demo city needs them.
    """
    if not settings.TERRAIN_DEMO:
        raise RuntimeError("Key holders have their own keys: the demo city alone makes some.")
    people = {one.username: one for one in get_user_model().objects.filter(username__in=HOLDERS)}
    made = []
    for position, username in enumerate(HOLDERS, start=1):
        holder, _new = KeyHolder.objects.get_or_create(
            ballot=ballot, person=people[username], defaults={"position": position}
        )
        text, _public = _program().file_of(ballot.reference, str(holder.position), PHRASE)
        key = _program().key_in(text, PHRASE)
        holder = register_key(actor=people[username], ballot=ballot, public_key=bytes(key.public_key))
        word = nacl.public.SealedBox(key).decrypt(bytes(holder.trial_box)).decode()
        rehearse(actor=people[username], ballot=ballot, word=word)
        place = _place(holder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        place.chmod(0o600)
        made.append((holder, key))
    return made


def file_of(holder: KeyHolder) -> str:
    """The text of a demo holder's key file; empty outside the demo city, and once they made a key of their own."""
    if not settings.TERRAIN_DEMO or holder.public_key is None or not _place(holder).is_file():
        return ""
    text = _place(holder).read_text(encoding="utf-8")
    return text if f"public: {_program().as_text(bytes(holder.public_key))}\n" in text else ""


def _place(holder: KeyHolder) -> Path:
    return Path(settings.VAR_DIR) / "cles-demo" / f"cle-{holder.ballot.reference}-{holder.position}.txt"


@cache
def _program() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(PROGRAM)))
