"""Buttons pressed twice at the same moment: one batch, one presence, two signatures of two people."""

import pytest

from panels.services.preparing import WrongState
from panels.sessions.models import Attendance, StipendExport, StipendLine
from panels.sessions.services import planning, presence, stipends
from src.foundations import clock
from tests.factories import panel_sessions
from tests.participation.real_database import several_writers

pytestmark = pytest.mark.django_db(transaction=True)


def _quietly(verb, **said):
    def tried():
        try:
            return verb(**said)
        except WrongState:
            return None

    return tried


def test_two_who_press_at_once_make_one_batch(tmp_path):
    made = panel_sessions.working()
    session = panel_sessions.announced(made)
    with panel_sessions.during(session):
        presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1, 2})
        planning.mark_held(actor=made.facilitator, session=session)
        for person in (made.facilitator, made.second):
            stipends.validate(actor=person, session=session)

    with several_writers(tmp_path) as run:
        press = _quietly(stipends.export, actor=made.organiser, panel=made.panel)
        batches = [one for one in run([press] * 4) if one is not None]
        counted = run(
            [lambda: (StipendExport.objects.count(), sum(StipendLine.objects.values_list("cents", flat=True)))]
        )

    assert [(one.lines_count, one.cents) for one in batches] == [(2, 10000)]
    assert counted == [(1, 10000)]


def test_a_code_typed_twice_at_once_is_one_presence(tmp_path):
    made = panel_sessions.working()
    session = panel_sessions.announced(made)
    now = clock.now()
    type(session).objects.filter(pk=session.pk).update(
        starts_at=now, ends_at=now + (session.ends_at - session.starts_at)
    )
    session.refresh_from_db()
    one = made.members()[0]
    code = presence.room_code(actor=made.facilitator, session=session, half_day=1)

    with several_writers(tmp_path) as run:
        run([lambda: presence.sign_in(membership=one, session=session, code=code)] * 4)
        counted = run([lambda: (Attendance.objects.count(), StipendLine.objects.count())])

    assert counted == [(1, 1)]
