"""A client signed in as somebody, and a text with somebody who organises it."""

import pytest
from django.test import Client

from src.directory.enums import Role
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space
from tests.factories.texts import text_space


@pytest.fixture
def as_(db):
    """``as_(user)`` answers a client signed in as that account; ``as_(None)`` a visitor."""

    def sign_in(user):
        client = Client()
        if user is not None:
            client.force_login(user, backend="src.directory.backends.DirectoryBackend")
        return client

    return sign_in


@pytest.fixture
def organised(as_):
    """A space, and the client of whoever looks after it."""
    space, person = text_space(), AgentFactory()
    grant_in_space(person, Role.FACILITATOR, space)
    return space, as_(person)
