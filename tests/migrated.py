"""A database of each kind, migrated once: every worker of the suite, and the browsers' city, begin with a copy of it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SETTINGS = "src.config.settings.test"


@contextmanager
def kept(*, postgres: bool) -> Iterator[tuple[list[tuple], dict[str, dict[str, str]]]]:
    """Give the commands that make the databases, as (name, command, environment), and the environment of each half.

    The PostgreSQL half has one only when ``postgres`` answers. At the end nothing is left of what was made.
    """
    command = [sys.executable, "manage.py", "migrate", "--run-syncdb", "-v0"]
    with tempfile.TemporaryDirectory(prefix="terrain-migrated-") as folder:
        sqlite = {"TERRAIN_TEST_DATABASE": "sqlite", "DJANGO_SETTINGS_MODULE": SETTINGS}
        steps = [("SQLite migrated", command, sqlite | {"TERRAIN_VAR": folder})]
        halves = {"sqlite": sqlite | {"TERRAIN_MIGRATED": str(Path(folder) / "test.sqlite3")}}
        if not postgres:
            yield steps, halves
            return
        suite = f"terrain_suite_{os.getpid()}"
        template = f"{suite}_migrated"
        half = {"TERRAIN_TEST_DATABASE": "postgres", "DJANGO_SETTINGS_MODULE": SETTINGS}
        steps.append(("PostgreSQL migrated", command, half | {"TERRAIN_TEST_PG_NAME": template}))
        halves["postgres"] = half | {"TERRAIN_TEST_PG_NAME": suite, "TERRAIN_TEST_PG_TEMPLATE": template}
        _ask(f"CREATE DATABASE {template}")
        try:
            yield steps, halves
        finally:
            _ask(f"DROP DATABASE {template} WITH (FORCE)")


def _ask(statement: str) -> None:
    """Say one statement to the PostgreSQL the suite uses (the variables of settings/test.py)."""
    with psycopg.connect(
        host=os.environ.get("TERRAIN_TEST_PG_HOST", "127.0.0.1"),
        port=os.environ.get("TERRAIN_TEST_PG_PORT", "5432"),
        user=os.environ.get("TERRAIN_TEST_PG_USER", "postgres"),
        dbname="postgres",
        autocommit=True,
    ) as link:
        link.execute(statement)
