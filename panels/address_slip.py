"""A file of addresses between its reading and its confirmation: encrypted, in the page of whoever sent it.

Nothing is kept here until somebody confirms: what isn't confirmed was never in the database.
"""

import json
import secrets
import time
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from src.foundations import ratelimit, sealing

from . import vault

LIVES_SECONDS = 3600
BUCKET = "panels.batch"


@dataclass(frozen=True)
class Slip:
    """A file read without a fault, for one list, by one person."""

    list_id: int
    data: bytes
    token: str

    def take(self) -> bool:
        """Use it, once: the same page sent twice makes one batch. Called outside of any transaction."""
        return ratelimit.hit(BUCKET, self.token, 1, 10 * LIVES_SECONDS)

    def give_back(self) -> None:
        """Nothing was made of it after all."""
        ratelimit.give_back(BUCKET, self.token)


def closed(user, source_list, data: bytes) -> str:
    """The file as a page carries it."""
    head = json.dumps([user.pk, source_list.pk, int(time.time()), secrets.token_hex(16)]).encode()
    sealed = sealing.encrypt(head + b"\n" + zlib.compress(data, 9), vault.LETTERS)
    return urlsafe_b64encode(sealed).decode()


def opened(user, text: str) -> Slip | None:
    """What a page carried, when it is of this person and less than an hour old."""
    try:
        head, _line, body = sealing.decrypt(urlsafe_b64decode(text.encode()), vault.LETTERS).partition(b"\n")
        owner, list_id, since, token = json.loads(head)
    except (ValueError, sealing.CannotDecrypt):
        return None
    if owner != user.pk or time.time() - since > LIVES_SECONDS:
        return None
    return Slip(list_id, zlib.decompress(body), token)
