"""Production refuses to start half-configured, in sentences, all at once; complete, it passes Django's own checks."""

import os
import subprocess
import sys
from pathlib import Path

from tests.suite import production_environment

ROOT = Path(__file__).resolve().parents[2]
BARE = {name: value for name, value in os.environ.items() if not name.startswith(("TERRAIN_", "DJANGO_"))}


def check(environment: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**BARE, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_names_everything_that_is_missing(tmp_path):
    done = check({"DJANGO_SETTINGS_MODULE": "src.config.settings.production", "TERRAIN_VAR": str(tmp_path)})

    assert done.returncode != 0
    missing = ["SECRET_KEY_FILE", "KEYS", "SITE_URL", "ALLOWED_HOSTS", "DB_NAME", "REDIS_URL", "MAIL", "FROM_EMAIL"]
    assert [name for name in missing if f"- TERRAIN_{name} " not in done.stderr] == []


def test_production_refuses_open_hosts_plain_http_and_readable_secrets(tmp_path):
    environment = production_environment(tmp_path)
    Path(environment["TERRAIN_SECRET_KEY_FILE"]).chmod(0o644)
    environment |= {"TERRAIN_ALLOWED_HOSTS": "*", "TERRAIN_SITE_URL": "http://terrain.ville.example"}

    done = check(environment)

    assert done.returncode != 0
    for sentence in ("est lisible par d'autres", "n'accepte que des noms exacts", "doit commencer par https://"):
        assert sentence in done.stderr


def test_complete_production_settings_pass_the_deployment_checks(tmp_path):
    done = check(production_environment(tmp_path))

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stdout + done.stderr


def test_production_has_no_demo_city(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env={**BARE, **production_environment(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "refusée" in done.stderr
