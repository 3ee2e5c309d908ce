"""How long a long journal takes to write, to chain and to verify, on PostgreSQL; kept in docs/evidence/journal.json.

    .venv/bin/python tests/bench/journal.py --rows 200000

The bar is a million links verified in a minute on two cores. Nothing here is an assertion of the suite.
"""

import argparse
import itertools
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.run import environment, run, settle, write  # noqa: E402

BAR_SECONDS_PER_MILLION = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--database", default="terrain_bench_journal")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(measured(args.rows, args.database)))
        return 0
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        env = {**environment(Path(name), args.database), "PGOPTIONS": "-c statement_timeout=0"}
        manage = [sys.executable, "manage.py"]
        run([*manage, "keys", "--create"], env)
        for command in (["dropdb", "--if-exists"], ["createdb"]):
            run([*command, "-h", "127.0.0.1", "-U", "postgres", args.database], env)
        run([*manage, "migrate", "-v0"], env)
        again = [sys.executable, __file__, "--inside", f"--rows={args.rows}", f"--database={args.database}"]
        figures = json.loads(run(again, env).splitlines()[-1])
    million = figures["verify_seconds"] * 1_000_000 / figures["links"]
    figures["seconds_per_million"] = round(million, 1)
    print(json.dumps(figures))
    print(f"{million:.1f} s a million links, {BAR_SECONDS_PER_MILLION / million:.1f} × the bar")
    write(figures, "journal.json")
    return 0


def measured(rows: int, database: str) -> dict:
    """Write, chain and verify that many entries in this process."""
    import django

    django.setup()
    from src.foundations import chain, clock, journal
    from src.foundations.models import AuditEntry

    stream = journal.stream(journal.STREAM)
    now = clock.now()
    entries = (
        AuditEntry(at=now, actor=f"{n:032x}", verb="bench.bulk", object_ref=f"B{n}", payload={"n": n, "to": "open"})
        for n in range(rows)
    )
    while batch := list(itertools.islice(entries, 5000)):
        AuditEntry.objects.bulk_create(batch)
    started = time.monotonic()
    chain.seal_pending(thorough=True)
    sealed = time.monotonic() - started
    settle(database)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    verified = chain.verify(stream)
    took = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "links": verified.links,
        "fault": str(verified.fault or ""),
        "seal_seconds": round(sealed, 1),
        "verify_seconds": round(took, 1),
        "memory_grown_kb": after - before,
    }


if __name__ == "__main__":
    sys.exit(main())
