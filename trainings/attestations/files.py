"""Sheets of a site ready to print: encrypted on the disk, made again whenever asked, swept after a day."""

from pathlib import Path

from django.core.files.base import ContentFile

from src.foundations import sealing
from src.foundations.uploads import PrivateStorage

PURPOSE = sealing.register_purpose("training-proofs")
# Sheets in one part: what a worker that died loses at most.
PART = 50
FOLDER = "attestations"
WHOLE = "entier"


def parts_of(batch) -> range:
    """The numbers of the parts, from 0."""
    return range(-(-batch.total // PART))


def keys_of(batch, part: int) -> list[int]:
    """The completions of a part."""
    return batch.completions[part * PART : (part + 1) * PART]


def keep(batch, name: str, content: bytes) -> None:
    """Write a file, in place of what was there."""
    storage, path = PrivateStorage(), _path(batch, name)
    storage.delete(path)
    storage.save(path, ContentFile(sealing.encrypt(content, PURPOSE)))


def read(batch, name: str) -> bytes | None:
    """A file in clear; None when it isn't made, or went."""
    try:
        with PrivateStorage().open(_path(batch, name)) as file:
            return sealing.decrypt(file.read(), PURPOSE)
    except FileNotFoundError:
        return None


def is_there(batch, name: str) -> bool:
    return PrivateStorage().exists(_path(batch, name))


def forget(batch, name: str) -> None:
    PrivateStorage().delete(_path(batch, name))


def part_name(part: int) -> str:
    return f"{part:04d}"


def _path(batch, name: str) -> str:
    return str(Path(FOLDER) / batch.reference / name)
