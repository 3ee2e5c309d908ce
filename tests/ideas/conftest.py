"""What the tests of ideas share: a small city with everybody the shipped process needs."""

import pytest

from tests.factories.ideas import make_city


@pytest.fixture
def city(db):
    return make_city()
