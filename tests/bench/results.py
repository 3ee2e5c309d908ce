"""How long closing and reading 6,000 answers to 30 questions with two crossed axes take; docs/evidence/results.json.

    .venv/bin/python tests/bench/results.py [--answers 6000] [--questions 30] [--database PATH]

The bars: the page under a second and in twelve statements at most. On SQLite, in one process, as ``make run`` does;
``--database`` is a migrated file to begin from (copied), else one is migrated first. Closing is told beside the same
closing without axes: a ratio says more than seconds of a machine under load. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

BAR_SECONDS, BAR_STATEMENTS, TIMES = 1.0, 12, 7
DIRECTIONS, CONTACTS = 12, ("yes", "no")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--answers", type=int, default=6_000)
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--database", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        os.environ |= {"TERRAIN_VAR": name, "DJANGO_SETTINGS_MODULE": "src.config.settings.test"}
        target = Path(name) / "test.sqlite3"
        if args.database:
            shutil.copy(args.database, target)
        else:
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)  # noqa: S603
        figures = measured(args.answers, args.questions)
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    print(json.dumps(figures, indent=2))
    (ROOT / "docs" / "evidence" / "results.json").write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def measured(answers: int, questions: int) -> dict:
    """Fill, close with and without axes, read the page, the file and the answer of the API."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    from src.questionnaires import services
    from src.questionnaires.models import Questionnaire
    from src.questionnaires.services.closing import results_of
    from tests.factories.directory import AgentFactory

    setup_test_environment()
    made = fill(answers, questions)
    alone = Questionnaire.objects.for_pages().get(pk=made.pk)
    alone.first_axis = alone.second_axis = ""
    without = seconds(lambda: results_of(alone))
    began = time.perf_counter()
    services.close_questionnaire(questionnaire=made)
    closing = time.perf_counter() - began
    client = Client()
    client.force_login(AgentFactory(), backend="src.directory.backends.DirectoryBackend")
    base = f"/questionnaires/{made.reference}/resultats/"
    read = {}
    for label, address in {
        "page": base, "first axis": f"{base}?par=1", "crossed": f"{base}?par=3", "csv": f"{base}export.csv", "xlsx": f"{base}export.xlsx",
        "api": f"/api/v1/questionnaires/{made.reference}/results/",
    }.items():  # fmt: skip
        asked = []
        with connection.execute_wrapper(lambda execute, *said, asked=asked: asked.append(said[0]) or execute(*said)):
            answer = client.get(address)
            size = len(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        again = [seconds(lambda address=address: list(client.get(address))) for _time in range(TIMES)]
        busy = time.process_time()
        list(client.get(address))
        read[label] = {
            "seconds": round(statistics.median(again), 3),
            "processor_seconds": round(time.process_time() - busy, 3),
            "statements": len(asked), "bytes": size,
        }  # fmt: skip
    content = Questionnaire.objects.get(pk=made.pk).release.content
    return {
        "answers": answers,
        "questions": questions,
        "tables_by_category": sum(len(one.get("by", ())) for one in content.get("questions", ())),
        "closing_seconds": round(closing, 2),
        "closing_ratio_to_no_axes": round(closing / without, 2),
        "read": read,
        "bars": {"page_seconds": BAR_SECONDS, "statements": BAR_STATEMENTS},
    }


def seconds(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def fill(answers: int, questions: int):
    """A questionnaire of single choices, scales and several choices, and a crowd of twelve directions."""
    from src.questionnaires import services
    from src.questionnaires.models import Answer, AnswerSet, StaffFrame
    from tests.factories.questionnaires import again, asked_space

    dice = random.Random(5)  # noqa: S311 - the same crowd each time
    made = services.create_questionnaire(
        space=asked_space(), title="Banc", minutes=9, first_axis="direction", second_axis="contact"
    )
    choices = [{"key": f"c{n}", "label": f"Réponse {n}"} for n in range(1, 6)]
    for number in range(questions):
        kind = ("single", "scale", "multiple")[number % 3]
        settings = {"least": 1, "most": 5} if kind == "scale" else {"choices": choices}
        services.save_question(questionnaire=made, kind=kind, text=f"Question {number}", settings=settings)
    services.publish(questionnaire=made)
    cells = [[str(n), contact, 2000] for n in range(DIRECTIONS) for contact in CONTACTS]
    labels = {"direction": {str(n): f"Direction {n}" for n in range(DIRECTIONS)}}
    StaffFrame.objects.create(questionnaire=made, taken_on="2026-03-01", cells=cells, labels=labels)
    made = again(made)
    sets = [
        AnswerSet(
            questionnaire=made, revision=made.revision, identity_mode="protected", week="2026-03-02",
            created_at="2026-03-02T00:00:00Z",
            segments={"direction": str(dice.randrange(DIRECTIONS)), "contact": dice.choice(CONTACTS)},
        )
        for _person in range(answers)
    ]  # fmt: skip
    AnswerSet.objects.bulk_create(sets, batch_size=500)
    rows = []
    for one in sets:
        for question in made.revision.ordered:
            value = dice.choices(range(1, 6), (30, 28, 20, 14, 8))[0]
            if question.kind != "scale":
                value = f"c{value}"
            if question.kind == "multiple":
                value = sorted({value, dice.choice(choices)["key"]})
            rows.append(Answer(answer_set=one, question=question, value=value))
    Answer.objects.bulk_create(rows, batch_size=500)
    return again(made)


if __name__ == "__main__":
    sys.exit(main())
