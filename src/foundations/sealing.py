"""Encryption of columns, with keys that live in files outside the database and its backups."""

import hashlib
import hmac
import os
import re
import time
from functools import lru_cache
from pathlib import Path

import nacl.exceptions
import nacl.secret
import nacl.utils
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_PURPOSE = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")
_PLAIN, _PADDED = b"\x01", b"\x02"
_ID_BYTES = 8
_SETTLED_NS = 2_000_000_000


class KeyMissing(ImproperlyConfigured):
    """A key this installation needs isn't in its folder."""


class CannotDecrypt(ValueError):
    """The ciphertext was altered, cut, or belongs to another key."""


_purposes: set[str] = set()


def register_purpose(purpose: str) -> str:
    """Say that this installation needs a key for ``purpose``; ``doctor`` and ``keys`` then know of it."""
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError(f"Bad purpose: {purpose!r}")
    _purposes.add(purpose)
    return purpose


def purposes() -> list[str]:
    """The purposes declared by the rooms."""
    return sorted(_purposes)


def _folder() -> Path:
    return Path(settings.TERRAIN_KEYS_DIR)


def _may_create() -> bool:
    return getattr(settings, "TERRAIN_KEYS_CREATE", True)


def key_files(purpose: str) -> list[Path]:
    """The key files of a purpose, oldest first; the last one encrypts, all decrypt."""
    register_purpose(purpose)
    return sorted(_folder().glob(f"{purpose}.[0-9][0-9][0-9].key"))


def create_key(purpose: str) -> Path:
    """Write a new key for a purpose, readable by the owner alone; from now on it is the one that encrypts."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = int(files[-1].name.split(".")[1]) + 1 if (files := key_files(purpose)) else 1
    path = folder / f"{purpose}.{number:03d}.key"
    draft = folder / f".{purpose}.{os.getpid()}.{os.urandom(4).hex()}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(nacl.utils.random(nacl.secret.SecretBox.KEY_SIZE).hex().encode())
            stream.flush()
            os.fsync(stream.fileno())
        # A hard link either appears whole or not at all, and never replaces a key somebody else just made.
        os.link(draft, path)
    except FileExistsError:
        return path
    finally:
        draft.unlink(missing_ok=True)
    return path


@lru_cache(maxsize=64)
def _read(path: Path, _stamp: int) -> tuple[bytes, bytes]:
    key = bytes.fromhex(path.read_text().strip())
    if len(key) != nacl.secret.SecretBox.KEY_SIZE:
        raise ImproperlyConfigured(f"The key file {path.name} isn't 32 bytes in hexadecimal.")
    return hashlib.blake2b(key, digest_size=_ID_BYTES, person=b"terrain-key-id").digest(), key


@lru_cache(maxsize=64)
def _settled(purpose: str, _folder: str, _stamp: int) -> list[tuple[bytes, bytes]]:
    return _read_all(key_files(purpose))


def _read_all(files: list[Path]) -> list[tuple[bytes, bytes]]:
    return [_read(path, path.stat().st_mtime_ns) for path in files]


def _keys(purpose: str) -> list[tuple[bytes, bytes]]:
    """(id, key) of a purpose, oldest first. Made on first use where settings allow it.

    The folder is read again only when something in it changed: a keyring's cell asks eight hundred times. One that
    changed a moment ago is read each time: two changes within one tick of the disk's clock leave the same mark.
    """
    folder = str(settings.TERRAIN_KEYS_DIR)
    try:
        stamp = os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked eight hundred times for a cell
    except OSError:
        stamp = None
    if stamp is not None and time.time_ns() - stamp > _SETTLED_NS and (known := _settled(purpose, folder, stamp)):
        return known
    files = key_files(purpose)
    if not files:
        if not _may_create():
            raise KeyMissing(
                f"The key '{purpose}' is missing from the keys folder. Run: manage.py keys --create, or restore it."
            )
        create_key(purpose)
        files = key_files(purpose)
    return _read_all(files)


def key_ids(purpose: str) -> list[str]:
    """The fingerprints of a purpose's keys, oldest first: they tell two keys apart and give none back."""
    return [key_id.hex() for key_id, _key in _read_all(key_files(purpose))]


@lru_cache(maxsize=64)
def _box(key: bytes) -> nacl.secret.SecretBox:
    return nacl.secret.SecretBox(key)


def encrypt(data: bytes, purpose: str, pad_to: int | None = None) -> bytes:
    """Encrypt for a purpose. ``pad_to`` rounds the length up to a multiple, so that size tells nothing."""
    key_id, key = _keys(purpose)[-1]
    form = _PLAIN
    if pad_to:
        framed = len(data).to_bytes(4, "big") + data
        data = framed + b"\0" * (-len(framed) % pad_to)
        form = _PADDED
    return form + key_id + bytes(_box(key).encrypt(data))


def decrypt(data: bytes, purpose: str) -> bytes:
    """What was encrypted for this purpose; raises CannotDecrypt on anything else."""
    data = bytes(data)
    form, key_id, box = data[:1], data[1 : 1 + _ID_BYTES], data[1 + _ID_BYTES :]
    key = dict(_keys(purpose)).get(key_id)
    if key is None or form not in {_PLAIN, _PADDED}:
        raise CannotDecrypt("No key of this purpose opens this value.")
    try:
        plain = _box(key).decrypt(box)
    except (nacl.exceptions.CryptoError, ValueError) as error:
        raise CannotDecrypt("This value was altered.") from error
    if form == _PADDED:
        length = int.from_bytes(plain[:4], "big")
        return plain[4 : 4 + length]
    return plain


def needs_rotation(data: bytes, purpose: str) -> bool:
    """Whether a value was encrypted with another key than the newest."""
    return bytes(data)[1 : 1 + _ID_BYTES] != _keys(purpose)[-1][0]


def keyed_hash(text: str, purpose: str) -> str:
    """A pseudonym: the same text gives the same 32 hexadecimal signs, and nobody without the key can guess back.

    Uses the oldest key of the purpose, because a rotation must not lose the thread.
    """
    return hmac.new(_keys(purpose)[0][1], text.encode(), hashlib.sha256).hexdigest()[:32]


register_purpose("outbox")
register_purpose("pseudonym")
