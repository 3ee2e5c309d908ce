"""The sessions of the demo panel, told on a panel at work."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

from panels.sessions.balance import balance_of
from panels.sessions.enums import SessionState, StipendState
from panels.sessions.models import Attendance, Document, Hearing, HearingRequest, Session, StipendLine, TablePlan
from panels.sessions.services import demo
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panel_sessions

pytestmark = pytest.mark.django_db


@dataclass
class Story:
    made: object

    @property
    def organiser(self):
        return self.made.organiser

    def facilitator(self, place):
        return (self.made.facilitator, self.made.second)[place % 2]


def test_four_saturdays_are_told(settings):
    with time_machine.travel(clock.now() - timedelta(days=200), tick=False):
        made = panel_sessions.working(seats=12, count=30)
    settings.TERRAIN_DEMO = True
    demo.tell(made.panel, Story(made))
    drain_outbox()

    assert set(Session.objects.values_list("state", flat=True)) == {SessionState.HELD}
    assert [one.day.weekday() for one in Session.objects.all()] == [5, 5, 5, 5]
    assert (Document.objects.count(), Hearing.objects.count(), HearingRequest.objects.count()) == (3, 6, 3)
    assert balance_of(Hearing.objects.counted()).sentence.startswith("3 personnes pour, 2 contre, 1 neutre")
    assert Attendance.objects.filter(is_present=True).count() == 11 * 8 - 1
    assert set(StipendLine.objects.values_list("state", flat=True)) == set(StipendState.values)
    plan = TablePlan.objects.get()
    assert plan.is_made and plan.shown_at and plan.percent >= 85
