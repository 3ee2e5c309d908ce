"""Sealed boxes of one size: anybody closes one with the public half; the secret half, locked, opens them.

The secret half lies in the database locked with a key that isn't (``sealing``): a copy of the database opens nothing.
Destroying it makes every box that remains unreadable, here at once, in backups when they expire.
"""

from collections.abc import Callable
from dataclasses import dataclass

import nacl.exceptions
import nacl.public

from . import sealing

_LENGTH = 4


class TooLarge(ValueError):
    """The content is larger than the boxes of this lot."""


class CannotOpen(ValueError):
    """The box was altered, or closed for another pair."""


@dataclass(frozen=True)
class Pair:
    """The two halves of one lot of boxes: ``public`` closes; ``locked``, under a purpose's key, opens."""

    public: bytes
    locked: bytes


def make_pair(purpose: str) -> Pair:
    """A new pair, its secret half locked with the newest key of ``purpose``."""
    secret = nacl.public.PrivateKey.generate()
    return Pair(bytes(secret.public_key), sealing.encrypt(bytes(secret), purpose))


def close(public: bytes, content: bytes, size: int) -> bytes:
    """Seal ``content`` in a box whose length depends on ``size`` alone; raises TooLarge rather than grow."""
    if len(content) > size:
        raise TooLarge(f"{len(content)} bytes in a box of {size}")
    framed = len(content).to_bytes(_LENGTH, "big") + content.ljust(size, b"\0")
    return bytes(nacl.public.SealedBox(nacl.public.PublicKey(bytes(public))).encrypt(framed))


def opener(locked: bytes, purpose: str) -> Callable[[bytes], bytes]:
    """What opens the boxes of a lot, in memory; raises CannotDecrypt when the key of ``purpose`` isn't the one."""
    box = nacl.public.SealedBox(nacl.public.PrivateKey(sealing.decrypt(bytes(locked), purpose)))

    def opened(ciphertext: bytes) -> bytes:
        try:
            framed = box.decrypt(bytes(ciphertext))
        except (nacl.exceptions.CryptoError, ValueError, TypeError) as error:
            raise CannotOpen("This box was altered, or closed for another pair.") from error
        length = int.from_bytes(framed[:_LENGTH], "big")
        return framed[_LENGTH : _LENGTH + length]

    return opened
