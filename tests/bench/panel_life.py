"""How well tables mix and how fast, and the statement map on crowds whose groups are known.

    .venv/bin/python tests/bench/panel_life.py [--only NAME …] [--evidence]

Each case runs in its own process, so that its memory is its own. Plans are read again by ``broken`` of the tests, which
shares no line with the engine. ``--evidence`` writes docs/evidence/panel_life.json. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

EVIDENCE = ROOT / "docs" / "evidence" / "panel_life.json"
# People, seats a table, rounds; seconds of processor allowed, least part of the bound.
HALLS = {
    "50 people, 7 a table, 3 rounds": ((50, 7, 3), 5, 0.85),
    "100 people, 8 a table, 4 rounds": ((100, 8, 4), 5, 0.85),
    "150 people, 8 a table, 6 rounds": ((150, 8, 6), 5, 0.85),
    "300 people, 8 a table, 6 rounds": ((300, 8, 6), 5, 0.85),
}
# People, statements, groups, part of the votes cast; seconds allowed by the clock, least adjusted Rand index, megabytes.
CROWDS = {
    "100 people, 40 statements, 70 % cast": ((100, 40, 2, 0.7), 1, 0.95, 100),
    "6000 people, 300 statements, 20 % cast": ((6000, 300, 3, 0.2), 1, 0.95, 150),
    "6000 people, 300 statements, 60 % cast": ((6000, 300, 3, 0.6), 1, 0.95, 150),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", choices=[*HALLS, *CROWDS])
    parser.add_argument("--one", choices=[*HALLS, *CROWDS], help=argparse.SUPPRESS)
    parser.add_argument("--evidence", action="store_true")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(tables(args.one) if args.one in HALLS else crowd_of(args.one)))
        return 0
    found = {}
    for name in args.only or [*HALLS, *CROWDS]:
        said = subprocess.run([sys.executable, __file__, "--one", name], capture_output=True, text=True, check=False)  # noqa: S603
        if said.returncode:
            sys.exit(said.stderr)
        found[name] = json.loads(said.stdout)
        print(name, json.dumps(found[name]), flush=True)
    if args.evidence:
        known = json.loads(EVIDENCE.read_text()) if EVIDENCE.exists() else {}
        parts = {"tables": HALLS, "statement_map": CROWDS}
        told = {
            part: known.get(part, {}) | {name: one for name, one in found.items() if name in names}
            for part, names in parts.items()
        }
        EVIDENCE.write_text(json.dumps(told | {"addition_seconds": addition()}, indent=2, sort_keys=True) + "\n")
    return 0 if all(one["met"] for one in found.values()) else 1


def addition() -> float:
    """What two million additions take here, to compare machines."""
    began, total = time.process_time(), 0
    for number in range(2_000_000):
        total += number
    return round(time.process_time() - began, 3)


def tables(name: str) -> dict:
    """One hall: its plan, then the same with seven people missing after the first round."""
    from panels.mixing import plan, replan
    from tests.panels.mixing.halls import broken, hall
    from tests.panels.mixing.halls import name as person

    (people, seats, rounds), seconds, share = HALLS[name]
    setup = hall(people, seats, rounds)
    absent = [person(number) for number in (0, 3, 20, 33, 44, 25, 16)]
    began = time.process_time()
    made = plan(setup)
    planning = time.process_time() - began
    began = time.process_time()
    again = replan(made, 1, absent)
    replanning = time.process_time() - began
    bad = broken(setup, made.rounds) + broken(setup, again.rounds, absent, first=1)
    bad += [] if again.rounds[0] == made.rounds[0] else ["the first round changed"]
    figures, left = made.figures, again.figures
    met = not bad and max(planning, replanning) < seconds and min(figures.coverage, left.coverage) >= share
    return {
        "distinct_pairs": figures.distinct,
        "bound": figures.bound,
        "reachable": figures.reachable,
        "share_of_bound": round(figures.coverage, 4),
        "repeats": figures.repeats,
        "worst_gap": {"trait": figures.gap.trait, "share": round(figures.gap.share, 3)},
        "processor_seconds": round(planning, 2),
        "seven_absent": {
            "distinct_pairs": left.distinct,
            "bound": left.bound,
            "share_of_bound": round(left.coverage, 4),
            "processor_seconds": round(replanning, 2),
        },
        "rules_broken": len(bad),
        "peak_megabytes": peak(),
        "load_average": round(os.getloadavg()[0], 1),
        "bars": {"processor_seconds": seconds, "share_of_bound": share},
        "met": met,
    }


def crowd_of(name: str) -> dict:
    """One crowd: its groups beside those it was made of."""
    from panels.opinion_map import opinion_map
    from tests.panels.opinion_map.crowds import crowd, rand_index

    (people, statements, groups, seen), seconds, index, megabytes = CROWDS[name]
    votes, mine = crowd(people, statements, groups, seen=seen)
    before, began, worked = peak(), time.perf_counter(), time.process_time()
    found = opinion_map(votes)
    wall, worked = time.perf_counter() - began, time.process_time() - worked
    agreement = rand_index(found.members, mine[list(found.mapped)])
    return {
        "votes": int((votes.table != 2).sum()),
        "groups": len(found.groups),
        "known_groups": groups,
        "adjusted_rand_index": round(agreement, 4),
        "seconds": round(wall, 2),
        "processor_seconds": round(worked, 2),
        "peak_megabytes": peak(),
        "megabytes_before": before,
        "load_average": round(os.getloadavg()[0], 1),
        "bars": {"seconds": seconds, "adjusted_rand_index": index, "megabytes": megabytes},
        "met": len(found.groups) == groups and agreement >= index and wall < seconds and peak() <= megabytes,
    }


def peak() -> int:
    """The most memory this process held, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
