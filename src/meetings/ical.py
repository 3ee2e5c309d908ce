"""Writes calendars that any calendar application reads: RFC 5545 (the format), RFC 5546 (invite, change, cancel).

Pure: values in, text out. Times are written in the city's zone, with its rules, so that an event stays at the same
hour of the clock whatever the season.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = "Europe/Paris"
PRODUCT = "-//Terrain//Reunions//FR"
WIDTH = 75

# Directive 2000/84/EC: the last Sundays of March and October, at one o'clock UTC.
_TIMEZONE = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event. ``uid`` never changes; ``sequence`` grows with each change of day, hour or place.

    ``starts`` and ``ends`` are aware moments, or days for an event that lasts whole days (``ends`` excluded).
    """

    uid: str
    sequence: int
    starts: datetime | date
    ends: datetime | date
    stamp: datetime
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11): line breaks become ``\\n``, other control characters are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or (sign.isprintable() or sign in "\u00a0\u202f"))
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def quoted(text: str) -> str:
    """A parameter value between quotation marks, which may hold none itself (RFC 5545, 3.2)."""
    return '"' + "".join(" " if sign == '"' or not sign.isprintable() else sign for sign in text) + '"'


def folded(line: str) -> list[str]:
    """A line cut at 75 octets, never inside a character (RFC 5545, 3.1); the following ones begin with a space."""
    parts, current, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > WIDTH:
            parts.append(current)
            current, size = " ", 1
        current += sign
        size += width
    return [*parts, current]


def invitation(event: Event, *, organiser: str, name: str, attendee: str) -> str:
    """REQUEST, or CANCEL when the event is cancelled, for one person (RFC 5546, 3.2.2 and 3.2.5)."""
    method = "CANCEL" if event.is_cancelled else "REQUEST"
    people = [f"ORGANIZER;CN={quoted(name)}:mailto:{_address(organiser)}"]
    answer = "" if event.is_cancelled else ";PARTSTAT=NEEDS-ACTION;RSVP=FALSE"
    people.append(f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT{answer}:mailto:{_address(attendee)}")
    return _calendar(method, [(event, people)])


def published(events: Iterable[Event], *, name: str) -> str:
    """PUBLISH: a calendar to subscribe to, or a file to open (RFC 5546, 3.2.1). Cancelled events say that they are."""
    return _calendar("PUBLISH", [(event, []) for event in events], name=name)


def _calendar(method: str, events: list[tuple[Event, list[str]]], name: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    if any(isinstance(event.starts, datetime) for event, _people in events):
        lines += _TIMEZONE
    for event, people in events:
        lines += _event(event, people)
    lines.append("END:VCALENDAR")
    return "\r\n".join(part for line in lines for part in folded(line)) + "\r\n"


def _event(event: Event, people: list[str]) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.stamp)}",
        f"LAST-MODIFIED:{_utc(event.stamp)}",
        f"DTSTART{_moment(event.starts)}",
        f"DTEND{_moment(event.ends)}",
        f"SUMMARY:{escaped(event.title)}",
    ]
    for label, value in (("LOCATION", event.place), ("DESCRIPTION", event.text)):
        if value:
            lines.append(f"{label}:{escaped(value)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    lines.append("STATUS:CANCELLED" if event.is_cancelled else "STATUS:CONFIRMED")
    return [*lines, *people, "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _moment(value: datetime | date) -> str:
    if isinstance(value, datetime):
        return f";TZID={ZONE}:{value.astimezone(ZoneInfo(ZONE)).strftime('%Y%m%dT%H%M%S')}"
    return f";VALUE=DATE:{value.strftime('%Y%m%d')}"


def _address(address: str) -> str:
    """An address that can't end its line, nor begin another property."""
    return "".join(sign for sign in address if sign.isprintable() and sign not in ' ";,\\')
