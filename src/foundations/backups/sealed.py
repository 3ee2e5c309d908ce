"""A file only the holder of a secret key can read, written and read as a stream in constant memory.

The stream's key is random and sealed for the public key at the head of the file: a server that writes backups can't
read them. Each chunk is authenticated with its place, and the last one says that it is the last.
"""

import hashlib
import os
from pathlib import Path

import nacl.exceptions
from nacl import bindings
from nacl.public import PrivateKey, PublicKey, SealedBox

MAGIC = b"TERRAIN-BACKUP-1\n"
CHUNK = 256 * 1024
_ID = 8
_PUBLIC, _SECRET = "terrain-backup-public:", "terrain-backup-secret:"


class Unreadable(Exception):
    """The archive or its key can't be used; ``reason`` says which way, for the command to put in words."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def create_keys(folder: Path) -> tuple[Path, Path]:
    """Write a new pair: the public file stays with the server, the secret one leaves it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = PrivateKey.generate()
    public_file, secret_file = folder / "terrain-backup.public", folder / "terrain-backup.secret"
    for path, text, mode in (
        (secret_file, _SECRET + bytes(secret).hex(), 0o400),
        (public_file, _PUBLIC + bytes(secret.public_key).hex(), 0o444),
    ):
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    return public_file, secret_file


def _key_bytes(path: Path, prefix: str) -> bytes:
    try:
        text = path.read_text().strip()
        raw = bytes.fromhex(text.removeprefix(prefix))
    except (OSError, ValueError) as error:
        raise Unreadable("bad_key", path.name) from error
    if not text.startswith(prefix) or len(raw) != PublicKey.SIZE:
        raise Unreadable("bad_key", path.name)
    return raw


def public_key(path: Path) -> PublicKey:
    """The key backups are sealed for."""
    return PublicKey(_key_bytes(path, _PUBLIC))


def secret_key(path: Path) -> PrivateKey:
    """The key that opens them."""
    return PrivateKey(_key_bytes(path, _SECRET))


def _key_id(key: PublicKey) -> bytes:
    return hashlib.blake2b(bytes(key), digest_size=_ID, person=b"terrain-backup").digest()


class Writer:
    """Encrypts what is written to it; the file is whole only once ``close`` has written the last chunk."""

    def __init__(self, stream, key: PublicKey):
        self._stream = stream
        self._buffer = bytearray()
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        stream_key = bindings.crypto_secretstream_xchacha20poly1305_keygen()
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, stream_key)
        self._stream.write(MAGIC + _key_id(key) + SealedBox(key).encrypt(stream_key) + header)

    def write(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._push(bytes(self._buffer[:CHUNK]), bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE)
            del self._buffer[:CHUNK]

    def close(self) -> None:
        self._push(bytes(self._buffer), bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL)

    def _push(self, chunk: bytes, tag: int) -> None:
        self._stream.write(bindings.crypto_secretstream_xchacha20poly1305_push(self._state, chunk, None, tag))


_HEAD = len(MAGIC) + _ID + 32 + 48 + bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES


class Reader:
    """Decrypts a file; raises Unreadable at the first chunk that was cut, changed or moved."""

    def __init__(self, stream, key: PrivateKey):
        self._stream = stream
        self._buffer = bytearray()
        self._finished = False
        self._chunks = 0
        head = stream.read(_HEAD)
        if not head.startswith(MAGIC):
            raise Unreadable("cut" if MAGIC.startswith(head) else "not_a_backup")
        if len(head) < _HEAD:
            raise Unreadable("cut", "0")
        place = len(MAGIC)
        if head[place : place + _ID] != _key_id(key.public_key):
            raise Unreadable("other_key")
        place += _ID
        try:
            stream_key = SealedBox(key).decrypt(head[place : place + 80])
        except nacl.exceptions.CryptoError as error:
            raise Unreadable("changed", "0") from error
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(self._state, head[place + 80 :], stream_key)

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes; a file that ends before is cut."""
        while len(self._buffer) < size:
            if self._finished:
                raise Unreadable("cut", str(self._chunks * CHUNK))
            self._pull()
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def finish(self) -> None:
        """Nothing may follow what was read."""
        while not self._finished:
            self._pull()
        if self._buffer or self._stream.read(1):
            raise Unreadable("changed", str(self._chunks * CHUNK))

    def _pull(self) -> None:
        sealed = self._stream.read(CHUNK + bindings.crypto_secretstream_xchacha20poly1305_ABYTES)
        if len(sealed) < bindings.crypto_secretstream_xchacha20poly1305_ABYTES:
            raise Unreadable("cut", str(self._chunks * CHUNK))
        try:
            chunk, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, None)
        except (RuntimeError, nacl.exceptions.CryptoError) as error:
            # The last piece of a cut file doesn't open either: a short piece that isn't the last one was cut.
            short = len(sealed) < CHUNK + bindings.crypto_secretstream_xchacha20poly1305_ABYTES
            raise Unreadable("cut" if short else "changed", str(self._chunks * CHUNK)) from error
        self._chunks += 1
        self._finished = tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
        self._buffer += chunk
