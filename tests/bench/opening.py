"""How long a secret ballot of 53,000 people takes to open, on PostgreSQL; the part ``opening`` of docs/evidence/ballots.json.

    .venv/bin/python tests/bench/opening.py [--people 53000] [--evidence]

The bars: under ten seconds, in the request that opens it, and nobody who votes elsewhere waits for it. Told too: the
statements, and the memory that the process grew by. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.run import environment, run  # noqa: E402

EVIDENCE = ROOT / "docs" / "evidence" / "ballots.json"
BAR_SECONDS, BAR_ELSEWHERE_MS = 10.0, 500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=53_000)
    parser.add_argument("--database", default="terrain_bench_opening")
    parser.add_argument("--evidence", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(measured(args.people)))
        return 0
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        env = {**environment(Path(name), args.database), "PGOPTIONS": "-c statement_timeout=0"}
        manage = [sys.executable, "manage.py"]
        run([*manage, "keys", "--create"], env)
        for command in (["dropdb", "--if-exists"], ["createdb"]):
            run([*command, "-h", "127.0.0.1", "-U", "postgres", args.database], env)
        try:
            run([*manage, "migrate", "-v0"], env)
            figures = json.loads(
                run([sys.executable, __file__, "--inside", f"--people={args.people}"], env).splitlines()[-1]
            )
        finally:
            run(["dropdb", "--if-exists", "-h", "127.0.0.1", "-U", "postgres", args.database], env)
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    print(json.dumps(figures, indent=2))
    if args.evidence:
        known = json.loads(EVIDENCE.read_text()) if EVIDENCE.exists() else {}
        EVIDENCE.write_text(json.dumps(known | {"opening": figures}, indent=2, sort_keys=True) + "\n")
    return 0 if figures["seconds"] < BAR_SECONDS and figures["elsewhere"]["worst_ms"] < BAR_ELSEWHERE_MS else 1


def measured(people: int) -> dict:
    """A ballot of everybody opened, while somebody votes every tenth of a second in another one."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from src.participation.ballots import services
    from src.participation.ballots.models import Elector
    from tests.factories import ballots as make

    setup_test_environment()
    other = open_now(make)
    for start in range(0, people, 2_000):
        make.electors(min(2_000, people - start), prefix=f"b{start}")
    made = make.prepared(secrecy="secret")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    voting = Voting(other)
    before = peak_mb()
    voting.start()
    with CaptureQueriesContext(connection) as asked:
        started = time.perf_counter()
        services.open_ballot(actor=made.organiser, ballot=made.ballot)
        seconds = time.perf_counter() - started
    voting.end()
    return {
        "electors": Elector.objects.filter(ballot=made.ballot).count(),
        "bars": {"seconds": BAR_SECONDS, "elsewhere_ms": BAR_ELSEWHERE_MS},
        "seconds": round(seconds, 2),
        "statements": len(asked),
        "memory_grew_mb": peak_mb() - before,
        "elsewhere": {"votes": len(voting.waited), "worst_ms": round(max(voting.waited, default=0) * 1000)},
    }


def open_now(make):
    """A simple ballot of a thousand people that takes votes now."""
    import datetime

    import time_machine

    from src.foundations import clock

    with time_machine.travel(clock.now() - datetime.timedelta(days=1), tick=False):
        return make.opened(people=1_000)


class Voting(threading.Thread):
    """Somebody votes elsewhere every tenth of a second; how long each waited."""

    def __init__(self, made):
        super().__init__(daemon=True)
        self.made, self.waited, self._ends = made, [], threading.Event()

    def run(self):
        from django.db import connection

        for person in self.made.people:
            if self._ends.is_set():
                break
            started = time.perf_counter()
            self.made.cast(person, [0])
            self.waited.append(time.perf_counter() - started)
            time.sleep(0.1)
        connection.close()

    def end(self):
        self._ends.set()
        self.join()


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
