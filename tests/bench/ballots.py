"""How long 6,000 sealed votes take to be taken out of the urn, opened and counted, of each method.

    .venv/bin/python tests/bench/ballots.py [--votes 6000] [--database PATH] [--evidence]

The bar is ten seconds for each, key in hand: 6,000 boxes read, opened, counted, masked, and the receipts hashed. On
SQLite, in one process; ``--database`` is a migrated file to begin from (copied), else one is migrated first.
``--evidence`` writes the part ``count`` of docs/evidence/ballots.json. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

BAR_SECONDS = 10.0
EVIDENCE = ROOT / "docs" / "evidence" / "ballots.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--votes", type=int, default=6_000)
    parser.add_argument("--database", type=Path)
    parser.add_argument("--evidence", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        os.environ |= {"TERRAIN_VAR": name, "DJANGO_SETTINGS_MODULE": "src.config.settings.test"}
        target = Path(name) / "test.sqlite3"
        if args.database:
            shutil.copy(args.database, target)
        else:
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)  # noqa: S603
        figures = measured(args.votes)
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    print(json.dumps(figures, indent=2))
    if args.evidence:
        known = json.loads(EVIDENCE.read_text()) if EVIDENCE.exists() else {}
        EVIDENCE.write_text(json.dumps(known | {"count": figures}, indent=2, sort_keys=True) + "\n")
    return 0 if all(one["count_seconds"] < BAR_SECONDS for one in figures["methods"].values()) else 1


def measured(votes: int) -> dict:
    """Each method, with as many proposals as it takes, and choices as varied as votes can be."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from src.participation.ballots import rules
    from src.participation.ballots.enums import Method
    from src.participation.ballots.models.ballot import MOST_OPTIONS, MOST_SHARED_OPTIONS
    from tests.factories import ballots as make

    setup_test_environment()
    # The bound of this kind of installation is about secrecy, not about how long a count takes.
    rules.EMBEDDED_SECRET_ELECTORS = votes * 10
    people, dice = make.electors(votes), random.Random(7)  # noqa: S311 - the same votes each time
    grades = MOST_OPTIONS // 2
    drawn = {
        Method.APPROVAL: (MOST_OPTIONS, lambda: sorted(dice.sample(range(MOST_OPTIONS), 5))),
        Method.YES_NO: (0, lambda: [dice.choice([0, 1, 1])]),
        Method.GRADES: (grades, lambda: [dice.choice(range(-1, 7)) for _one in range(grades)]),
        Method.EQUAL_SHARES: (MOST_SHARED_OPTIONS, lambda: shared(dice, MOST_SHARED_OPTIONS)),
    }
    return {
        "votes": votes,
        "bars": {"count_seconds": BAR_SECONDS},
        "methods": {str(method): counted(method, options, draw, people) for method, (options, draw) in drawn.items()},
    }


def shared(dice, options: int) -> list[int]:
    """Some of the projects, the last ones more often: nearly as many sets as votes."""
    return [option for option in range(options) if dice.random() < 0.12 + 0.03 * option] or [0]


def counted(method, options: int, draw, people) -> dict:
    """One ballot sealed, closed, opened and counted."""
    from src.participation.ballots import boxes, publication, services
    from src.participation.ballots.enums import Secrecy
    from src.participation.ballots.models import RollEntry, SealedBox
    from tests.factories import ballots as make

    labels = [f"Proposition {number}" for number in range(1, options + 1)]
    made = make.opened(
        method=method, secrecy=Secrecy.SECRET, people=0, labels=labels, most_choices=5, seats=3, budget=400_000
    )
    key = bytes(made.ballot.public_key)
    sealed = [boxes.seal(key, boxes.checked(made.ballot, draw())) for _person in people]
    with made.while_open():
        RollEntry.objects.bulk_create([RollEntry(ballot=made.ballot, person=one) for one in people], batch_size=500)
        SealedBox.objects.bulk_create(
            [SealedBox(digest=boxes.digest_of(box), ballot=made.ballot, ciphertext=box) for box in sealed],
            batch_size=200,
        )
    began = time.perf_counter()
    made.close()
    closing = time.perf_counter() - began
    with made.once_over():
        made.half_open()
        urn = made.urn_key()
        began = time.perf_counter()
        services.count_secret(actor=made.holders[1], ballot=made.ballot, secret_key=urn)
        counting = time.perf_counter() - began
    ballot = made.again()
    assert ballot.result["total"]["ballots"] == len(people)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in publication.files(ballot, with_urn=True).items():
            (Path(folder) / name).write_bytes(content)
        began = time.perf_counter()
        script = [sys.executable, "-I", f"{folder}/{publication.SCRIPT}", folder]
        said = subprocess.run(script, capture_output=True, check=False)  # noqa: S603
        assert said.returncode == 0, said.stdout
        verifying = time.perf_counter() - began
    return {
        "proposals": options or 2,
        "close_seconds": round(closing, 2),
        "count_seconds": round(counting, 2),
        "urn_verify_seconds": round(verifying, 2),
        "times_faster_than_the_bar": round(BAR_SECONDS / counting, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
