"""Shared fixtures of the suite."""

import pytest

from src.foundations import ratelimit


@pytest.fixture(autouse=True)
def _full_buckets():
    """Limits kept in memory start anew: account ids come back from one test to the next."""
    ratelimit.forget_memory()
