"""Letters ready to print: parts of a batch, encrypted on the disk, made again whenever they are asked for.

A part holds codes in clear once opened, so that it never lies open anywhere: it is encrypted by the key of letters, it
goes when the letters are posted, and the sweep of files that no row names takes it after a day whatever happens.
"""

from pathlib import Path

from django.core.files.base import ContentFile

from src.foundations import sealing
from src.foundations.uploads import PrivateStorage

from . import vault

# Letters in one file.
PART = 500
FOLDER = "panels-letters"


def parts_of(batch) -> range:
    """The numbers of the parts of a batch, from 1."""
    return range(1, -(-batch.letters // PART) + 1)


def bounds(batch, part: int) -> tuple[int, int]:
    """The first and the last letter of a part."""
    return (part - 1) * PART + 1, min(part * PART, batch.letters)


def keep(batch, part: int, content: bytes) -> None:
    """Write a part, in place of what was there."""
    storage, name = PrivateStorage(), _name(batch, part)
    storage.delete(name)
    storage.save(name, ContentFile(sealing.encrypt(content, vault.LETTERS)))


def read(batch, part: int) -> bytes | None:
    """A part in clear; None when it isn't made, or went."""
    try:
        with PrivateStorage().open(_name(batch, part)) as file:
            return sealing.decrypt(file.read(), vault.LETTERS)
    except FileNotFoundError:
        return None


def made(batch) -> list[int]:
    """The parts that are there."""
    storage = PrivateStorage()
    return [part for part in parts_of(batch) if storage.exists(_name(batch, part))]


def forget(reference: str) -> None:
    """Take away every part of a batch."""
    storage = PrivateStorage()
    folder = f"{FOLDER}/{reference}"
    if not storage.exists(folder):
        return
    for name in storage.listdir(folder)[1]:
        storage.delete(f"{folder}/{name}")


def _name(batch, part: int) -> str:
    return str(Path(FOLDER) / batch.reference / f"{part:04d}")
