"""Reads calendars back, strictly, as RFC 5545 says: an oracle that shares nothing with the writer."""

import re


def unfold(raw: bytes) -> list[str]:
    """Content lines: CRLF everywhere, 75 octets at most, folds inside no character."""
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75, line
        assert b"\r" not in line and b"\n" not in line
        line.decode("utf-8")
    lines: list[str] = []
    for line in physical:
        if line.startswith((b" ", b"\t")):
            lines[-1] += line[1:].decode("utf-8")
        else:
            lines.append(line.decode("utf-8"))
    return lines


def parse(raw: bytes) -> dict:
    """A component: its properties (name → list of (parameters, value)) and its children under ``components``."""
    stack = [{"name": "", "properties": {}, "components": []}]
    for line in unfold(raw):
        found = re.fullmatch(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', line, re.S)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            stack.append({"name": value, "properties": {}, "components": []})
        elif name == "END":
            done = stack.pop()
            assert done["name"] == value
            stack[-1]["components"].append(done)
        else:
            given = dict(re.findall(r'([A-Z0-9-]+)=("[^"]*"|[^";:,]*)', parameters))
            stack[-1]["properties"].setdefault(name, []).append((given, value))
    assert len(stack) == 1
    (calendar,) = stack[0]["components"]
    assert calendar["name"] == "VCALENDAR"
    return calendar


def text(value: str) -> str:
    """A text value as it was before it was escaped; a bare comma, semicolon or unknown escape is refused."""
    assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;nN])*", value, re.S), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def one(component: dict, name: str) -> str:
    """The value of a property that is there once."""
    ((_parameters, value),) = component["properties"][name]
    return value


def events(calendar: dict) -> list[dict]:
    return [component for component in calendar["components"] if component["name"] == "VEVENT"]
