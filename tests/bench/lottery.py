"""How even and how fast the tables of panels are, beside the bound that no lottery can pass.

    .venv/bin/python tests/bench/lottery.py [--only NAME …] [--evidence]

Each pool is drawn in its own process, so that its memory is its own. Every row of every table is checked twice: by the
engine, and by ``broken_rules`` of the tests, which shares no line with it. ``advice`` is what the screen of quotas asks at
each edit. ``--evidence`` writes docs/evidence/lottery.json. Nothing here is an assertion of the suite.
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

from tests.panels.lottery.pools import LISTS, balanced, broken_rules, exclusive, mirror  # noqa: E402

EVIDENCE = ROOT / "docs" / "evidence" / "lottery.json"
SEED = b"the bench of the lottery, one seed"
# Name, pool, seconds allowed, least share of the bound, most points under the bound, megabytes allowed.
CASES = {
    "200 to 20, two balanced criteria": (lambda: balanced(200, 20), 2, 1.0, 0, None),
    "2000 to 200, two balanced criteria": (lambda: balanced(2000, 200), 10, 1.0, 0, None),
    "300 to 50": (lambda: mirror(300, 50), 30, 0.993, None, 100),
    "748 to 80 + 15 + 5, within 2": (lambda: mirror(748, 100, lists=LISTS, tolerance=2), 90, 0.99, None, None),
    "748 to 80 + 15 + 5, within 1": (lambda: mirror(748, 100, lists=LISTS, tolerance=1), 90, 0.99, None, None),
    "1500 to 100": (lambda: mirror(1500, 100), 90, None, 0.1, None),
    "6000 to 100": (lambda: mirror(6000, 100), 180, None, 0.1, None),
    "three who exclude each other": (exclusive, None, 0.99, None, None),
}
PROVED = {
    "200 to 20, two balanced criteria",
    "300 to 50",
    "748 to 80 + 15 + 5, within 2",
    "three who exclude each other",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", choices=list(CASES))
    parser.add_argument("--one", choices=list(CASES), help=argparse.SUPPRESS)
    parser.add_argument("--evidence", action="store_true")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(args.one)))
        return 0
    found = {}
    for name in args.only or CASES:
        said = subprocess.run([sys.executable, __file__, "--one", name], capture_output=True, text=True, check=False)  # noqa: S603
        if said.returncode:
            sys.exit(said.stderr)
        found[name] = json.loads(said.stdout)
        print(name, json.dumps(found[name]), flush=True)
    if args.evidence:
        known = json.loads(EVIDENCE.read_text())["draws"] if EVIDENCE.exists() else {}
        EVIDENCE.write_text(json.dumps({"panels": 1000, "draws": known | found}, indent=2, sort_keys=True) + "\n")
    return 0 if all(one["met"] for one in found.values()) else 1


def measured(name: str) -> dict:
    """One pool: its table, its bound, what both took."""
    from panels.lottery import advice, draw

    make, seconds, share, points, megabytes = CASES[name]
    pool = make()
    began = time.process_time()
    told = advice(pool)
    advising = time.process_time() - began
    lottery = draw(pool, seed=SEED)
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    result, timings = lottery.record["result"], lottery.record["timings"]
    bad = sum(bool(broken_rules(pool, row)) for row in lottery.rows)
    under = 100 * (lottery.bound - lottery.minimum)
    met = not bad and (seconds is None or timings["seconds"] < seconds)
    met = met and (share is None or lottery.minimum >= share * lottery.bound - 1e-9)
    met = met and (points is None or under <= points + 1e-7) and (megabytes is None or peak <= megabytes)
    figures = {
        "people": len(pool.people),
        "seats": pool.seats,
        "cells": result["cells"],
        "bound_percent": round(100 * lottery.bound, 4),
        "minimum_percent": round(100 * lottery.minimum, 4),
        "maximum_percent": round(100 * max(lottery.counts.values()) / 1000, 4),
        "share_of_bound": round(lottery.minimum / lottery.bound, 4),
        "rows_that_break_a_rule": bad,
        "distinct_panels": result["distinct_panels"],
        "certain": len(result["certain"]),
        "cuts": result["cuts"],
        "repair": result["repair"],
        "seconds": timings["seconds"],
        "processor_seconds": timings["processor_seconds"],
        "steps": timings["steps"],
        "peak_megabytes": peak,
        "advice_processor_seconds": round(advising, 2),
        "advice_bound_percent": round(100 * told.bound, 4),
        "load_average": round(os.getloadavg()[0], 1),
        "bars": {"seconds": seconds, "share_of_bound": share, "points_under_bound": points, "megabytes": megabytes},
        "met": met,
    }
    if name in PROVED:
        figures["proof"] = draw(pool, seed=SEED, prove=True).record["result"]["proof"]
    return figures


if __name__ == "__main__":
    sys.exit(main())
