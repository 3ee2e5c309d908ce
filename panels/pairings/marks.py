"""The mark of a member in a box: the same in both, made with the pairing's own key, destroyed when both are opened."""

import hashlib
import hmac
import secrets

from src.foundations import sealing

PURPOSE = sealing.register_purpose("panel-pairings")
LENGTH = 32


def new_key() -> bytes:
    """A key for one pairing, locked with one that lies outside the database."""
    return sealing.encrypt(secrets.token_bytes(LENGTH), PURPOSE)


def mark_of(locked: bytes, reference: str, membership_id: int) -> str:
    """The mark of one member in the boxes of one pairing: without the key, it leads to nobody."""
    said = f"{reference}:{membership_id}".encode()
    return hmac.new(sealing.decrypt(bytes(locked), PURPOSE), said, hashlib.sha256).hexdigest()[:LENGTH]
