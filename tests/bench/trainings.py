"""What a night of mandatory trainings takes: 53,000 agents, 4 obligations, 3 cycles; docs/evidence/trainings.json.

    .venv/bin/python tests/bench/trainings.py [--agents 53000] [--only sqlite postgres] [--evidence]

The same city on SQLite and on PostgreSQL. Each night is a process of its own, so that its memory is its own; each is
followed by a second run of the same day, which must write nothing. The slowest night is held against the bar. On
PostgreSQL no statement may take five seconds, and nothing counts the tables after rows came in but the night itself.
Nothing here is an assertion of the suite.
"""

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.run import environment, run, write  # noqa: E402

DATABASE = "terrain_bench_trainings"
BARS = {"postgres": 60, "sqlite": 120}
# Days after the first night, what it is, and whether everybody completed what they had to do the day before.
NIGHTS = (
    (0, "first cycle opened", False),
    (1, "an ordinary night", False),
    (40, "first cycle answered", True),
    (40 + 950, "second cycle opened", False),
    (40 + 960, "second cycle answered", True),
    (40 + 2040, "third cycle opened", False),
    (40 + 2050, "third cycle answered", True),
    (40 + 2051, "an ordinary night of three cycles", False),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agents", type=int, default=53_000)
    parser.add_argument("--only", nargs="*", choices=list(BARS), default=list(BARS))
    parser.add_argument("--evidence", action="store_true")
    parser.add_argument("--inside", nargs="*", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        import django

        django.setup()
        step, *rest = args.inside
        print(json.dumps({"prepare": prepare, "complete": complete, "night": night, "count": count}[step](*rest)))
        return 0
    figures = {"agents": args.agents, "obligations": 4, "cycles": 3}
    for vendor in args.only:
        with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
            figures[vendor] = measured(vendor, args.agents, Path(name))
        print(vendor, json.dumps(figures[vendor], indent=1), flush=True)
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    if args.evidence:
        write(figures, "trainings.json")
    return 0 if all(figures[vendor]["met"] for vendor in args.only) else 1


def measured(vendor: str, agents: int, folder: Path) -> dict:
    """The city built, then its nights, each twice."""
    env = environment(folder, DATABASE)
    manage = [sys.executable, "manage.py"]
    if vendor == "sqlite":
        env |= {"DJANGO_SETTINGS_MODULE": "src.config.settings.embedded", "TERRAIN_VAR": str(folder)}
    else:
        # The limit that a request has, so that a night which a job runs holds it too.
        env["TERRAIN_STATEMENT_TIMEOUT_MS"] = "5000"
        run([*manage, "keys", "--create"], env)
        for command in (["dropdb", "--if-exists"], ["createdb"]):
            run([*command, "-h", "127.0.0.1", "-U", "postgres", DATABASE], env)
    run([*manage, "migrate", "-v0"], env)

    def inside(*steps):
        command = [sys.executable, __file__, "--inside", *map(str, steps)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            sys.exit(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    first = dt.date.fromisoformat(inside("prepare", agents))
    nights = []
    for after, name, is_answered in NIGHTS:
        day = first + dt.timedelta(days=after)
        completed = inside("complete", day - dt.timedelta(days=1)) if is_answered else 0
        made, again = inside("night", day), inside("night", day)
        nights.append({"night": name, "completions_before": completed, **made, "second_run": again})
        print(vendor, json.dumps(nights[-1]), flush=True)
    counted = inside("count")
    if vendor == "postgres":
        run(["dropdb", "-h", "127.0.0.1", "-U", "postgres", DATABASE], env)
    slowest = max(one["seconds"] for one in nights)
    silent = all(one["second_run"]["opened"] == one["second_run"]["changed"] == 0 for one in nights)
    return {
        "nights": nights,
        "rows": counted,
        "slowest_seconds": slowest,
        "bar_seconds": BARS[vendor],
        "second_runs_write_nothing": silent,
        "peak_megabytes": max(one["peak_megabytes"] for one in nights),
        "met": silent and slowest < BARS[vendor] and counted["cycles"] == [agents * 4] * 3,
    }


def prepare(agents: str) -> str:
    """The city, a former post for everybody, four obligations that each reach everybody by another question."""
    import random

    from src.config.scale import people
    from src.config.scale.sizes import Sizes
    from src.directory.models import Affectation
    from src.foundations import clock
    from tests.factories.training_obligations import RECEPTION, obligation, within

    rng = random.Random(7)
    sizes = Sizes(agents=int(agents))
    units = people.build_units(sizes, rng, "s7")
    people.build_agents(sizes, rng, "s7", units, lambda _label, _done: None)
    former = [
        Affectation(
            user_id=post.user_id, unit_id=post.unit_id, starts_on=post.starts_on - dt.timedelta(days=900),
            ends_on=post.starts_on - dt.timedelta(days=1),
        )
        for post in Affectation.objects.all()
    ]  # fmt: skip
    Affectation.objects.bulk_create(former, batch_size=2000)
    for predicate, anchor in (
        ({"all": []}, "rule_entry"),
        ({"any": [RECEPTION, {"not": RECEPTION}]}, "hire_date"),
        (within(units[0]), "version_published"),
        ({"field": "hired_on", "op": ">=", "value": "1990-01-01"}, "job_start"),
    ):
        obligation(predicate, rule={"anchor": anchor})
    return clock.today().isoformat()


def complete(day: str) -> int:
    """Everybody completes what they have to do, on a day: rows of the ledger, put there without evaluating."""
    from src.foundations import clock
    from trainings.ledger.models import Completion
    from trainings.obligations.models import Requirement

    total, after = 0, 0
    waiting = Requirement.objects.filter(satisfied_by__isnull=True).order_by("pk")
    columns = (
        "pk",
        "agent_id",
        "obligation__track_id",
        "obligation__track__versions",
        "obligation__track__versions__content_sha256",
    )
    while rows := list(waiting.filter(pk__gt=after).values_list(*columns)[:5000]):
        Completion.objects.bulk_create(
            Completion(
                agent_id=agent, track_id=track, version_id=version, content_sha256=content, completed_on=day,
                recorded_at=clock.now(), method="online", minutes=90, source=f"bench:{pk}",
            )
            for pk, agent, track, version, content in rows
        )  # fmt: skip
        total, after = total + len(rows), rows[-1][0]
    return total


def night(day: str) -> dict:
    """One evaluation, as the tick runs it."""
    from django.db import connection

    from trainings.obligations.services.evaluating import evaluate

    connection.ensure_connection()
    before, began, worked = peak(), time.perf_counter(), time.process_time()
    done = evaluate(dt.date.fromisoformat(day))
    return {
        "people": done.people,
        "opened": done.opened,
        "changed": done.changed,
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
        "peak_megabytes": peak(),
        "megabytes_before": before,
    }


def count() -> dict:
    """Rows at the end, cycle by cycle."""
    from django.db.models import Count

    from trainings.ledger.models import Completion
    from trainings.obligations.models import Requirement

    cycles = Requirement.objects.order_by("cycle_no").values_list("cycle_no").annotate(rows=Count("pk"))
    return {"cycles": [rows for _number, rows in cycles], "completions": Completion.objects.count()}


def peak() -> int:
    """The most memory this process held, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
