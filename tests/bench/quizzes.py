"""People in a quiz, their pages saving by themselves, while a worker is killed every five seconds; docs/evidence/quizzes.json.

    .venv/bin/python -m tests.bench.quizzes                              500 people, saved every 15 s for two minutes
    .venv/bin/python -m tests.bench.quizzes --people 40 --minutes 0.5    small: printed, no evidence
    .venv/bin/python -m tests.bench.quizzes --no-kill --evidence /tmp/calm.json      what it costs without any kill

PostgreSQL and Redis of its own, production settings, two workers. The bars: p95 under 400 ms from the moment a page saves
to the acknowledgement, no answer acknowledged that is lost, nobody sent twice. The full size alone writes the evidence.
Nothing here is an assertion of the suite.
"""

import argparse
import datetime
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.answering import hurt
from tests.faults.app import App, environment
from tests.faults.campaign import machine
from tests.faults.network import Loop
from tests.faults.quizzes import EVERY, Quizzing
from tests.faults.services import Cluster, Redis, free_port, missing

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "docs" / "evidence" / "quizzes.json"
BAR_MS = 400
PEOPLE, MINUTES, KILL_EVERY = 500, 2.0, 5.0
# Sending comes last: an open loop of its own.
SENT_A_SECOND = 10.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--every", type=float, default=EVERY, help="seconds between two savings of a page")
    parser.add_argument("--kill-every", type=float, default=KILL_EVERY, help="seconds between two kills of a worker")
    parser.add_argument("--no-kill", action="store_true")
    parser.add_argument(
        "--evidence", type=Path, help="where the figures go; of the full size: docs/evidence/quizzes.json"
    )
    return parser.parse_args()


def is_full(args: argparse.Namespace) -> bool:
    """Whether this run is as large, as long and as rough as what must be shown."""
    return (
        args.people >= PEOPLE
        and args.minutes >= MINUTES
        and args.every <= EVERY
        and not args.no_kill
        and args.kill_every <= KILL_EVERY
    )


def size_words(args: argparse.Namespace) -> str:
    """The size of a run, in a line that can't be read as another's."""
    kills = "no worker killed" if args.no_kill else f"a worker killed every {args.kill_every:g} s"
    size = f"{args.people} people, saved every {args.every:g} s for {args.minutes:g} minutes, {kills}"
    return f"full size: {size}" if is_full(args) else f"SMALL run, not the bar: {size}"


def main() -> int:
    args = arguments()
    if reason := missing():
        sys.exit(f"The bench can't run here: {reason}.")
    print(size_words(args), flush=True)
    folder = Path(tempfile.mkdtemp(prefix="terrain-quizzes-"))
    folder.chmod(0o755)
    cluster, redis, loop = Cluster(folder / "postgres"), Redis(folder / "redis"), Loop()
    env = environment(folder, port=cluster.port, redis=redis.port, smtp=free_port(), settings="tests.faults.settings")
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
    quizzing = Quizzing(app, folder / "ledgers", people=args.people)
    with cluster.connect() as link:
        link.execute("VACUUM ANALYZE")
    app.start(workers=2, rq_workers=0, tick=False)
    before = machine()
    every = None if args.no_kill else args.kill_every
    saving = hurt(app, cluster, loop, quizzing.save_all(seconds=60 * args.minutes, every=args.every), every)
    kept = quizzing.held()
    sending = hurt(app, cluster, loop, quizzing.send_all(rate=SENT_A_SECOND), every)
    sent = quizzing.held()
    quizzing.ledger.close()
    wrong = sum(one["lost"] + one["doubled"] for one in (kept, sent))
    refused = sum(part["gave_up"] + part["rude_answers"] for part in (saving, sending))
    return {
        "on": f"{datetime.date.today()}",
        "size": size_words(args),
        "full": is_full(args),
        "asked": {"people": args.people, "minutes": args.minutes, "every_s": args.every, "kill_every_s": every},
        "machine": before,
        "saving": saving | {"held": kept},
        "sending": sending | {"held": sent},
        "holds": {
            "counts": wrong == 0 and refused == 0 and sent["sent"] == args.people,
            "p95": saving["delays"]["save"]["p95_ms"] < BAR_MS,
        },
    }


if __name__ == "__main__":
    sys.exit(main())
