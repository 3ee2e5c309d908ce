"""Clients of the home page and empty registries."""

import pytest
from django.test import Client

from src.notices import todo
from src.publishing import cards


@pytest.fixture(autouse=True)
def _registries(monkeypatch):
    monkeypatch.setattr(todo, "_providers", [])
    for name in ("_cards", "_followers", "_figures"):
        monkeypatch.setattr(cards, name, {})
    monkeypatch.setattr(cards, "_space_url", None)


@pytest.fixture
def client_of():
    def signed_in(user):
        client = Client()
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
        return client

    return signed_in
