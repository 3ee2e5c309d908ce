"""A PostgreSQL of one's own for a test: a copy of the suite's database, whose files, journal and dumps can be read."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.faults.services import POSTGRES_BIN, Cluster

DATABASE = "copied"


def dumped(*options: str) -> bytes:
    """What ``pg_dump`` writes of the database the test is connected to."""
    at = connection.settings_dict
    command = [
        "pg_dump",
        "--no-owner",
        *options,
        "-h",
        at["HOST"],
        "-p",
        str(at["PORT"]),
        "-U",
        at["USER"],
        at["NAME"],
    ]
    return subprocess.run(
        command, capture_output=True, check=True, timeout=180, env=os.environ | {"PGPASSWORD": ""}
    ).stdout


@contextmanager
def own_cluster():
    """A block in which Django works with a copy of the database in a cluster of its own; gives the cluster."""
    # Not pytest's folder: another session shuts it to the account that holds the cluster's files.
    folder = Path(tempfile.mkdtemp(prefix="terrain-urn-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres")
    copy = dumped()
    cluster.create()
    cluster.start()
    here = connection.settings_dict
    kept = {name: here[name] for name in ("HOST", "PORT", "NAME", "USER")}
    try:
        with cluster.connect("postgres") as link:
            link.execute(f"CREATE DATABASE {DATABASE}")
        subprocess.run(
            ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "postgres", DATABASE],
            input=copy, check=True, timeout=300, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        connection.close()
        here.update(HOST="127.0.0.1", PORT=cluster.port, NAME=DATABASE, USER="postgres")
        yield cluster
    finally:
        connection.close()
        here.update(kept)
        cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def where_in_the_journal() -> str:
    """The place reached in the journal of the cluster."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()")
        return cursor.fetchone()[0]


def journal_lines(cluster: Cluster, start: str) -> list[str]:
    """The lines of ``pg_waldump`` since a place."""
    done = subprocess.run(
        [str(POSTGRES_BIN / "pg_waldump"), "-p", str(cluster.data / "pg_wal"), "-s", start],
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.stdout.decode().splitlines()


def journal_bytes(cluster: Cluster) -> bytes:
    """All that the journal's files hold."""
    return b"".join(path.read_bytes() for path in sorted((cluster.data / "pg_wal").glob("0*")))
