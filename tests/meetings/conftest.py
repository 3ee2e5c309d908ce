"""A client signed in as somebody."""

import pytest
from django.test import Client


@pytest.fixture
def as_(db):
    """``as_(user)`` answers a client signed in as that account; ``as_(None)`` a visitor."""

    def sign_in(user):
        client = Client()
        if user is not None:
            client.force_login(user, backend="src.directory.backends.DirectoryBackend")
        return client

    return sign_in
