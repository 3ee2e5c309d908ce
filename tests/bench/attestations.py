"""What a site's 1,000 attestations take, on PostgreSQL, with the worker killed in the middle; attestations.json.

    .venv/bin/python tests/bench/attestations.py [--sheets 1000] [--evidence]

The job is run as a worker runs it: killed -9 once half is drawn, taken up by another process as the relay does, while
this one reads its progress as the page does. Then the file is opened and every page read: each code once.
Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.run import environment, run, write  # noqa: E402

DATABASE = "terrain_bench_attestations"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheets", type=int, default=1000)
    parser.add_argument("--evidence", action="store_true")
    parser.add_argument("--inside", nargs="*", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        import django

        django.setup()
        step, *rest = args.inside
        print(json.dumps({"prepare": prepare, "work": work, "where": where, "read": read}[step](*rest)))
        return 0
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        figures = measured(args.sheets, environment(Path(name), DATABASE))
    print(json.dumps(figures, indent=1))
    if args.evidence:
        write(figures, "attestations.json")
    return 0 if figures["met"] else 1


def measured(sheets: int, env: dict) -> dict:
    manage = [sys.executable, "manage.py"]
    run([*manage, "keys", "--create"], env)
    for command in (["dropdb", "--if-exists"], ["createdb"]):
        run([*command, "-h", "127.0.0.1", "-U", "postgres", DATABASE], env)
    run([*manage, "migrate", "-v0"], env)
    run([*manage, "collectstatic", "--noinput", "-v0"], env)

    def inside(*steps: str):
        return json.loads(run([sys.executable, __file__, "--inside", *steps], env).splitlines()[-1])

    batch, run_id = inside("prepare", str(sheets))
    command = [sys.executable, __file__, "--inside", "work", batch, run_id]
    began = time.monotonic()
    first = subprocess.Popen(command, cwd=ROOT, env={**env, "BENCH_KILLED": "1"}, stdout=subprocess.DEVNULL)  # noqa: S603
    _pid, status, used = os.wait4(first.pid, 0)
    half = inside("where", batch)
    second = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)  # noqa: S603
    told = second.stdout.read()
    _pid, ended, more = os.wait4(second.pid, 0)
    figures = {
        "sheets": sheets,
        "killed_by_signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "when_killed": half,
        "ended": os.waitstatus_to_exitcode(ended) == 0,
        "drawn_by_the_second": json.loads(told.splitlines()[-1]) if told.strip() else None,
        "at_the_end": inside("where", batch),
        "seconds": round(time.monotonic() - began, 1),
        "processor_seconds": round(sum(one.ru_utime + one.ru_stime for one in (used, more)), 1),
        "peak_megabytes": [round(one.ru_maxrss / 1024) for one in (used, more)],
        **inside("read", batch),
    }
    run(["dropdb", "-h", "127.0.0.1", "-U", "postgres", DATABASE], env)
    drawn_twice = half["parts"] * half["sheets_a_part"] + (figures["drawn_by_the_second"] or {}).get("sheets", 0)
    figures["sheets_drawn_in_all"] = drawn_twice
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    figures["met"] = (
        figures["killed_by_signal"] == signal.SIGKILL
        and figures["ended"]
        and figures["each_code_once"]
        and figures["at_the_end"]["prints"] == sheets
        and drawn_twice == sheets
    )
    return figures


def prepare(sheets: str) -> list[str]:
    """A site whose agents have all finished a training, and the batch that human resources ask for."""
    from src.directory.enums import Role
    from src.foundations import clock
    from tests.factories import training_ledger as ledger
    from tests.factories.directory import AgentFactory, SiteFactory
    from trainings.attestations.services import batching
    from trainings.ledger.services import Fact, record_completions

    site, track = SiteFactory(name="Dépôt des Tanneurs"), ledger.track()
    people = [AgentFactory(unit=site, first_name="Agente", last_name=f"N{n:04d}") for n in range(int(sheets))]
    version = track.versions.get()
    record_completions(
        Fact(one.pk, track, clock.today(), "online", f"bench:{one.pk}", version=version, minutes=90) for one in people
    )
    batch = batching.ask(site=site, actor=AgentFactory(roles=[(Role.HR, None)]))
    return [batch.reference, str(batch.run_id)]


def work(batch: str, run_id: str) -> dict:
    """The job, as a worker calls it; killed by its own hand when half is drawn, if it is asked."""
    from src.foundations import runs
    from trainings.attestations import jobs
    from trainings.attestations.services import batching

    drawn, drawing = Counter(), batching.drawing.drawn

    def counted(rows):
        drawn["sheets"] += len(rows)
        return drawing(rows)

    batching.drawing.drawn = counted
    if os.environ.get("BENCH_KILLED"):
        whole = runs.advance

        def advance(run, done, *, total=None):
            whole(run, done, total=total)
            if done >= total // 2:
                os.kill(os.getpid(), signal.SIGKILL)

        runs.advance = advance
    jobs.print_batch(run_id=run_id, batch=batch)
    return dict(drawn)


def where(batch: str) -> dict:
    """How far it is, as the page tells it, and what is on the disk."""
    from src.foundations.models import JobRun
    from trainings.attestations import files
    from trainings.attestations.models import AttestationBatch

    found = AttestationBatch.objects.get(reference=batch)
    going = JobRun.objects.get(pk=found.run_id)
    parts = sum(files.is_there(found, files.part_name(part)) for part in files.parts_of(found))
    return {
        "state": going.state, "percent": going.percent, "prints": found.prints.count(), "parts": parts,
        "sheets_a_part": files.PART,
    }  # fmt: skip


def read(batch: str) -> dict:
    """Open the file and read every page: how many codes are there, and whether each is there once."""
    import io

    import pypdf

    from trainings.attestations import files
    from trainings.attestations.models import AttestationBatch

    found = AttestationBatch.objects.get(reference=batch)
    due = set(found.prints.values_list("attestation__code", flat=True))
    content, seen, pages = files.read(found, files.WHOLE), Counter(), 0
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        pages += 1
        said = re.sub(r"[\s\u00a0\u202f-]", "", page.extract_text())
        length = len(next(iter(due)))
        seen.update({said[at : at + length] for at in range(len(said) - length + 1)} & due)
    return {
        "pages": pages,
        "megabytes": round(len(content) / 1e6, 1),
        "codes": len(due),
        "each_code_once": seen == Counter(dict.fromkeys(due, 1)) and pages == len(due),
    }


if __name__ == "__main__":
    sys.exit(main())
