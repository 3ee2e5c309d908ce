"""How each database is copied whole at one moment, put back, and told apart from another: counts and digests.

PostgreSQL goes through pg_dump and not pg_basebackup: one database and not the whole cluster, readable by a later
version, no superuser, and consistent at one exported snapshot in which rows are counted too. Losing less than a day
takes WAL archiving beside it (docs/operations.md). SQLite goes through VACUUM INTO: one consistent file while people
write.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from .archive import BLOCK, blocks_of
from .sealed import Unreadable

_ROW = (
    "SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 16))::bit(64)"
    "::bigint::numeric), 0)::text FROM {table} t"
)
_HEADS = (
    "SELECT s.stream, s.seq, s.hash FROM foundations_seal s JOIN "
    "(SELECT stream, max(seq) AS seq FROM foundations_seal GROUP BY stream) last "
    "ON last.stream = s.stream AND last.seq = s.seq"
)


def left_out() -> set[str]:
    """Tables whose rows stay out: nobody is signed in by a backup, and a cache is made again."""
    caches = {one["LOCATION"] for one in settings.CACHES.values() if one["BACKEND"].endswith("DatabaseCache")}
    return {"django_session", *caches}


@dataclass
class Snapshot:
    """A database at one moment: its tables, its journal's heads, its migrations, and its bytes to come."""

    vendor: str
    version: str
    tables: dict[str, list]
    heads: dict[str, list]
    migrations: list[str]
    blocks: Iterator[bytes]


@contextmanager
def snapshot(scratch: Path) -> Iterator[Snapshot]:
    """Freeze the default database; ``scratch`` is where SQLite's copy waits, and leaves at the end."""
    if connections["default"].vendor == "postgresql":
        with _postgres_snapshot() as frozen:
            yield frozen
    else:
        with _sqlite_snapshot(scratch) as frozen:
            yield frozen


def is_empty() -> bool:
    """Whether the default database holds no table."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        file = sqlite_file()
        return not file.exists() or file.stat().st_size == 0
    return not _postgres_tables(connection)


def restore(blocks: Iterable[bytes]) -> None:
    """Put a copy back into the empty default database, whole or not at all."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        _postgres_restore(connection, blocks)
    else:
        _sqlite_restore(blocks)


def fingerprints() -> dict[str, list]:
    """Table -> [rows, digest] of the default database as it is now."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(sqlite_file())) as file:
            return _sqlite_fingerprints(file)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET timezone = 'UTC'")
        return _postgres_fingerprints(cursor, _postgres_tables(connection))


# PostgreSQL


def _postgres_environment(connection) -> dict[str, str]:
    """What pg_dump and pg_restore read; the password never goes on a command line."""
    params = connection.settings_dict
    given = {
        "PGDATABASE": params["NAME"],
        "PGUSER": params["USER"],
        "PGPASSWORD": params["PASSWORD"],
        "PGHOST": params["HOST"],
        "PGPORT": str(params["PORT"] or ""),
    }
    # A socket folder of Debian's, not libpq's default, may be named in the environment already.
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def _command(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise Unreadable("no_command", name)
    return found


def _postgres_tables(connection) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def _postgres_fingerprints(cursor, tables: list[str]) -> dict[str, list]:
    found = {}
    for table in tables:
        if table in left_out():
            continue
        quoted = '"' + table.replace('"', '""') + '"'
        cursor.execute(_ROW.format(table=quoted))
        found[table] = list(cursor.fetchone())
    return found


@contextmanager
def _postgres_snapshot():
    # A connection of its own: the snapshot lives as long as its transaction, longer than any request's patience.
    connection = connections["default"].copy()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
            cursor.execute("SET timezone = 'UTC'")
            tables = _postgres_tables(connection)
            cursor.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
            exported, version = cursor.fetchone()
            counted = _postgres_fingerprints(cursor, tables)
            cursor.execute(_HEADS)
            heads = {stream: [seq, digest] for stream, seq, digest in cursor.fetchall()}
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
            migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
            schema = connection.ops.quote_name(_current_schema(cursor))
            command = [
                _command("pg_dump"),
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={exported}",
                *(f"--exclude-table-data={schema}.{connection.ops.quote_name(table)}" for table in left_out()),
            ]
            blocks = _output_of(command, _postgres_environment(connection))
            yield Snapshot("postgresql", version, counted, heads, migrations, blocks)
            cursor.execute("COMMIT")
    finally:
        connection.close()


def _current_schema(cursor) -> str:
    cursor.execute("SELECT current_schema()")
    return cursor.fetchone()[0]


def _output_of(command: list[str], environment: dict[str, str]) -> Iterator[bytes]:
    """A command's output in blocks; its failure says its last line."""
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=complaints) as process,  # noqa: S603
    ):
        try:
            yield from blocks_of(process.stdout)
        except GeneratorExit:
            process.kill()
            raise
        if process.wait():
            complaints.seek(0)
            raise Unreadable("command_failed", _last_line(complaints.read()))


def _last_line(text: bytes) -> str:
    lines = [line for line in text.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1][:300] if lines else "?"


def _postgres_restore(connection, blocks: Iterable[bytes]) -> None:
    command = [
        _command("pg_restore"),
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={connection.settings_dict['NAME']}",
    ]
    connection.close()
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603
            command,
            env=_postgres_environment(connection),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        pipe = process.stdin
        assert pipe is not None  # noqa: S101 it was asked for above
        try:
            for block in blocks:
                pipe.write(block)
            pipe.close()
        except BrokenPipeError:
            pass  # pg_restore left: its own words follow
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait():
            complaints.seek(0)
            raise Unreadable("command_failed", _last_line(complaints.read()))


# SQLite


def sqlite_file() -> Path:
    """The file of the default database."""
    return Path(connections["default"].settings_dict["NAME"])


@contextmanager
def _sqlite_snapshot(scratch: Path):
    connection = connections["default"]
    # Beside the archive and not in the system's temporary folder, which is often too small, or memory.
    with tempfile.TemporaryDirectory(prefix=".terrain-copy-", dir=scratch) as folder:
        path = Path(folder) / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("PRAGMA secure_delete = ON")
            present = set(_sqlite_tables(file))
            for table in left_out() & present:
                file.execute(f'DELETE FROM "{table}"')  # noqa: S608 our own list of tables
            counted = _sqlite_fingerprints(file)
            heads = {stream: [seq, digest] for stream, seq, digest in file.execute(_HEADS)}
            migrations = [f"{a}.{n}" for a, n in file.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")]
        with path.open("rb") as stream:
            yield Snapshot("sqlite", sqlite3.sqlite_version, counted, heads, migrations, _deflated(stream))


def _deflated(stream) -> Iterator[bytes]:
    packer = zlib.compressobj(level=3)
    for block in blocks_of(stream):
        yield packer.compress(block)
    yield packer.flush()


def _inflated(blocks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for block in blocks:
        pending = block
        while pending:
            yield unpacker.decompress(pending, BLOCK)
            pending = unpacker.unconsumed_tail
    yield unpacker.flush()


def _sqlite_restore(blocks: Iterable[bytes]) -> None:
    target = sqlite_file()
    connections["default"].close()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            for block in _inflated(blocks):
                stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _sqlite_tables(file) -> list[str]:
    """Ordinary tables: full-text ones are made again from the others."""
    rows = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    virtual = tuple(name for name, sql in rows if (sql or "").upper().startswith("CREATE VIRTUAL"))
    derived = tuple(f"{name}_" for name in virtual)
    return [name for name, _sql in rows if name not in virtual and not name.startswith(("sqlite_", *derived))]


def _sqlite_fingerprints(file) -> dict[str, list]:
    found = {}
    for table in _sqlite_tables(file):
        if table in left_out():
            continue
        count = total = 0
        for row in file.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 names the database gave
            count += 1
            total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest(), "big")
        found[table] = [count, str(total % 2**128)]
    return found
