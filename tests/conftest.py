"""What holds for the whole suite: nothing is skipped silently, nothing is left due."""

import os

import pytest
from django.db import connection

FORBID_SKIPS = os.environ.get("TERRAIN_FORBID_SKIPS") == "1"
# The one absence allowed: the folder of real data is not part of the project.
ALLOWED = "TERRAIN_DATA"


def pytest_collection_modifyitems(config, items):
    """Leave to the PostgreSQL run what only PostgreSQL can show: `make test` runs the suite on both."""
    if connection.vendor == "postgresql":
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("postgres")])
    items[:] = [item for item in items if not item.get_closest_marker("postgres")]


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
