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

    def on(self, ago, hour):
        return clock.told_as((clock.now() - timedelta(days=ago)).replace(hour=hour))


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


def test_two_half_days_to_come(settings):
    with time_machine.travel(clock.now() - timedelta(days=200), tick=False):
        made = panel_sessions.working(seats=8, count=20)
    settings.TERRAIN_DEMO = True
    known, prepared = demo.plan_season(made.panel, Story(made))
    drain_outbox()

    assert [(one.state, one.half_days, one.day.weekday()) for one in Session.objects.all()] == [
        (SessionState.ANNOUNCED, 1, 5), (SessionState.PREPARED, 1, 5),
    ]  # fmt: skip
    assert (known.agenda.count(), known.hearings.count(), prepared.agenda.count()) == (4, 1, 2)
    assert HearingRequest.objects.get().supports.count() == 5 and Document.objects.get().session == known
    plan = TablePlan.objects.get()
    assert plan.is_made and not plan.shown_at and plan.pins.count() == 1
