"""``make faults``: the whole campaign, or the scenarios named. Writes docs/evidence/faults.json, scenario by scenario.

python -m tests.faults                     all, on a city kept in var/faults (made at the first run)
python -m tests.faults --only F3,F8        these alone; the others' figures stay as they are
python -m tests.faults --only F1 --seconds 600 --gestures 15
python -m tests.faults --only R53 --mails 3000 --seconds 30
python -m tests.faults --forget            remove the city of the campaign
"""

import argparse
import datetime
import json
import signal
import sys
import time
from pathlib import Path

from . import load
from . import scenarios_city as city
from . import scenarios_commands as commands
from . import scenarios_machine as around
from . import scenarios_mail as mail
from . import scenarios_processes as processes
from . import scenarios_signin as signin
from .app import ROOT
from .campaign import Campaign, Size, forget, machine, write_down
from .services import missing

SCENARIOS = {
    "F1": processes.f1_web_workers,
    "F2": mail.f2_senders,
    "F3": processes.f3_database,
    "F4": processes.f4_redis,
    "F5-database": around.f5_database_disk,
    "F5-media": around.f5_media_disk,
    "F6": around.f6_lines,
    "F8": mail.f8_mail_server,
    "F11-retention": commands.f11_retention,
    "F11-import": commands.f11_import,
    "R53": city.r53_whole_city,
    "S1": signin.s1_door,
    "L1": load.l1_consultation_opens,
    "L2": load.l2_twice_what_it_bears,
}
# How long and how hard each is, unless asked otherwise: some 20,000 contributions in all, L1 apart.
PACE = {
    "F1": {"seconds": 720.0},
    "F2": {"seconds": 300.0},
    "F3": {"seconds": 420.0},
    "F4": {"seconds": 300.0},
    "F5-database": {"seconds": 180.0},
    "F6": {"seconds": 160.0, "gestures": 8.0},
    "R53": {"seconds": 120.0, "gestures": 0.0, "pages": 4.0, "mails": 53_000},
    "L1": {"seconds": 300.0, "gestures": 20.0, "pages": 35.0},
    "L2": {"seconds": 90.0, "gestures": 20.0, "pages": 35.0},
}
# What no scenario may show, whatever else it measures.
NEVER = ("lost", "duplicated", "gave_up", "rude_answers", "counters_wrong", "ideas_without_answer_owed")
NEVER += ("ideas_without_author", "ideas_untold", "effects_dead", "effects_due")
EVIDENCE = ROOT / "docs" / "evidence" / "faults.json"
USUAL = ROOT / "var" / "faults"


def arguments() -> argparse.Namespace:
    usual = Size()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="scenarios, separated by commas")
    parser.add_argument("--folder", type=Path, default=USUAL)
    parser.add_argument("--evidence", type=Path, default=EVIDENCE)
    parser.add_argument("--forget", action="store_true", help="remove the campaign's folder and leave")
    for name, value in vars(usual).items():
        parser.add_argument(f"--{name}", type=type(value), help=f"usually {value}")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    if args.forget:
        forget(args.folder)
        return 0
    if reason := missing():
        sys.exit(f"The campaign can't run here: {reason}.")
    chosen = args.only.split(",") if args.only else list(SCENARIOS)
    if unknown := set(chosen) - set(SCENARIOS):
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(SCENARIOS)}.")
    asked = {name: getattr(args, name) for name in vars(Size()) if getattr(args, name) is not None}
    campaign = Campaign(args.folder, Size(**asked))
    # Asked to stop, it puts everything away first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        campaign.open()
        held = {}
        for name in chosen:
            campaign.size = Size(**{**PACE.get(name, {}), **asked})
            figures = run(campaign, name, args.evidence)
            told(name, figures)
            held[name] = figures["holds"]
        write_down(args.evidence, "all runs", {"on": f"{datetime.date.today()}", **campaign.total()})
        print(json.dumps({"held": held, "all runs": campaign.total()}, ensure_ascii=False))
    finally:
        campaign.close()
    return 0 if all(held.values()) else 1


def run(campaign: Campaign, name: str, evidence: Path) -> dict:
    """One scenario from a fresh application to its evidence."""
    scenario, before, started = SCENARIOS[name], machine(), time.monotonic()
    try:
        figures = scenario(campaign)
    finally:
        campaign.app.stop()
    size = {key: getattr(campaign.size, key) for key in ("seconds", "gestures", "pages", "visitors", "mails")}
    lines = {
        "what": scenario.__doc__.splitlines()[0],
        "on": f"{datetime.date.today()}",
        "took_s": round(time.monotonic() - started),
    }
    kept = figures.get("holds", True) and not any(figures.get(name, 0) for name in NEVER)
    figures = {**lines, "asked": size, "machine": before, **figures, "holds": kept}
    write_down(evidence, name, figures)
    return figures


def told(name: str, figures: dict) -> None:
    print(
        f"{name}  {json.dumps({k: v for k, v in figures.items() if k not in ('what', 'machine')}, ensure_ascii=False)}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
