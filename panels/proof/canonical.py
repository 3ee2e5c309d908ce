"""One way of writing each thing, so that two different things never have the same bytes, nor the same fingerprint."""

import hashlib
import json
import re
from datetime import date

VERSION = 1
HEX = re.compile(r"[0-9a-f]{64}")
# What a table and a list of leaves are cut by can't be in a ticket: P-7KQ4M.
TICKET = re.compile(r"[0-9A-Z]+(-[0-9A-Z]+)*")
MOST_TICKET = 24


class Refused(ValueError):
    """What was given can't be sealed, or what was read isn't what was sealed; the message says why."""


def needed(held, why: str) -> None:
    """Refuses with ``why`` what doesn't hold."""
    if not held:
        raise Refused(why)


def written(told) -> bytes:
    """The bytes of a JSON file: sorted keys, indented by one space, UTF-8 without escapes, a line feed at the end."""
    return _encoded(json.dumps(_plain(told), sort_keys=True, ensure_ascii=False, indent=1) + "\n")


def read(content: bytes):
    """What a file written by ``written`` says; refuses every other way of writing the same thing."""
    try:
        told = json.loads(content.decode())
        same = written(told) == content
    except (ValueError, RecursionError) as error:
        raise Refused("this file isn't JSON as it is written here") from error
    needed(same, "this file isn't written as it is here")
    return told


def fingerprint(content: bytes) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest(tag: str, told) -> bytes:
    """SHA-256 of something under the name of what it is, so that no leaf is ever taken for a seed or a row.

    The text is compact JSON: strings are quoted, hence no value can pass for two.
    """
    text = json.dumps(_plain(told), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(tagged(tag) + _encoded(text)).digest()


def tagged(tag: str) -> bytes:
    """What comes before the bytes of each kind of thing; tags hold no line feed, so none begins another."""
    return f"terrain-draw-{tag}-v{VERSION}\n".encode()


def ticket(text: str) -> str:
    """The ticket as it is; refuses one that a line of a file couldn't hold."""
    needed(isinstance(text, str) and len(text) <= MOST_TICKET and TICKET.fullmatch(text), f"{text!r} is no ticket")
    return text


def day(value: date | str) -> str:
    """A day as 2026-11-30."""
    try:
        found = date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise Refused(f"{value!r} is no day") from error
    needed(found == str(value), f"{value!r} is no day")
    return found


def whole(value, least: int, why: str) -> int:
    """A whole number, not under ``least``; a boolean is none."""
    needed(type(value) is int and value >= least, why)
    return value


def text(value, why: str, most: int = 2000) -> str:
    """Words that aren't blank."""
    needed(isinstance(value, str) and value.strip() and len(value) <= most, why)
    return value


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        # Half of a character: as an escape, two halves would be written like the whole.
        raise Refused("this text holds half of a character") from error


def _plain(told):
    """The same, refused when it holds what has several writings: a fraction, a key that isn't text."""
    if isinstance(told, dict):
        needed(all(isinstance(key, str) for key in told), "keys are text")
        return {key: _plain(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_plain(one) for one in told]
    needed(told is None or type(told) in (str, int, bool), f"{type(told).__name__} has no one way of being written")
    return told
