"""What holds for the whole suite: nothing is skipped silently, no effect is left due, no page comes out broken."""

import gc
import os
import shutil
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client

from tests import answers, restoring

FORBID_SKIPS = os.environ.get("TERRAIN_FORBID_SKIPS") == "1"
# A file is run by one worker: the long ones start first, so that no worker waits for the other's last one.
LONG_FILES = (
    "tests/access/test_matrix.py",
    "tests/security/test_prepared_is_invisible.py",
    "tests/security/test_hostile_text.py",
    "tests/faults/test_short.py",
    "tests/journeys/test_screens.py",
    "tests/security/test_author_never_leaks.py",
)
# The PostgreSQL half asks again everything that opens a database.
WHOLE = os.environ.get("TERRAIN_WHOLE") == "1"
# The one absence allowed: the folder of real data is not part of the project.
ALLOWED = "TERRAIN_DATA"


answers.watch(Client)


def pytest_collection_modifyitems(config, items):
    """Run each test where it can show something: `make test` runs the suite on SQLite, then on PostgreSQL.

    What only PostgreSQL has is left to it; what never opens a database answers the same on both and runs once; of the
    rest, what SQLite has passed is asked again where it may differ, and one time in eight elsewhere.
    """
    if connection.vendor == "postgresql":
        left_out = [
            item
            for item in items
            if item.get_closest_marker("files") or not (_reaches_database(item) or _is_for(item, "postgres", "redis"))
        ]
        if not WHOLE:
            known = set(left_out)
            left_out += [item for item in items if item not in known and not _is_asked_twice(item)]
    else:
        left_out = [item for item in items if _is_for(item, "postgres")]
    config.hook.pytest_deselected(items=left_out)
    once = set(left_out)
    items[:] = sorted((item for item in items if item not in once), key=_its_turn)


def _its_turn(item) -> int:
    """Place of the item's file among the long ones; everything else keeps its order after them."""
    file = item.nodeid.partition("::")[0]
    return LONG_FILES.index(file) if file in LONG_FILES else len(LONG_FILES)


def _reaches_database(item) -> bool:
    """Opens it itself, or reads what a fixture of its module read there."""
    return _opens_database(item) or "django_db_setup" in item.fixturenames


def _is_asked_twice(item) -> bool:
    """What was written for PostgreSQL, what commits (locks, races), and one in eight of the others, always the same."""
    opened = item.get_closest_marker("django_db")
    commits = bool(opened and opened.kwargs.get("transaction")) or "transactional_db" in item.fixturenames
    return commits or _is_for(item, "postgres", "redis") or zlib.crc32(item.nodeid.encode()) % 8 == 0


def _opens_database(item) -> bool:
    return bool(item.get_closest_marker("django_db")) or "_django_db_helper" in item.fixturenames


def _is_for(item, *services: str) -> bool:
    return any(item.get_closest_marker(service) for service in services)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Pages are looked at (tests/answers.py); a test about template syntax typed by somebody says so."""
    answers.allowed = bool(item.get_closest_marker("shows_syntax"))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where skips are forbidden (the build), a test that could not run has failed."""
    report = yield
    if FORBID_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if ALLOWED not in reason:
            report.outcome = "failed"
            report.longrepr = f"skips are forbidden here: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """A test ends with its effects run, as a gesture does: what it leaves due fails it (docs/tests.md)."""
    answer = yield
    if _opens_database(item) and not item.get_closest_marker("leaves_effects"):
        left = _left_due()
        assert left == [], f"effects left due, call drain_outbox(): {left}"
    return answer


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    """What was kept in memory of rows goes with them: SQLite gives their keys again to the next test's."""
    if _opens_database(item):
        caches["default"].clear()
        from src.foundations import ratelimit

        ratelimit.forget_memory()


def _left_due() -> list[str]:
    """Topics of the effects never tried, unless the test broke its own transaction."""
    from src.foundations.testing import undrained

    return [] if connection.needs_rollback else undrained()


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_modify_db_settings):
    """On SQLite `make test` gives a file already migrated (tests/migrated.py): begin with a copy, removed at the end."""
    ready = os.environ.get("TERRAIN_MIGRATED")
    if not ready or connection.vendor != "sqlite":
        yield request.config.getvalue("reuse_db")
        return
    copy = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    shutil.copy(ready, copy)
    yield True
    for left in copy.parent.glob(f"{copy.name}*"):
        left.unlink()


@pytest.fixture(autouse=True, scope="session")
def _rarely_collected():
    """What is imported stays: looking through it for circles, again and again, took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True, scope="session")
def _no_niceness():
    """A command of effects run within a test gives way for good: the worker would be slow for every test after it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "nice", lambda _more: 0)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Once prepared, the database is remembered: a test that commits has it put back (tests/restoring.py)."""
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            restoring.instead_of_flush(restoring.Prepared(connection), patch)
        yield
