"""What the security tests share: the demo city, its planted account, and every line our loggers write."""

import logging

import pytest

from src.foundations.logs import JsonFormatter

from .city import build_city


class Lines(logging.Handler):
    """Keeps what production would write, line by line, every level included."""

    def __init__(self):
        super().__init__(level=logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def log_lines():
    """Lines written by every logger of the process while the test runs, our own at their most talkative."""
    handler, root, ours = Lines(), logging.getLogger(), logging.getLogger("terrain")
    levels = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    ours.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


@pytest.fixture
def city(db):
    return build_city()
