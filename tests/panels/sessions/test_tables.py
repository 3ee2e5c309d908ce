"""Tables: set, ruled, made so that people mix, made again without those missing, read by each."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from panels.enums import Need
from panels.services import candidates
from panels.services.preparing import WrongState
from panels.sessions import seating
from panels.sessions.enums import PairRule
from panels.sessions.models import TableSeat
from panels.sessions.places import address
from panels.sessions.services import presence, tables
from src.foundations.models import AuditEntry
from tests.factories import panel_sessions
from tests.panels.screens import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return panel_sessions.working(seats=8, count=24)


def _set(made, session, **offers):
    return tables.set_tables(actor=made.facilitator, session=session, rounds=2, seats=4, offers=offers)


def test_rules_and_needs_are_kept_in_every_round(made):
    session = panel_sessions.announced(made)
    one, two, three, four, *_rest = made.members()
    candidates.say_needs(candidate=one.candidate, needs=(Need.STEP_FREE, Need.BY_POST))
    plan = _set(made, session, step_free=1)
    tables.rule_pair(actor=made.facilitator, plan=plan, kind=PairRule.TOGETHER, one=two, other=three)
    tables.rule_pair(actor=made.facilitator, plan=plan, kind=PairRule.APART, one=four, other=one)
    tables.hold_place(actor=made.facilitator, plan=plan, member=four, table=plan.tables.get(number=2))
    plan = tables.make(actor=made.facilitator, session=session)
    assert TableSeat.objects.count() == 16 and plan.distinct and plan.bound
    for number in (1, 2):
        at = {seat.membership_id: seat.table.number for seat in TableSeat.objects.filter(round=number)}
        assert at[one.pk] == 1 and at[four.pk] == 2 and at[two.pk] == at[three.pk]
    read = AuditEntry.objects.filter(verb="panels.table_needs_read")
    assert read.count() == 1 and "step_free" not in str(list(read.values()))


def test_what_cannot_be_kept_is_told_with_everything_typed(as_, made):
    session = panel_sessions.announced(made)
    one = made.members()[0]
    candidates.say_needs(candidate=one.candidate, needs=(Need.INTERPRETER,))
    _set(made, session)
    answer = as_(made.facilitator).post(
        address(made.panel, "table_make", session=session.reference), {"without": "", "from_round": "1"}
    )
    assert answer.status_code == 422 and "Interprète" in text_of(answer)
    assert TableSeat.objects.count() == 0


def test_made_again_without_those_missing_keeps_rounds_held(made):
    session = panel_sessions.announced(made)
    _set(made, session)
    plan = tables.make(actor=made.facilitator, session=session)
    first = _round(plan, 1)
    with panel_sessions.during(session):
        with pytest.raises(WrongState):
            tables.make(actor=made.facilitator, session=session, without_half=1, from_round=2)
        presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1, 2, 3, 4, 5, 6})
        plan = tables.make(actor=made.facilitator, session=session, without_half=1, from_round=2)
    assert _round(plan, 1) == first
    assert {number for number, _table in _round(plan, 2)} == {1, 2, 3, 4, 5, 6}


def _round(plan, number):
    return set(plan.seat_rows.filter(round=number).values_list("membership__number", "table__number"))


def test_who_makes_tables_and_who_reads_theirs(as_, made):
    session = panel_sessions.announced(made)
    with pytest.raises(PermissionDenied):
        tables.set_tables(actor=made.guarantor, session=session, rounds=2, seats=4, offers={})
    team, reader = as_(made.facilitator), as_(made.as_now(made.members()[0].candidate.account))
    sent = {"rounds": "2", "seats": "1"}
    settings = address(made.panel, "table_settings", session=session.reference)
    assert team.post(settings, sent).status_code == 422
    assert team.post(settings, {**sent, "seats": "4", "step_free": "1"}).status_code == 303
    one, two = (member.pk for member in made.members()[:2])
    pair = address(made.panel, "table_pair", session=session.reference)
    assert team.post(pair, {"kind": "apart", "one": one, "other": one}).status_code == 422
    assert team.post(pair, {"kind": "apart", "one": two, "other": one}).status_code == 303
    make = address(made.panel, "table_make", session=session.reference)
    assert team.post(make, {"without": "", "from_round": "1"}).status_code == 303
    page = text_of(team.get(address(made.panel, "tables", session=session.reference)))
    assert "Tour 2" in page and "rencontres" in page and "Accès sans marche" in page
    mine = address(made.panel, "session", session=session.reference)
    assert "Mes tables" not in text_of(reader.get(mine))
    assert team.post(address(made.panel, "table_show", session=session.reference), {"show": "1"}).status_code == 303
    assert "Mes tables" in text_of(reader.get(mine))
    assert reader.get(address(made.panel, "tables", session=session.reference)).status_code == 404
    paper = text_of(team.get(address(made.panel, "table_paper", session=session.reference)))
    assert "Membre 8" in paper and "Tour 2" in paper


def test_rules_are_dropped_and_members_are_of_the_panel(made):
    other = panel_sessions.working(slug="ailleurs")
    session = panel_sessions.announced(made)
    plan = _set(made, session)
    one, two, *_rest = made.members()
    with pytest.raises(ValidationError):
        tables.rule_pair(actor=made.facilitator, plan=plan, kind=PairRule.APART, one=one, other=other.members()[0])
    rule = tables.rule_pair(actor=made.facilitator, plan=plan, kind=PairRule.APART, one=one, other=two)
    tables.drop_rule(actor=made.facilitator, rule=rule)
    assert not plan.rules.exists()
    tables.make(actor=made.facilitator, session=session)
    assert [len(around) for _number, around in seating.rounds_of(plan)] == [2, 2]
