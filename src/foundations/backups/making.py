"""Writes one encrypted archive of the database and the media."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from .. import clock, sealing
from . import archive, databases, sealed
from .sealed import Unreadable

SUFFIX = ".backup"
Progress = Callable[[str, int], None]


def media_roots() -> dict[str, Path]:
    """The two folders of files, by the name they have in an archive."""
    return {"media/public": Path(settings.MEDIA_ROOT), "media/private": Path(settings.PRIVATE_MEDIA_ROOT)}


def key_ids() -> dict[str, list[str]]:
    """Which field keys the data were written with: fingerprints, from which no key comes back."""
    return {purpose: sealing.key_ids(purpose) for purpose in sealing.purposes()}


def keys_apart() -> bool:
    """Whether the folder of the field keys is outside every folder a backup takes."""
    keys = Path(settings.TERRAIN_KEYS_DIR).resolve()
    return not any(keys.is_relative_to(root.resolve()) for root in media_roots().values())


def files_under(root: Path) -> Iterator[tuple[str, Path]]:
    """Regular files of a folder in a constant order, with their name in an archive; links are not followed."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix(), path


def make(target: Path, public_key: Path, progress: Progress = lambda what, done: None) -> dict:
    """Write ``target``, which must not exist, whole or not at all; returns its counts.

    The database first and the files after: each file the rows speak of is there, unless it was removed since.
    """
    key = sealed.public_key(public_key)
    if not keys_apart():
        raise Unreadable("keys_inside")
    if target.exists():
        raise Unreadable("exists", str(target))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            counts = _write(sealed.Writer(stream, key), target.parent, progress)
            stream.flush()
            os.fsync(stream.fileno())
            stream.seek(0)
            counts |= {"bytes": draft.stat().st_size, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
        # A link never replaces an archive somebody else wrote meanwhile.
        os.link(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return counts


def _write(writer: sealed.Writer, scratch: Path, progress: Progress) -> dict:
    with databases.snapshot(scratch) as frozen:
        opening = {
            "made_at": clock.now().isoformat(timespec="seconds"),
            "vendor": frozen.vendor,
            "server": frozen.version,
            "migrations": frozen.migrations,
            "field_keys": key_ids(),
        }
        archive.write_json(writer, archive.OPENING, opening)
        archive.write_member(writer, archive.DATABASE, _told(frozen.blocks, progress))
    files = {}
    for prefix, root in media_roots().items():
        tally = archive.Tally()
        for relative, path in files_under(root):
            try:
                stream = path.open("rb")
            except FileNotFoundError:  # removed since the folder was read
                continue
            with stream:
                size, digest = archive.write_member(writer, f"{prefix}/{relative}", archive.blocks_of(stream))
            tally.add(relative, size, digest)
            progress(prefix, tally.count)
        files[prefix] = tally.told()
    archive.write_json(writer, archive.CLOSING, {"tables": frozen.tables, "heads": frozen.heads, "files": files})
    writer.close()
    return {
        "tables": len(frozen.tables),
        "rows": sum(rows for rows, _digest in frozen.tables.values()),
        "files": sum(one["count"] for one in files.values()),
    }


def _told(blocks: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    done = 0
    for block in blocks:
        done += len(block)
        progress("database", done)
        yield block


def forget_older(folder: Path, days: int) -> int:
    """Delete the archives of a folder that are older than ``days``: an erasure is complete once they are gone."""
    limit = (clock.now() - timedelta(days=days)).timestamp()
    old = [path for path in folder.glob(f"*{SUFFIX}") if path.is_file() and path.stat().st_mtime < limit]
    for path in old:
        path.unlink()
    return len(old)
