"""Runs everything this machine can run, and names what it could not, with the reason.

Checks (lint, floors, types, migrations, translations, deployment), then the suite on SQLite with the browser,
then the suite on PostgreSQL. With TERRAIN_FORBID_SKIPS=1 a missing service is a failure, not a remark.
PostgreSQL is asked for what it alone does, what commits, and one test in eight of the others, always the same ones;
with TERRAIN_WHOLE=1, for every test that opens a database.

    python tests/suite.py [--checks-only]
"""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import migrated  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
FORBID = os.environ.get("TERRAIN_FORBID_SKIPS") == "1"
ROOMS = ["src", "ideas", "consultations", "panels", "trainings", "theme"]
not_run: list[str] = []
failed: list[str] = []
counts = {"passed": 0, "failed": 0, "skipped": 0}


def answers(port: int) -> bool:
    """Whether something listens on the loopback ``port``."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def step(name: str, command: list[str], env: dict | None = None) -> bool:
    """Run one command, told in one line; its output is shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    print(f"  {'ok ' if done.returncode == 0 else 'NON'} {name} ({seconds:.0f} s)", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr)[-6000:], flush=True)
        failed.append(name)
    return done.returncode == 0


def production_environment(folder: Path) -> dict[str, str]:
    """A complete, made-up production environment: what `check --deploy` is run in."""
    keys = folder / "keys"
    keys.mkdir()
    secret = folder / "secret"
    secret.write_text("k" * 20 + "-deployment-check-only-" + "9Zq" * 12)
    secret.chmod(stat.S_IRUSR)
    return {
        "DJANGO_SETTINGS_MODULE": "src.config.settings.production",
        "TERRAIN_VAR": str(folder),
        "TERRAIN_KEYS": str(keys),
        "TERRAIN_SECRET_KEY_FILE": str(secret),
        "TERRAIN_SITE_URL": "https://terrain.ville.example",
        "TERRAIN_ALLOWED_HOSTS": "terrain.ville.example",
        "TERRAIN_DB_NAME": "terrain",
        "TERRAIN_REDIS_URL": "redis://127.0.0.1:6379/0",
        "TERRAIN_MAIL": "smtp",
        "TERRAIN_SMTP_HOST": "127.0.0.1",
        "TERRAIN_FROM_EMAIL": "terrain@ville.example",
    }


def checks(*ready: tuple) -> None:
    """Everything that reads the code without running the product; what the suite needs ``ready`` is made meanwhile."""
    print("Vérifications", flush=True)
    manage = [sys.executable, "manage.py"]
    test_settings = {"DJANGO_SETTINGS_MODULE": "src.config.settings.test"}
    rooms = [room for room in ROOMS if (ROOT / room).exists()]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as hands:
        deployment = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
        steps = [
            *ready,
            ("types", [str(BIN / "mypy")]),
            ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], test_settings),
            ("templates", [str(BIN / "djlint"), "--quiet", "--lint", *rooms]),
            ("bandit", [str(BIN / "bandit"), "-q", "-ll", "-c", "pyproject.toml", "-r", *rooms]),
            ("floors", [str(BIN / "lint-imports")]),
            ("translations", [*manage, "messages", "--check"], test_settings),
            ("deployment", deployment, production_environment(Path(folder))),
            ("ruff", [str(BIN / "ruff"), "check", "."]),
            ("ruff format", [str(BIN / "ruff"), "format", "--check", "."]),
        ]
        list(hands.map(lambda one: step(*one), steps))


def suite(name: str, arguments: list[str], env: dict[str, str]) -> None:
    """Run pytest once, show it as it goes, and add its counts up."""
    print(f"\n{name}", flush=True)
    process = subprocess.Popen(
        [str(BIN / "pytest"), *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    for line in process.stdout:
        print(line, end="", flush=True)
        if re.search(r"\b\d+ (passed|failed|skipped)", line):
            last = line
    for number, word in re.findall(r"(\d+) (passed|failed|skipped|error)", last):
        counts["failed" if word == "error" else word] += int(number)
    if process.wait():
        failed.append(name)


def main() -> int:
    if unknown := set(sys.argv[1:]) - {"--checks-only"}:
        print(__doc__)
        return 0 if unknown <= {"-h", "--help"} else 2
    if "--checks-only" in sys.argv:
        checks()
        return told()
    with migrated.kept(postgres=answers(5432)) as (ready, environments):
        checks(*ready)
        parallel = ["-n", str(os.cpu_count() or 1), "--dist", "loadfile", "--no-loadscope-reorder", "-q"]
        # What the two share out is asked of SQLite whole where it is alone.
        alone = {} if "postgres" in environments else {"TERRAIN_WHOLE": "1"}
        suite("Suite sur SQLite, avec le navigateur", parallel, environments["sqlite"] | alone)
        if "postgres" in environments:
            name = "Suite sur PostgreSQL" + (" et Redis" if answers(6379) else "")
            suite(name, [*parallel, "-m", "not browser"], environments["postgres"])
        else:
            not_run.append("la suite sur PostgreSQL : rien ne répond sur 127.0.0.1:5432")
    if not answers(6379):
        not_run.append("les tests de Redis : rien ne répond sur 127.0.0.1:6379")
    if not shutil.which("chromium"):
        not_run.append("tout ou partie des parcours dans le navigateur : pas de commande « chromium »")
    if not os.environ.get("TERRAIN_DATA"):
        not_run.append("les tests sur données réelles : TERRAIN_DATA ne désigne pas leur dossier")
    return told()


def told() -> int:
    """Say what could not be run, what failed and the counts; 1 when something is wrong."""
    print()
    for reason in not_run:
        print(f"Pas exécuté : {reason}.")
    for name in failed:
        print(f"En échec : {name}.")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    missing = [reason for reason in not_run if "TERRAIN_DATA" not in reason]
    return 1 if failed or (FORBID and missing) else 0


if __name__ == "__main__":
    sys.exit(main())
