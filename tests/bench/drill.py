"""The restore drill at the size of the city, on PostgreSQL; kept in docs/evidence/drill.json.

    .venv/bin/python tests/bench/drill.py                  a whole city, made, saved, restored elsewhere, compared
    .venv/bin/python tests/bench/drill.py --keep           the source database of the last run, as it is

Two machines that share nothing but the archive: another database, another folder; the field keys come apart, as the
page of operations says. Equal means: the rows and tables the archive counted, the same files, and `audit_verify`
telling the same of both. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.run import environment, machine_ms, run, write  # noqa: E402

FILES, FILE_BYTES = 200, 500_000


def last_line(command: list[str], env: dict[str, str]) -> dict:
    return json.loads(run(command, env).splitlines()[-1])


def timed(command: list[str], env: dict[str, str]) -> tuple[dict, float]:
    started = time.monotonic()
    told = last_line(command, env)
    return told, round(time.monotonic() - started, 1)


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
            run([*manage, "demo_scale", *sizes], first)
            run([*manage, "audit_verify", "--seal"], first)
        private = folder / "first" / "media" / "private"
        private.mkdir(parents=True)
        for number in range(FILES):
            (private / f"scan-{number}.pdf").write_bytes(os.urandom(FILE_BYTES))
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
        figures = {
            "machine_ms": machine_ms(),
            "rows": saved["rows"],
            "tables": saved["tables"],
            "files": told["files"],
            "archive_megabytes": round(archive.stat().st_size / 1e6, 1),
            "backup_seconds": backup_seconds,
            "verify_seconds": verify_seconds,
            "restore_seconds": restore_seconds,
            "rows_equal": told["rows"] == saved["rows"] and told["tables"] == saved["tables"],
            "files_equal": told["files"] == FILES,
            "guards_missing": told["guards_missing"],
            "problems": told["problems"],
            "journal_equal": one == two,
        }
        run(["dropdb", *server, "--force", second_name], first)
    print(json.dumps(figures))
    write(figures, "drill.json")
    return 0 if figures["rows_equal"] and figures["files_equal"] and figures["journal_equal"] else 1


if __name__ == "__main__":
    sys.exit(main())
