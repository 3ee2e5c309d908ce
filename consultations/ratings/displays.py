"""The short-lived signed token of one display of a page, and the keyed hash of a network that leaves no address."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db import transaction

from src.foundations import clock, sealing
from src.foundations.addresses import client_address, truncated

from .models import NetworkKey

SALT = "ratings.display"
PURPOSE = sealing.register_purpose("ratings")
# A page left open on a phone at a counter; beyond, the same words come back with a fresh one.
LIVES_SECONDS = 2 * 3600
# What counted may still be said after the face.
MORE_SECONDS = 30 * 60


class BadDisplay(Exception):
    """The token isn't ours, is another point's, or is too old."""


@dataclass(frozen=True)
class Display:
    """One display: the hash the row keeps, and how long ago it was drawn."""

    kept: str
    seconds: int


def issue(point_reference: str) -> str:
    """A token for one display of a point's page."""
    return signing.dumps([point_reference, secrets.token_hex(8), int(clock.now().timestamp())], salt=SALT)


def read(token: str, point_reference: str, *, lives: int = LIVES_SECONDS) -> Display:
    """The display a token speaks of; BadDisplay otherwise. The age is counted by our own clock."""
    try:
        reference, nonce, at = signing.loads(str(token)[:300], salt=SALT)
        age = int(clock.now().timestamp()) - int(at)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadDisplay from error
    if reference != point_reference or not 0 <= age <= lives:
        raise BadDisplay
    return Display(sealing.keyed_hash(f"display:{nonce}", PURPOSE), age)


def network_of(request) -> str:
    """The keyed hash of the network a request comes from, under today's key; empty when it has no address.

    Only the network (/24, /48) is hashed, under a key that is deleted two days later: then nobody can say which.
    """
    network = truncated(client_address(request))
    if not network:
        return ""
    return hmac.new(_key_of(clock.today()), network.encode(), hashlib.sha256).hexdigest()[:16]


def _key_of(day: date) -> bytes:
    row = NetworkKey.objects.filter(day=day).first()
    if row is None:
        sealed = sealing.encrypt(secrets.token_bytes(32), PURPOSE)
        with transaction.atomic():
            NetworkKey.objects.bulk_create([NetworkKey(day=day, sealed=sealed)], ignore_conflicts=True)
        row = NetworkKey.objects.get(day=day)
    return sealing.decrypt(bytes(row.sealed), PURPOSE)
