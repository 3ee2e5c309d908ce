"""Logs carry ids and counts; never a name, a word of a text, an address or a query string."""

import json
import logging
import sys

import pytest

from src.foundations import logs
from src.foundations.logs import JsonFormatter


def line_of(name="terrain.test", message="test.done", args=(), error=None, **extra):
    record = logging.getLogger(name).makeRecord(name, logging.INFO, __file__, 1, message, args, error, extra=extra)
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_an_allowed_key_is_kept_and_an_unknown_one_is_dropped_and_counted():
    line = line_of(reference="K4T9MZ", count=3, author="Nadia Benali", email="n@ville.example")

    assert {key: line[key] for key in ("event", "level", "logger", "reference", "count", "refused_keys")} == {
        "event": "test.done",
        "level": "info",
        "logger": "terrain.test",
        "reference": "K4T9MZ",
        "count": 3,
        "refused_keys": 2,
    }
    assert "Nadia" not in json.dumps(line)


def test_our_own_messages_are_words_with_dots_or_nothing():
    assert line_of(message="Nadia Benali a déposé une idée")["event"] == "refused"
    assert line_of(message="idea.sent %s", args=("Nadia",))["event"] == "refused"


def test_others_messages_lose_their_arguments_and_what_looks_personal():
    line = line_of(
        name="django.request",
        message="Not Found: %s for 'Nadia' <n.benali@ville.example> /x?q=secret 0612345678",
        args=("/idees/CANARI/",),
    )

    assert line["event"] == "Not Found: %s for … <…> /x… …"


def test_an_error_says_its_kind_and_its_way_without_its_words():
    try:
        raise ValueError("Nadia Benali")
    except ValueError:
        line = line_of(error=sys.exc_info())

    assert line["exception"] == "ValueError"
    assert line["trace"][-1].startswith("test_logs.py:")
    assert "Nadia" not in json.dumps(line)


def test_a_long_value_is_cut_and_an_object_is_only_its_text():
    assert len(line_of(reference="x" * 500)["reference"]) == 120


def test_the_request_id_of_the_moment_is_on_the_line():
    token = logs.current_request_id.set("abc")
    try:
        assert line_of()["request"] == "abc"
    finally:
        logs.current_request_id.reset(token)


def test_configure_twice_puts_one_handler():
    logs.configure()
    logs.configure()

    assert sum(isinstance(handler, logs._OurHandler) for handler in logging.getLogger().handlers) == 1
    assert logging.getLogger("django").handlers == []


def test_configure_keeps_the_level_settings_ask_for(settings):
    kept = logging.getLogger("terrain").level
    try:
        settings.TERRAIN_LOG_LEVEL = "ERROR"
        logs.configure()
        assert logging.getLogger("terrain").level == logging.ERROR
    finally:
        logging.getLogger("terrain").setLevel(kept)


def test_what_code_logs_uses_only_allowed_keys():
    """Every ``extra={…}`` written with literal keys in our rooms names keys of the list."""
    import ast
    from pathlib import Path

    from django.apps import apps

    from src.foundations.personal_data import is_ours

    unknown = {}
    for config in filter(is_ours, apps.get_app_configs()):
        for path in Path(config.path).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.keyword) and node.arg == "extra" and isinstance(node.value, ast.Dict):
                    keys = {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
                    if keys - logs.ALLOWED_KEYS:
                        unknown[f"{path.name}:{node.value.lineno}"] = sorted(keys - logs.ALLOWED_KEYS)

    assert unknown == {}


@pytest.mark.parametrize("name", ["terrain", "terrain.access"])
def test_our_loggers_reach_the_handler(name):
    assert logging.getLogger(name).propagate
