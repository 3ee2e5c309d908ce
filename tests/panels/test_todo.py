"""The lines that panels put on the to-do list: whose they are, when they come and go, and what they cost."""

import datetime

import pytest
import time_machine

from panels import todo
from panels.enums import Beacon, CandidateState, TeamRole
from panels.models import Candidate, Quota, Seat
from panels.services import candidates, drawing, preparing, quotas, seats
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
DAY = datetime.timedelta(days=1)


def kinds(made, name):
    return [one.kind for one in todo.for_my_panels(as_viewer(made.as_now(getattr(made, name))))]


@pytest.fixture
def travel(request):
    travelling = time_machine.travel(clock.now(), tick=False)
    moved = travelling.start()
    request.addfinalizer(travelling.stop)
    return moved


def test_a_relaxation_waits_for_the_guarantor_until_it_is_signed():
    made = make.recruiting(seats=10)
    quota = Quota.objects.get(value__key=make.SOCIAL)
    asked = quotas.ask_relaxation(
        actor=made.organiser, quota=quota, minimum=0, maximum=10, reason="Trop peu de volontaires."
    )
    assert (kinds(made, "guarantor"), kinds(made, "organiser"), kinds(made, "keeper")) == (
        ["panels.relaxation"],
        [],
        [],
    )
    quotas.sign_relaxation(actor=made.guarantor, relaxation=asked)
    assert kinds(made, "guarantor") == []


def test_each_step_of_a_draw_waits_for_whom_it_needs(travel):
    made = make.recruiting(seats=4)
    made.registered(20)
    assert kinds(made, "organiser") == []
    travel.shift(31 * DAY)
    assert kinds(made, "organiser") == ["panels.close"]
    made.close()
    assert kinds(made, "organiser") == []
    travel.shift(10 * DAY)
    assert kinds(made, "organiser") == ["panels.draw"]
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=50)
    assert kinds(made, "organiser") == []
    drain_outbox()
    assert kinds(made, "organiser") == ["panels.seal"]
    drawing.seal_draw(
        actor=made.organiser, draw=draw, beacon=Beacon.PUBLIC_NUMBER, beacon_name="Loto",
        beacon_on=clock.today() + DAY, no_chance_because="x",
    )  # fmt: skip
    assert kinds(made, "organiser") == []
    travel.shift(DAY)
    assert kinds(made, "organiser") == ["panels.reveal"]
    drawing.reveal_draw(actor=made.organiser, draw=draw, value=make.PUBLIC_NUMBER)
    assert (kinds(made, "organiser"), kinds(made, "guarantor")) == ([], ["panels.certify"])
    drawing.certify_draw(actor=made.guarantor, draw=draw, place="Ici", witnesses=[("Paul Adda", "garant")])
    assert (kinds(made, "guarantor"), kinds(made, "facilitator")) == ([], ["panels.calls"])
    (line,) = todo.for_my_panels(as_viewer(made.as_now(made.facilitator)))
    assert line.detail.startswith("4 ")


def test_a_substitution_out_of_order_waits_for_the_guarantor(travel):
    made, _draw = make.certified()
    travel.shift(2 * DAY)
    candidates.withdraw(candidate=Seat.objects.select_related("holder__panel").first().holder)
    seat = Seat.objects.select_related("panel").get(holder__isnull=True)
    spare = Candidate.objects.filter(state=CandidateState.RESERVE).last()
    asked = seats.ask_unlisted(actor=made.organiser, seat=seat, incoming=spare, reason="La suivante est partie.")
    assert kinds(made, "guarantor") == ["panels.substitution"]
    seats.sign_unlisted(actor=made.guarantor, substitution=asked)
    assert kinds(made, "guarantor") == []


@pytest.mark.parametrize("others", [0, 2])
def test_it_costs_one_statement_beside_the_roles_and_nothing_to_whoever_has_none(others, django_assert_num_queries):
    made = make.recruiting(seats=4)
    for n in range(others):
        more = make.recruiting(seats=4, slug=f"autre-{n}")
        preparing.name_to_team(
            actor=more.administrator, panel=more.panel, person=made.organiser, role=TeamRole.ORGANISER
        )
    viewer, nobody = as_viewer(made.as_now(made.organiser)), as_viewer(AgentFactory())
    with django_assert_num_queries(2):
        todo.for_my_panels(viewer)
    with django_assert_num_queries(1):
        assert todo.for_my_panels(nobody) == []
