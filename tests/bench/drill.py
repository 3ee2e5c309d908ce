"""The restore drill at the size of the city, on PostgreSQL; kept in docs/evidence/drill.json.

    .venv/bin/python tests/bench/drill.py                  a whole city, made, saved, restored elsewhere, compared
    .venv/bin/python tests/bench/drill.py --keep           the source database of the last run, as it is

Two machines that share nothing but the archive: another database, another folder; the field keys come apart, as the
page of operations says. Equal means: the rows and tables the archive counted, a fingerprint of every row of every table,
the hash of every file, and `audit_verify` telling the same of both. Nothing here is an assertion of the suite.
"""

import argparse
import datetime
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402

from tests.bench.run import environment, machine_ms, run, write  # noqa: E402

FILES, FILE_BYTES = 200, 500_000


def last_line(command: list[str], env: dict[str, str]) -> dict:
    return json.loads(run(command, env).splitlines()[-1])


def timed(command: list[str], env: dict[str, str]) -> tuple[dict, float]:
    started = time.monotonic()
    told = last_line(command, env)
    return told, round(time.monotonic() - started, 1)


def hashes(folder: Path) -> dict[str, str]:
    """Each file below a folder with its hash."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def fingerprints(database: str) -> dict[str, tuple]:
    """Of each table: how many rows, and a sum that any change of any row moves; the order of rows doesn't count."""
    with psycopg.connect(host="127.0.0.1", user="postgres", dbname=database, autocommit=True) as link:
        tables = [name for (name,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        whole = "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) FROM {} t"
        return {name: link.execute(whole.format(f'"{name}"')).fetchone() for name in tables}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agents", type=int, default=53_000)
    parser.add_argument("--ideas", type=int, default=10_000)
    parser.add_argument("--supports", type=int, default=200_000)
    parser.add_argument("--comments", type=int, default=50_000)
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    first_name, second_name = "terrain_drill_first", "terrain_drill_second"
    server = ["-h", "127.0.0.1", "-U", "postgres"]
    manage = [sys.executable, "manage.py"]
    made_seconds, load = 0.0, [round(one, 1) for one in os.getloadavg()]
    with tempfile.TemporaryDirectory(prefix="terrain-drill-") as name:
        folder = Path(name)
        (folder / "first").mkdir()
        (folder / "second").mkdir()
        patient = {"PGOPTIONS": "-c statement_timeout=0"}
        first = environment(folder / "first", first_name) | patient
        second = environment(folder / "second", second_name) | patient
        run([*manage, "keys", "--create"], first)
        run(["dropdb", *server, "--if-exists", "--force", second_name], first)
        if not args.keep:
            run(["dropdb", *server, "--if-exists", "--force", first_name], first)
            run(["createdb", *server, first_name], first)
            run([*manage, "createcachetable"], first)
            run([*manage, "migrate", "-v0"], first)
            sizes = [f"--{size}={getattr(args, size)}" for size in ("agents", "ideas", "supports", "comments")]
            started = time.monotonic()
            run([*manage, "demo_scale", *sizes], first)
            made_seconds = round(time.monotonic() - started, 1)
            run([*manage, "audit_verify", "--seal"], first)
        private = folder / "first" / "media" / "private"
        private.mkdir(parents=True)
        for number in range(FILES):
            (private / f"scan-{number}.pdf").write_bytes(os.urandom(FILE_BYTES))
        kept = hashes(private)
        run([*manage, "backup", "--new-keys", str(folder / "pair")], first)
        archive = folder / "city.backup"
        saved, backup_seconds = timed(
            [*manage, "backup", str(archive), "--public-key", str(folder / "pair" / "terrain-backup.public")], first
        )
        shutil.rmtree(private)
        run(["createdb", *server, "-T", "template0", second_name], second)
        secret = str(folder / "pair" / "terrain-backup.secret")
        _read, verify_seconds = timed([*manage, "restore", str(archive), "--secret-key", secret, "--verify"], second)
        told, restore_seconds = timed([*manage, "restore", str(archive), "--secret-key", secret], second)
        one, two = (last_line([*manage, "audit_verify"], env) for env in (first, second))
        print("audit_verify", one, two, flush=True)
        before, after = fingerprints(first_name), fingerprints(second_name)
        differ = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        # The index of search is made again from the rest: as many rows, under other numbers.
        rebuilt = [name for name in differ if name.startswith("search_")]
        index_rows = {name: (before[name][0], after[name][0]) for name in rebuilt}
        differ = [name for name in differ if name not in rebuilt]
        figures = {
            "on": f"{datetime.date.today()}",
            "agents": args.agents,
            "machine_ms": machine_ms(),
            "load_before": load,
            "city_made_seconds": made_seconds,
            "rows": saved["rows"],
            "tables": saved["tables"],
            "files": told["files"],
            "archive_megabytes": round(archive.stat().st_size / 1e6, 1),
            "backup_seconds": backup_seconds,
            "verify_seconds": verify_seconds,
            "restore_seconds": restore_seconds,
            "rows_equal": told["rows"] == saved["rows"] and told["tables"] == saved["tables"],
            "tables_that_differ": differ,
            "index_rows": index_rows,
            "files_equal": hashes(folder / "second" / "media" / "private") == kept,
            "guards_missing": told["guards_missing"],
            "problems": told["problems"],
            "journal_equal": one == two,
        }
        run(["dropdb", *server, "--force", second_name], first)
    print(json.dumps(figures))
    write(figures, "drill.json")
    equal = all(figures[name] for name in ("rows_equal", "files_equal", "journal_equal"))
    return 0 if equal and not figures["tables_that_differ"] else 1


if __name__ == "__main__":
    sys.exit(main())
