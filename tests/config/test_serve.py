"""The embedded server: its links lead to the port that answers."""

import pytest

from src.config.management.commands.serve import Command
from src.notices.messages import absolute


@pytest.mark.parametrize(
    ("variable", "demo", "expected"),
    [
        (None, True, "http://127.0.0.1:8765/idees/"),
        ("https://terrain.ville.example", True, "https://named.example/idees/"),
        (None, False, "https://named.example/idees/"),
    ],
)
def test_links_in_messages_lead_to_the_port_served(settings, monkeypatch, variable, demo, expected):
    settings.SITE_URL, settings.TERRAIN_DEMO = "https://named.example", demo
    monkeypatch.delenv("TERRAIN_SITE_URL", raising=False)
    if variable:
        monkeypatch.setenv("TERRAIN_SITE_URL", variable)

    Command.answer_to({"host": "127.0.0.1", "port": 8765})

    assert absolute("/idees/") == expected
