"""Presence by the code of the room, by the sheet, corrected; half-days that follow it, sent once."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panels.services.preparing import WrongState
from panels.sessions.enums import GONE, StipendState
from panels.sessions.models import Attendance, StipendExport, StipendLine
from panels.sessions.services import planning, presence, stipends
from src.foundations import clock
from tests.factories import panel_sessions

pytestmark = pytest.mark.django_db


def test_the_code_of_the_room_counts_one_half_day_once():
    made = panel_sessions.working()
    session = panel_sessions.announced(made)
    one, two, *_rest = made.members()
    with panel_sessions.during(session):
        code = presence.room_code(actor=made.facilitator, session=session, half_day=1)
        presence.sign_in(membership=one, session=session, code=f" {code[:3]} {code[3:]} ")
        presence.sign_in(membership=one, session=session, code=code)
        with pytest.raises(ValidationError, match="code de la salle"):
            presence.sign_in(membership=two, session=session, code="000001" if code != "000001" else "000002")
    assert [(row.membership_id, row.half_day) for row in Attendance.objects.all()] == [(one.pk, 1)]
    assert [(line.cents, line.state) for line in StipendLine.objects.all()] == [(5000, StipendState.DUE)]


def test_a_code_turns_and_the_one_before_still_holds():
    made = panel_sessions.working()
    session = panel_sessions.announced(made)
    one, two, *_rest = made.members()
    with panel_sessions.during(session) as travel:
        code = presence.room_code(actor=made.facilitator, session=session, half_day=2)
        travel.shift(datetime.timedelta(seconds=presence.TURN))
        presence.sign_in(membership=one, session=session, code=code)
        travel.shift(datetime.timedelta(seconds=presence.TURN))
        with pytest.raises(ValidationError):
            presence.sign_in(membership=two, session=session, code=code)


def test_a_code_is_for_its_day_its_room_and_who_sits():
    made, other = panel_sessions.working(), panel_sessions.working(slug="ailleurs")
    session = panel_sessions.announced(made)
    with pytest.raises(WrongState, match="jour de la séance"):
        presence.room_code(actor=made.facilitator, session=session, half_day=1)
    with panel_sessions.during(session):
        code = presence.room_code(actor=made.facilitator, session=session, half_day=1)
        with pytest.raises(WrongState):
            presence.sign_in(membership=other.members()[0], session=session, code=code)
        for person in (made.guarantor, other.facilitator, made.members()[0].candidate.account):
            with pytest.raises(PermissionDenied):
                presence.room_code(actor=made.as_now(person), session=session, half_day=1)
    with panel_sessions.after(session), pytest.raises(WrongState):
        presence.sign_in(membership=made.members()[0], session=session, code=code)


def test_the_sheet_writes_everybody_and_touches_nobody_twice():
    made = panel_sessions.working()
    session = panel_sessions.announced(made)
    with panel_sessions.during(session):
        code = presence.room_code(actor=made.facilitator, session=session, half_day=1)
        presence.sign_in(membership=made.members()[3], session=session, code=code)
        assert presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1, 2}) == 3
        assert presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={3}) == 0
        with pytest.raises(ValidationError, match="99"):
            presence.mark_sheet(actor=made.facilitator, session=session, half_day=2, present={99})
    there = Attendance.objects.filter(is_present=True).values_list("membership__number", flat=True)
    assert sorted(there) == [1, 2, 4]
    assert StipendLine.objects.count() == 3


def _paid_session(made):
    session = panel_sessions.held(made)
    with panel_sessions.during(session, hours=3):
        presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1, 2})
    return session


def test_two_people_validate_and_one_batch_takes_away():
    made = panel_sessions.working()
    session = _paid_session(made)
    with panel_sessions.after(session):
        assert stipends.validate(actor=made.facilitator, session=session) == (2, 0)
        with pytest.raises(WrongState, match="quelqu’un d’autre"):
            stipends.validate(actor=made.facilitator, session=session)
        with pytest.raises(WrongState):
            stipends.export(actor=made.organiser, panel=made.panel)
        assert stipends.validate(actor=made.organiser, session=session) == (0, 2)
        with pytest.raises(PermissionDenied):
            stipends.export(actor=made.facilitator, panel=made.panel)
        batch = stipends.export(actor=made.organiser, panel=made.panel)
        with pytest.raises(WrongState):
            stipends.export(actor=made.organiser, panel=made.panel)
        assert (batch.lines_count, batch.cents) == (2, 10000)
        assert stipends.payroll(batch) == [(1, "Membre 1", 1, 5000), (2, "Membre 2", 1, 5000)]
        stipends.mark_paid(actor=made.organiser, batch=batch, paid_on=clock.today())
        with pytest.raises(WrongState):
            stipends.mark_paid(actor=made.organiser, batch=batch, paid_on=clock.today())
    assert set(StipendLine.objects.values_list("state", flat=True)) == {StipendState.PAID}


def test_nobody_validates_before_the_session_is_held_nor_who_sits():
    made = panel_sessions.working()
    session = panel_sessions.announced(made)
    with panel_sessions.during(session):
        presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1})
        with pytest.raises(WrongState):
            stipends.validate(actor=made.facilitator, session=session)
        planning.mark_held(actor=made.facilitator, session=session)
        for person in (made.guarantor, made.keeper, made.members()[0].candidate.account):
            with pytest.raises(PermissionDenied):
                stipends.validate(actor=made.as_now(person), session=session)


def test_a_correction_after_the_batch_is_a_line_that_takes_back():
    made = panel_sessions.working()
    session = _paid_session(made)
    one = made.members()[0]
    with panel_sessions.after(session):
        for person in (made.facilitator, made.organiser):
            stipends.validate(actor=person, session=session)
        first = stipends.export(actor=made.organiser, panel=made.panel)
        _correct(made, session, one, False)
        lines = list(StipendLine.objects.filter(membership=one).order_by("rank"))
        assert [(line.rank, line.cents, line.state) for line in lines] == [
            (1, 5000, StipendState.EXPORTED),
            (2, -5000, StipendState.DUE),
        ]
        _correct(made, session, one, True)
        assert StipendLine.objects.filter(membership=one).count() == 1, "taken back before it left: nothing happened"
        _correct(made, session, one, False)
        for person in (made.facilitator, made.second):
            stipends.validate(actor=person, session=session)
        second = stipends.export(actor=made.organiser, panel=made.panel)
        assert (second.number, second.cents, stipends.payroll(second)) == (2, -5000, [(1, "Membre 1", -1, -5000)])
        assert stipends.payroll(first) == [(1, "Membre 1", 1, 5000), (2, "Membre 2", 1, 5000)]


def _correct(made, session, member, there):
    presence.correct(
        actor=made.facilitator, session=session, member=member, half_day=1, is_present=there, because="Relecture."
    )


def test_a_correction_has_a_reason():
    made = panel_sessions.working()
    session = _paid_session(made)
    with panel_sessions.after(session), pytest.raises(ValidationError) as refused:
        presence.correct(
            actor=made.facilitator,
            session=session,
            member=made.members()[0],
            half_day=1,
            is_present=False,
            because=" ",
        )
    assert "because" in refused.value.message_dict


def test_the_database_holds_what_was_sent():
    made = panel_sessions.working()
    session = _paid_session(made)
    with panel_sessions.after(session):
        for person in (made.facilitator, made.organiser):
            stipends.validate(actor=person, session=session)
        batch = stipends.export(actor=made.organiser, panel=made.panel)
    line = StipendLine.objects.first()
    for columns in ({"cents": 9000}, {"rank": 3}, {"export": None, "state": StipendState.VALIDATED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StipendLine.objects.filter(pk=line.pk).update(**columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        StipendLine.objects.filter(pk=line.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        StipendLine.objects.create(
            membership=line.membership, session=session, half_day=1, rank=2, cents=-100, made_at=clock.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        StipendLine.objects.create(
            membership=line.membership, session=session, half_day=1, rank=1, cents=5000, made_at=clock.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        StipendExport.objects.filter(pk=batch.pk).update(cents=1)


def test_one_person_is_not_two():
    made = panel_sessions.working()
    session = _paid_session(made)
    with panel_sessions.after(session):
        stipends.validate(actor=made.facilitator, session=session)
    with pytest.raises(IntegrityError), transaction.atomic():
        StipendLine.objects.update(second_by=made.facilitator, second_at=clock.now(), state=StipendState.VALIDATED)


def test_a_rate_never_goes_back():
    made = panel_sessions.working()
    near, far = panel_sessions.announced(made), panel_sessions.announced(made, days=20)
    with pytest.raises(ValidationError):
        stipends.set_rate(actor=made.organiser, panel=made.panel, cents=6000, from_on=clock.today())
    with pytest.raises(PermissionDenied):
        stipends.set_rate(actor=made.facilitator, panel=made.panel, cents=6000, from_on=far.day)
    stipends.set_rate(actor=made.organiser, panel=made.panel, cents=6000, from_on=far.day)
    assert [stipends.rate_on(made.panel, one.day) for one in (near, far)] == [5000, 6000]


STEPS = st.lists(
    st.tuples(st.sampled_from(["there", "away", "sign", "other", "export"]), st.integers(0, 1), st.integers(1, 2)),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_is_sent_is_what_was_there_and_never_more(steps, walked):
    made, session = walked
    with transaction.atomic(), panel_sessions.after(session):
        members = made.members()[:2]
        for step, who, half in steps:
            _walk(made, session, members[who], half, step)
            sent = {}
            for line in StipendLine.objects.filter(state__in=GONE):
                key = (line.membership_id, line.half_day)
                sent[key] = sent.get(key, 0) + line.cents
            assert set(sent.values()) <= {0, 5000}
        for person in (made.facilitator, made.second):
            _quietly(stipends.validate, actor=person, session=session)
        _quietly(stipends.validate, actor=made.second, session=session)
        _quietly(stipends.validate, actor=made.facilitator, session=session)
        _quietly(stipends.export, actor=made.organiser, panel=made.panel)
        there = Attendance.objects.filter(is_present=True).count()
        gone = StipendLine.objects.filter(state__in=GONE)
        assert sum(line.cents for line in gone) == 5000 * there
        transaction.set_rollback(True)


@pytest.fixture
def walked(db):
    made = panel_sessions.working()
    return made, panel_sessions.held(made)


def _walk(made, session, member, half, step):
    if step in ("there", "away"):
        presence.correct(
            actor=made.facilitator, session=session, member=member, half_day=half, is_present=step == "there",
            because="Relecture.",
        )  # fmt: skip
    elif step == "export":
        _quietly(stipends.export, actor=made.organiser, panel=made.panel)
    else:
        _quietly(stipends.validate, actor=made.facilitator if step == "sign" else made.second, session=session)


def _quietly(verb, **said):
    try:
        verb(**said)
    except WrongState:
        pass
