"""What 10,000 letters with their codes take, on PostgreSQL, with workers killed in the middle; docs/evidence/letters.json.

    .venv/bin/python tests/bench/letters.py [--letters 10000] [--evidence]

Two jobs are measured as a worker runs them: making the codes, drawing the files. Each is killed -9 once in the middle
and taken over by another process, as the relay does. Then every file is opened and every page read: each code once.
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

JOBS = {"made": "make_letters", "drawn": "draw_letters"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--database", default="terrain_bench_letters")
    parser.add_argument("--evidence", action="store_true")
    parser.add_argument("--inside", nargs="*", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        import django

        django.setup()
        step, *rest = args.inside
        print(json.dumps({"prepare": prepare, "ask": ask, "work": work, "where": where, "read": read}[step](*rest)))
        return 0
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        figures = measured(args, environment(Path(name), args.database))
    print(json.dumps(figures, indent=1))
    if args.evidence:
        write(figures, "letters.json")
    return 0 if figures["each_code_once"] else 1


def measured(args, env: dict) -> dict:
    env["PGOPTIONS"] = "-c statement_timeout=0"
    manage = [sys.executable, "manage.py"]
    run([*manage, "keys", "--create"], env)
    for command in (["dropdb", "--if-exists"], ["createdb"]):
        run([*command, "-h", "127.0.0.1", "-U", "postgres", args.database], env)
    run([*manage, "migrate", "-v0"], env)
    run([*manage, "collectstatic", "--noinput", "-v0"], env)

    def inside(*steps: str):
        return json.loads(run([sys.executable, __file__, "--inside", *steps], env).splitlines()[-1])

    batch, making = inside("prepare", str(args.letters))
    figures = {"letters": args.letters, "made": killed_once(env, inside, "made", making, batch)}
    drawing = inside("ask", batch)
    figures["drawn"] = killed_once(env, inside, "drawn", drawing, batch)
    figures |= inside("read", batch)
    run(["dropdb", "-h", "127.0.0.1", "-U", "postgres", args.database], env)
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    return figures


def killed_once(env: dict, inside, kind: str, run_id: str, batch: str) -> dict:
    """Run a job, kill its worker -9 once half is done, have another one end it; what both took."""
    command = [sys.executable, __file__, "--inside", "work", kind, run_id, batch]
    began = time.monotonic()
    first = subprocess.Popen(command, cwd=ROOT, env={**env, "BENCH_KILLED": "1"}, stdout=subprocess.DEVNULL)  # noqa: S603
    _pid, status, used = os.wait4(first.pid, 0)
    half = inside("where", run_id, batch)
    second = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)  # noqa: S603
    _pid, ended, more = os.wait4(second.pid, 0)
    return {
        "killed_by_signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "kept_when_killed": half,
        "ended": os.waitstatus_to_exitcode(ended) == 0,
        "at_the_end": inside("where", run_id, batch),
        "processor_seconds": round(sum(one.ru_utime + one.ru_stime for one in (used, more)), 1),
        "seconds": round(time.monotonic() - began, 1),
        "peak_megabytes": [round(one.ru_maxrss / 1024) for one in (used, more)],
    }


def prepare(letters: str) -> list[str]:
    """A panel that recruits, and a batch of so many letters still to make."""
    from panels.services import letters as services
    from tests.factories import panels as make

    made = make.recruiting()
    report = services.open_batch(
        actor=made.organiser, panel=made.panel, source_list=made.lists["electeurs"],
        data=make.address_file(int(letters)),
    )  # fmt: skip
    assert not report.problems, report.problems
    return [report.batch.reference, str(report.batch.run_id)]


def ask(batch: str) -> str:
    from panels.models import InvitationBatch
    from panels.services import printing

    found = InvitationBatch.objects.select_related("made_by").get(reference=batch)
    return str(printing.ask_work(actor=found.made_by, batch=found).pk)


def work(kind: str, run_id: str, batch: str) -> None:
    """One of the two jobs, as a worker calls it; killed by its own hand when half is done, if it is asked."""
    from panels import jobs
    from src.foundations import runs

    if os.environ.get("BENCH_KILLED"):
        whole = runs.advance

        def advance(run, done, *, total=None):
            whole(run, done, total=total)
            if done >= where(run_id, batch)["of"] // 2:
                os.kill(os.getpid(), signal.SIGKILL)

        runs.advance = advance
    getattr(jobs, JOBS[kind])(run_id=run_id, batch=batch)


def where(run_id: str, batch: str) -> dict:
    from panels import letter_files
    from panels.models import InvitationBatch
    from src.foundations.models import JobRun

    going, found = JobRun.objects.get(pk=run_id), InvitationBatch.objects.get(reference=batch)
    return {
        "state": going.state, "done": going.done, "of": going.total, "letters_made": found.invitations.count(),
        "files": len(letter_files.made(found)),
    }  # fmt: skip


def read(batch: str) -> dict:
    """Open every file and read every page: how many codes are there, and whether each is there once."""
    import io

    import pypdf

    from panels import letter_files
    from panels.models import InvitationBatch
    from panels.services import letters as services

    found = InvitationBatch.objects.select_related("made_by", "panel").get(reference=batch)
    seen, sizes, pages = Counter(), [], 0
    due = {one.code: one.number for one in services.letters_of(actor=found.made_by, batch=found)}
    for part in letter_files.parts_of(found):
        content = letter_files.read(found, part)
        sizes.append(len(content))
        for page in pypdf.PdfReader(io.BytesIO(content)).pages:
            pages += 1
            said = re.sub(r"[\s\u00a0\u202f-]", "", page.extract_text())
            seen.update(code for code in codes_in(said, due))
    return {
        "files": len(sizes),
        "pages": pages,
        "megabytes_of_a_file": [round(min(sizes) / 1e6, 2), round(max(sizes) / 1e6, 2)],
        "megabytes": round(sum(sizes) / 1e6, 1),
        "codes": len(due),
        "each_code_once": seen == Counter(dict.fromkeys(due, 1)) and pages == len(due),
    }


def codes_in(said: str, due: dict) -> set[str]:
    """The codes of the batch that a page spells."""
    length = len(next(iter(due)))
    return {said[at : at + length] for at in range(len(said) - length + 1)} & due.keys()


if __name__ == "__main__":
    sys.exit(main())
