"""Reads an archive: checks it without writing anything, or puts it back where nothing is."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .. import chain, sealing
from . import archive, databases, sealed
from .making import Progress, files_under, media_roots
from .sealed import Unreadable

FORMAT_VENDORS = {"postgresql", "sqlite"}


@dataclass(frozen=True)
class Contents:
    """What an archive says of itself, once read to its last byte."""

    opening: dict
    closing: dict

    @property
    def counts(self) -> dict:
        tables = self.closing["tables"]
        return {
            "made_at": self.opening["made_at"],
            "vendor": self.opening["vendor"],
            "tables": len(tables),
            "rows": sum(rows for rows, _digest in tables.values()),
            "files": sum(one["count"] for one in self.closing["files"].values()),
            "journal": {stream: seq for stream, (seq, _hash) in self.closing["heads"].items()},
        }


@contextmanager
def _members(path: Path, key) -> Iterator[Iterator[archive.Member]]:
    with path.open("rb") as stream:
        yield archive.members(sealed.Reader(stream, key))


def check(path: Path, secret_key: Path, progress: Progress = lambda what, done: None) -> Contents:
    """Read an archive whole, writing nothing; raises Unreadable where it was cut or changed."""
    key = sealed.secret_key(secret_key)
    opening, tallies = {}, {name: archive.Tally() for name in media_roots()}
    with _members(path, key) as members:
        for member in members:
            if member.name == archive.OPENING:
                opening = member.json()
            elif member.name == archive.CLOSING:
                closing = member.json()
            else:
                for _block in member.blocks():
                    progress(member.name, member.size)
                if member.name != archive.DATABASE:
                    prefix, relative = _split(member.name)
                    archive.safe_place(Path("/"), relative)
                    tallies[prefix].add(relative, member.size, member.sha256)
    if opening.get("vendor") not in FORMAT_VENDORS:
        raise Unreadable("changed", archive.OPENING)
    wrong = [name for name, tally in tallies.items() if tally.told() != closing["files"].get(name)]
    if wrong:
        raise Unreadable("changed", ", ".join(wrong))
    return Contents(opening, closing)


def _split(name: str) -> tuple[str, str]:
    for prefix in media_roots():
        if name.startswith(prefix + "/"):
            return prefix, name.removeprefix(prefix + "/")
    raise Unreadable("changed", name[:80])


def known_steps() -> set[str]:
    """The migrations of this version, and those that its first ones stand for."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    before = [step for migration in found.values() for step in migration.replaces]
    return {f"{app}.{name}" for app, name in (*found, *before)}


def refuse_unless_possible(contents: Contents) -> None:
    """Refuse what would overwrite something, or could not work, before a byte is written."""
    if contents.opening["vendor"] != connection.vendor:
        raise Unreadable("other_vendor", contents.opening["vendor"])
    newer = sorted(set(contents.opening["migrations"]) - known_steps())
    if newer:
        raise Unreadable("newer", ", ".join(newer[:3]))
    if not databases.is_empty():
        raise Unreadable("not_empty", str(connection.settings_dict["NAME"]))
    for root in media_roots().values():
        if any(True for _file in files_under(root)):
            raise Unreadable("not_empty", str(root))


def write(path: Path, secret_key: Path, progress: Progress = lambda what, done: None) -> None:
    """Put the database and the files of a checked archive in place."""
    roots = media_roots()
    with _members(path, sealed.secret_key(secret_key)) as members:
        for count, member in enumerate(members):
            if member.name == archive.DATABASE:
                databases.restore(member.blocks())
            elif member.name not in (archive.OPENING, archive.CLOSING):
                prefix, relative = _split(member.name)
                _write_file(archive.safe_place(roots[prefix], relative), member.blocks())
            progress(member.name.split("/")[0], count)


def _write_file(target: Path, blocks) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as stream:
        for block in blocks:
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())


def differences(contents: Contents) -> list[str]:
    """What is now in place and isn't what was saved: names of tables and folders, first the tables."""
    found, saved = databases.fingerprints(), contents.closing["tables"]
    wrong = sorted(name for name in saved.keys() | found.keys() if saved.get(name) != found.get(name))
    for name, root in media_roots().items():
        tally = archive.Tally()
        for relative, file in files_under(root):
            with file.open("rb") as stream:
                tally.add(relative, file.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())
        if tally.told() != contents.closing["files"][name]:
            wrong.append(name)
    return wrong


def journal_faults(contents: Contents) -> list[str]:
    """What the verification of each chain finds, against the heads noted when the archive was made."""
    heads = {stream: (seq, digest) for stream, (seq, digest) in contents.closing["heads"].items()}
    # A row that waited for its seal when the archive was made has waited ever since: only what is sealed is judged.
    return [str(one.fault) for one in chain.verify_all(heads) if one.fault and not one.fault.what.endswith("sealed")]


def missing_keys(contents: Contents) -> list[str]:
    """Purposes whose key, as it was when the archive was made, isn't in this machine's folder."""
    present = {purpose: set(sealing.key_ids(purpose)) for purpose in contents.opening["field_keys"]}
    return sorted(
        purpose for purpose, ids in contents.opening["field_keys"].items() if not set(ids) <= present[purpose]
    )
