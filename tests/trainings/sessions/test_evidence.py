"""Locked sheets in the evidence of a mandatory training: byte for byte, with what amends them, none locked later."""

import csv
import hashlib
import io
from datetime import timedelta

import pytest
import time_machine

from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import training_obligations
from tests.factories import training_sessions as made
from tests.factories.directory import UnitFactory
from trainings.evidence import registry
from trainings.sessions import services
from trainings.sessions.enums import Presence
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db(transaction=True)


def files_of(obligation, day) -> dict[str, bytes]:
    return {name: content for name, content in registry.files_of(obligation, day) if name.startswith("feuilles")}


@pytest.fixture
def locked():
    unit = UnitFactory()
    people = made.agents(unit, 2)
    session = made.confirmed(*people, unit=unit, days=1)
    with time_machine.travel(session.ends_at + timedelta(hours=1), tick=False):
        session = Session.objects.get(pk=session.pk)
        made.mark_all(session)
        yield services.lock(actor=session.trainer, session=Session.objects.get(pk=session.pk)), people


def test_a_locked_sheet_is_in_the_pack_as_it_was_locked(locked):
    sheet, _people = locked
    obligation = training_obligations.obligation(active=True, track=sheet.session.track)
    other = training_obligations.obligation(active=True)

    found = files_of(obligation, clock.today())

    (name,) = [name for name in found if "rectifications" not in name]
    assert name.startswith(f"feuilles-de-presence/{sheet.reference}.")
    assert hashlib.sha256(found[name]).hexdigest() == sheet.sha256
    assert found == files_of(obligation, clock.today())
    assert files_of(obligation, clock.today() - timedelta(days=1)) == files_of(other, clock.today()) == {}
    drain_outbox()


def test_what_amends_a_sheet_stands_beside_it(locked):
    sheet, people = locked
    obligation = training_obligations.obligation(active=True, track=sheet.session.track)
    booking = sheet.session.bookings.get(agent=people[0])
    services.amend(
        actor=sheet.session.trainer, sheet=sheet, booking=booking, slot=sheet.session.slots.get(),
        becomes=Presence.ABSENT, reason="Nommée à la place d’une homonyme.",
    )  # fmt: skip

    found = files_of(obligation, clock.today())

    text = found["feuilles-de-presence/rectifications.csv"].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["feuille"], row["etait"], row["devient"]) == (sheet.reference, "present", "absent")
    assert row["compte"] == str(people[0].pk) and row["motif"].startswith("Nommée")
    drain_outbox()
