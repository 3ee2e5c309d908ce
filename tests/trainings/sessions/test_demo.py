"""The demo city's sessions: one in each state worth seeing, with people of the city."""

import json

import pytest

from src.directory.services import demo as directory_demo
from src.foundations.testing import forget_effects
from trainings.ledger.models import Completion
from trainings.models import TrackVersion
from trainings.services.publishing import intact
from trainings.sessions.models import AttendanceSheet, Booking, Session, SheetAmendment
from trainings.sessions.services.demo import FILE, load_sessions
from trainings.sessions.services.sheets import intact as sheet_intact


@pytest.mark.django_db
@pytest.mark.files
def test_the_demo_city_has_a_session_in_each_state():
    directory_demo.load_directory()
    for _turn in range(2):
        load_sessions()
    forget_effects()

    states = {}
    for one in Session.objects.all():
        rows = Booking.objects.filter(session=one)
        states[one.state] = (one.capacity, rows.seated().count(), rows.waiting().count())
    assert states == {"closed": (12, 4, 0), "cancelled": (12, 0, 0), "confirmed": (4, 4, 2), "open": (12, 3, 0)}
    assert intact(TrackVersion.objects.get()) and sheet_intact(AttendanceSheet.objects.get())
    assert {one.agent.username for one in Completion.objects.all()} == {"agent2", "correspondant", "moderation"}
    assert SheetAmendment.objects.get().becomes == "present"


def test_no_fact_of_the_content_is_marked_unchecked():
    assert (
        "⚠" not in FILE.read_text(encoding="utf-8") and json.loads(FILE.read_text(encoding="utf-8"))["minutes"] == 180
    )
