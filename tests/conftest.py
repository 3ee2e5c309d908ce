"""Shared fixtures of the suite."""

import pytest


@pytest.fixture(autouse=True)
def _db_everywhere(request):
    """Nothing yet: rooms ask for ``db`` themselves."""
