"""Calendars written, read back by another hand: RFC 5545 and 5546, whatever people typed."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.meetings import ical
from tests.meetings import ics

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
STAMP = datetime(2026, 11, 20, 8, tzinfo=UTC)


def event(**changed) -> ical.Event:
    fields = {
        "uid": "6a1f3a52@terrain.example",
        "sequence": 0,
        "starts": datetime(2026, 12, 8, 5, 40, tzinfo=PARIS),
        "ends": datetime(2026, 12, 8, 6, 40, tzinfo=PARIS),
        "stamp": STAMP,
        "title": "Rendez-vous d’équipe",
    }
    return ical.Event(**fields | changed)


def invited(**changed) -> dict:
    written = ical.invitation(
        event(**changed), organiser="terrain@ville.example", name="Terrain", attendee="nadia@ville.example"
    )
    return ics.parse(written.encode())


def test_an_invitation_says_when_in_the_city_s_zone_with_its_rules():
    calendar = invited(place="Salle de pause", url="https://terrain.example/reunions/R/M/")

    assert ics.one(calendar, "METHOD") == "REQUEST"
    assert ics.one(calendar, "VERSION") == "2.0"
    zone, found = calendar["components"]
    assert (zone["name"], ics.one(zone, "TZID")) == ("VTIMEZONE", "Europe/Paris")
    assert [part["name"] for part in zone["components"]] == ["DAYLIGHT", "STANDARD"]
    assert found["properties"]["DTSTART"] == [({"TZID": "Europe/Paris"}, "20261208T054000")]
    assert found["properties"]["DTEND"] == [({"TZID": "Europe/Paris"}, "20261208T064000")]
    assert ics.one(found, "DTSTAMP") == "20261120T080000Z"
    assert (ics.one(found, "SEQUENCE"), ics.one(found, "STATUS")) == ("0", "CONFIRMED")
    assert ics.one(found, "ORGANIZER") == "mailto:terrain@ville.example"
    ((given_, address),) = found["properties"]["ATTENDEE"]
    assert (address, given_["PARTSTAT"]) == ("mailto:nadia@ville.example", "NEEDS-ACTION")


def test_a_cancellation_keeps_its_identity_and_says_so_twice():
    calendar = invited(sequence=3, is_cancelled=True)

    (found,) = ics.events(calendar)
    assert ics.one(calendar, "METHOD") == "CANCEL"
    assert (ics.one(found, "UID"), ics.one(found, "SEQUENCE")) == ("6a1f3a52@terrain.example", "3")
    assert ics.one(found, "STATUS") == "CANCELLED"
    assert len(found["properties"]["ATTENDEE"]) == 1


def test_whole_days_have_no_hour_and_need_no_zone():
    calendar = ics.parse(ical.published([event(starts=date(2026, 12, 8), ends=date(2026, 12, 9))], name="x").encode())

    (found,) = calendar["components"]
    assert found["properties"]["DTSTART"] == [({"VALUE": "DATE"}, "20261208")]
    assert found["properties"]["DTEND"] == [({"VALUE": "DATE"}, "20261209")]


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 7, 1, 3, 40, tzinfo=UTC), "20260701T054000"),
        (datetime(2026, 12, 1, 4, 40, tzinfo=UTC), "20261201T054000"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "20270328T015900"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "20270328T030000"),
    ],
)
def test_hours_are_those_of_the_city_s_clock_in_every_season(moment, written):
    (found,) = ics.events(invited(starts=moment, ends=moment + timedelta(hours=1)))

    assert ics.one(found, "DTSTART") == written


@pytest.mark.parametrize("year", range(1997, 2050, 4))
def test_the_rules_of_the_zone_are_those_of_the_tz_database(year):
    """The last Sundays of March and October, as VTIMEZONE tells them, change the hour where the database says so."""
    for month, before, after in ((3, 1, 2), (10, 2, 1)):
        day = max(date(year, month, n) for n in range(25, 32) if date(year, month, n).weekday() == 6)
        moment = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        offsets = [at.astimezone(PARIS).utcoffset() for at in (moment - timedelta(seconds=1), moment)]
        assert offsets == [timedelta(hours=before), timedelta(hours=after)]


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(
    ["a\r\nATTENDEE:mailto:x@y", 'a\\,;:"b', "é" * 74 + "🚛" * 30, "\x00\x07\u2028x", "BEGIN:VEVENT\nEND:VCALENDAR"]
)


@given(title=HOSTILE, place=HOSTILE, text=HOSTILE, name=HOSTILE, address=HOSTILE)
def test_whatever_is_typed_stays_in_its_place(title, place, text, name, address):
    found = event(title=title, place=place, text=text)
    written = ical.invitation(found, organiser="t@x", name=name, attendee=address)

    calendar = ics.parse(written.encode())

    (read,) = ics.events(calendar)
    kept = "".join(
        s
        for s in title.replace("\r\n", "\n").replace("\r", "\n")
        if s in "\n\t" or s.isprintable() or s in "\u00a0\u202f"
    )
    assert ics.text(ics.one(read, "SUMMARY")) == kept
    assert len(read["properties"]["ATTENDEE"]) == len(read["properties"]["ORGANIZER"]) == 1
    assert len(calendar["components"]) == 2
    feed = ics.parse(ical.published([found, found], name=name).encode())
    assert len(ics.events(feed)) == 2 and ics.one(feed, "METHOD") == "PUBLISH"


def test_a_line_of_exactly_75_octets_is_left_whole():
    assert ical.folded("x" * 75) == ["x" * 75]
    assert [len(part) for part in ical.folded("x" * 76)] == [75, 2]
