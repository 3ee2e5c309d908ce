"""Pages of a questionnaire kept, then sent, while a worker is killed every five seconds; docs/evidence/answering.json.

    .venv/bin/python -m tests.bench.answering                              twenty pages a second for five minutes, 6,000 people
    .venv/bin/python -m tests.bench.answering --minutes 0.5 --rate 4 --people 100      small: printed, no evidence
    .venv/bin/python -m tests.bench.answering --no-kill --evidence /tmp/calm.json      what it costs without any kill

The full size alone writes the evidence, all of it measured in that run, statements included; another size is printed,
and says so, unless ``--evidence`` names a file.

PostgreSQL and Redis of its own, production settings, two workers. The bars: p95 under 500 ms from the moment somebody
comes to the acknowledgement, no page and no sending acknowledged that is lost, none that is there twice. The
milliseconds are told beside those a fixed loop takes here and now: on a busy machine counts say more. Nothing here is
an assertion of the suite (that is ``tests/faults/test_short.py``).
"""

import argparse
import datetime
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.answers import INSIDE, Answering
from tests.faults.app import App, environment, family, used_seconds
from tests.faults.campaign import machine
from tests.faults.network import Loop
from tests.faults.services import Cluster, Redis, free_port, missing
from tests.faults.visitors import Told

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "docs" / "evidence" / "answering.json"
BAR_MS = 500
# What the issue asks for: anything less is a try.
PEOPLE, RATE, MINUTES, KILL_EVERY = 6_000, 20.0, 5.0, 5.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE, help="who began, and will send")
    parser.add_argument("--rate", type=float, default=RATE, help="pages kept, then sendings, a second")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--kill-every", type=float, default=KILL_EVERY, help="seconds between two kills of a worker")
    parser.add_argument("--no-kill", action="store_true")
    parser.add_argument(
        "--evidence", type=Path, help="where the figures go; of the full size: docs/evidence/answering.json"
    )
    return parser.parse_args()


def is_full(args: argparse.Namespace) -> bool:
    """Whether this run is as large, as fast, as long and as rough as what must be shown."""
    return (
        args.people >= PEOPLE
        and args.rate >= RATE
        and args.minutes >= MINUTES
        and not args.no_kill
        and args.kill_every <= KILL_EVERY
    )


def size_words(args: argparse.Namespace) -> str:
    """The size of a run, in a line that can't be read as another's."""
    kills = "no worker killed" if args.no_kill else f"a worker killed every {args.kill_every:g} s"
    size = f"{args.rate:g} pages a second for {args.minutes:g} minutes, {args.people} people, {kills}"
    return f"full size: {size}" if is_full(args) else f"SMALL run, not the bar: {size}"


def main() -> int:
    args = arguments()
    if reason := missing():
        sys.exit(f"The bench can't run here: {reason}.")
    print(size_words(args), flush=True)
    folder = Path(tempfile.mkdtemp(prefix="terrain-answering-"))
    folder.chmod(0o755)
    cluster, redis, loop = Cluster(folder / "postgres"), Redis(folder / "redis"), Loop()
    env = environment(
        folder,
        port=cluster.port,
        redis=redis.port,
        smtp=free_port(),
        settings="tests.faults.settings",
    )
    app = App(folder, env, free_port())
    try:
        cluster.create()
        cluster.start()
        redis.start()
        cluster.create_database()
        app.inside("build", f"--agents={args.people + 200}", "--ideas=1")
        figures = measured(args, app, cluster, loop, folder)
    finally:
        app.stop(gently=False)
        for end in (redis.stop, lambda: cluster.stop("immediate"), loop.close):
            end()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    evidence = args.evidence or (EVIDENCE if is_full(args) else None)
    if evidence is not None:
        evidence.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    print(f"{size_words(args)}; {f'written to {evidence}' if evidence else 'nothing written'}")
    return 0 if figures["holds"]["counts"] else 1


def measured(args, app: App, cluster: Cluster, loop: Loop, folder: Path) -> dict:
    """Prepare, save, look at what is kept, send, look at what is sent."""
    answering = Answering(app, folder / "ledgers", people=args.people)
    statements = json.loads(app.inside("statements", f"--people={args.people + 1}", module=INSIDE))
    with cluster.connect() as link:
        link.execute("VACUUM ANALYZE")
    app.start(workers=2, rq_workers=0, tick=False)
    before = machine()
    every = None if args.no_kill else args.kill_every
    saving = hurt(app, cluster, loop, answering.save_pages(seconds=60 * args.minutes, rate=args.rate), every)
    kept = answering.kept()
    sending = hurt(app, cluster, loop, answering.send_all(rate=args.rate), every)
    with cluster.connect() as link:
        sent = answering.sent(link)
    answering.ledger.close()
    p95 = {kind: one["p95_ms"] for part in (saving, sending) for kind, one in part["delays"].items()}
    wrong = kept["lost"] + kept["doubled"] + sent["lost"] + sent["duplicated"]
    refused = sum(part["gave_up"] + part["rude_answers"] for part in (saving, sending))
    return {
        "on": f"{datetime.date.today()}",
        "size": size_words(args),
        "full": is_full(args),
        "asked": {"people": args.people, "rate": args.rate, "minutes": args.minutes, "kill_every_s": every},
        "machine": before,
        "statements": statements,
        "saving": saving | {"held": kept},
        "sending": sending | {"held": sent},
        "holds": {
            "counts": wrong == 0 and refused == 0 and sent["acknowledged"] == args.people,
            "p95": p95["page"] < BAR_MS and p95["sending"] < BAR_MS,
        },
    }


def hurt(app: App, cluster: Cluster, loop: Loop, coming, every: float | None) -> dict:
    """Kill a worker every so many seconds while people come; what they met and what it cost."""
    rng, began, app.kills = random.Random(5), time.monotonic(), 0
    before = processor(app, cluster)
    future = loop.start(coming)
    while not future.done():
        time.sleep(every or 1.0)
        if every and not future.done():
            app.kill_web_worker(rng)
    told: Told = future.result(0)
    used = {name: seconds - before.get(name, 0) for name, seconds in processor(app, cluster).items()}
    count = max(1, max(map(len, told.delays.values()), default=1))
    return {
        "took_s": round(time.monotonic() - began, 1),
        "kills": app.kills,
        "processor_ms_each": {name: round(1000 * seconds / count, 1) for name, seconds in used.items()},
        "p50_ms": {kind: told.share(kind, 0.5) for kind in told.delays},
        **told.figures(),
    }


def processor(app: App, cluster: Cluster) -> dict[str, float]:
    """Seconds of processor used so far, those of workers that died included."""
    return {**app.cpu_seconds(), "postgres": sum(map(used_seconds, family(cluster.pid)))}


if __name__ == "__main__":
    sys.exit(main())
