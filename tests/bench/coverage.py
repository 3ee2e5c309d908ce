"""What following 53,000 agents × 4 obligations takes: dashboards, a manager's list, a preview; docs/evidence/coverage.json.

    .venv/bin/python tests/bench/coverage.py [--agents 53000] [--evidence]

PostgreSQL alone, the city of tests/bench/trainings.py: a first cycle asked of everybody, then answered by two in three.
Each page is asked through Django's client, signed in, once to warm and five times to count: the slowest is held against
the bar. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.run import HOST, environment, run, write  # noqa: E402

DATABASE = "terrain_bench_coverage"
BAR_SECONDS, BAR_STATEMENTS, TIMES = 1.0, 12, 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agents", type=int, default=53_000)
    parser.add_argument("--evidence", action="store_true")
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        import django

        django.setup()
        print(json.dumps(measured(args.inside)))
        return 0
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        env = environment(Path(name), DATABASE) | {"PGOPTIONS": "-c statement_timeout=0"}
        manage = [sys.executable, "manage.py"]
        run([*manage, "keys", "--create"], env)
        for command in (["dropdb", "--if-exists"], ["createdb"]):
            run([*command, "-h", "127.0.0.1", "-U", "postgres", DATABASE], env)
        run([*manage, "migrate", "-v0"], env)
        run([*manage, "collectstatic", "--noinput", "-v0"], env)
        told = run([sys.executable, __file__, "--inside", str(args.agents)], env)
        run(["dropdb", "-h", "127.0.0.1", "-U", "postgres", DATABASE], env)
    figures = json.loads(told.splitlines()[-1])
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    print(json.dumps(figures, indent=1))
    if args.evidence:
        write(figures, "coverage.json")
    return 0 if figures["met"] else 1


def measured(agents: int) -> dict:
    """The city evaluated, answered by two in three, then each page."""
    from django.conf import settings
    from django.db import connection
    from django.db.models import F

    from src.directory.enums import Role
    from src.directory.models import Affectation, User
    from src.directory.services import grant_role
    from src.foundations import clock
    from tests.bench import trainings
    from trainings.coverage.services.months import keep_month
    from trainings.ledger.models import Completion
    from trainings.obligations.models import Obligation, Requirement
    from trainings.obligations.services.evaluating import evaluate

    # The second factor is asked at the door: what is measured is behind it.
    settings.TERRAIN_MFA_REQUIRED = False
    trainings.prepare(str(agents))
    evaluate()
    trainings.complete(clock.today().isoformat())
    # One in three is left to do: completions of the others alone count.
    left = Completion.objects.annotate(third=F("agent_id") % 3).filter(third=0)
    _take_back(left)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    evaluate()
    keep_month()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    hr = User.objects.filter(current_affectation__isnull=False).order_by("pk").first()
    grant_role(user=hr, role=Role.HR, unit=None, actor=None)
    local, boss = _local_and_boss(Affectation, User, grant_role, Role)
    obligation = Obligation.objects.order_by("pk").first()
    base = f"/formations/suivi/{obligation.reference}/"
    pages = {
        "overview of four obligations": (hr, "/formations/suivi/"),
        "dashboard of one, the whole city": (hr, base),
        "dashboard of one, a direction of it": (hr, f"{base}?direction={_direction()}"),
        "dashboard of one, human resources of a direction": (local, base),
        "export, CSV": (hr, f"{base}export.csv"),
        "team of whoever manages a direction": (boss, "/formations/equipe/"),
        "preview of reminders": (hr, f"/formations/rappels/{obligation.reference}/"),
        "trained agents, for everybody": (None, "/formations/formes/"),
    }
    asked = {name: _asked(who, url) for name, (who, url) in pages.items()}
    dashboards = [one for name, one in asked.items() if "dashboard" in name or "overview" in name]
    states = Requirement.objects.current().order_by().values_list("state")
    return {
        "agents": agents,
        "obligations": 4,
        "states": dict(states.annotate(people=_count())),
        "bar_seconds": BAR_SECONDS,
        "bar_statements": BAR_STATEMENTS,
        "pages": asked,
        "digests": _digests(),
        "met": all(one["slowest_seconds"] < BAR_SECONDS and one["statements"] <= BAR_STATEMENTS for one in dashboards),
    }


def _count():
    from django.db.models import Count

    return Count("pk")


def _take_back(completions) -> None:
    """Completions of some never were: the ledger refuses to remove, so they are said not to count."""
    from src.foundations import clock
    from trainings.ledger.models import CompletionRevocation

    CompletionRevocation.objects.bulk_create(
        [
            CompletionRevocation(completion_id=pk, recorded_at=clock.now(), reason="bench")
            for pk in completions.values_list("pk", flat=True)
        ],
        batch_size=2000,
    )


def _direction() -> str:
    from src.directory.models import Unit

    return Unit.objects.directions().order_by("-headcount").first().code


def _local_and_boss(affectations, users, grant_role, role):
    """Human resources of the largest direction, and somebody who manages it whole."""
    from src.directory.models import Unit

    direction = Unit.objects.directions().order_by("-headcount").first()
    inside = users.objects.filter(current_affectation__unit__path__startswith=direction.path).order_by("pk")
    local, boss = inside[0], inside[1]
    grant_role(user=local, role=role.HR, unit=direction, actor=None)
    affectations.objects.filter(pk=boss.current_affectation_id).update(is_manager=True, unit=direction)
    return local, users.objects.get(pk=boss.pk)


def _asked(who, url: str) -> dict:
    """Statements and seconds of one page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_PROTO="https")
    if who is not None:
        client.force_login(who, backend="src.directory.backends.DirectoryBackend")

    def read() -> int:
        answer = client.get(url, secure=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200:
            sys.exit(f"{url}: {answer.status_code}")
        return len(body)

    read()
    seconds = []
    for _n in range(TIMES):
        began = time.perf_counter()
        size = read()
        seconds.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as counted:
        read()
    return {
        "statements": len(counted),
        "slowest_seconds": round(max(seconds), 3),
        "median_seconds": round(sorted(seconds)[TIMES // 2], 3),
        "kilobytes": round(size / 1024),
    }


def _digests() -> dict:
    """Managers and what is to plan for each, of everybody at once."""
    from trainings.coverage import teams

    began = time.perf_counter()
    found = teams.waiting_by_manager()
    return {"managers": len(found), "seconds": round(time.perf_counter() - began, 3)}


if __name__ == "__main__":
    sys.exit(main())
