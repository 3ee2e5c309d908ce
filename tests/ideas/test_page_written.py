"""The statement of an idea's page, written once for agents without a role, shows them what the gate shows them."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection

from ideas.models import Idea
from ideas.selectors.page import _asked_by_an_agent, _idea_of
from src.directory.enums import Role
from src.directory.viewer import PlainAgent, Viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle, RemovalReason, Visibility
from tests.factories.directory import AgentFactory, UnitFactory, grant
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.participation import invite

pytestmark = pytest.mark.django_db


def seen_by(viewer, ideas) -> set[str]:
    seen = set()
    for idea in ideas:
        try:
            seen.add(_idea_of(viewer, idea.reference).reference)
        except Idea.DoesNotExist:
            continue
    return seen


def test_each_agent_sees_by_the_written_statement_what_the_gate_shows(django_assert_num_queries):
    direction = UnitFactory(kind="direction")
    site = UnitFactory(parent=direction)
    here, elsewhere, invited = (
        AgentFactory(unit=site),
        AgentFactory(unit=UnitFactory()),
        AgentFactory(unit=UnitFactory()),
    )
    together = AgentFactory(unit=UnitFactory())
    spaces = [
        BoxFactory(circle=Circle.EVERYONE),
        BoxFactory(),
        BoxFactory(circle=Circle.MEMBERS, member_unit=direction),
        BoxFactory(circle=Circle.MEMBERS),
        BoxFactory(is_draft=True),
    ]
    invite(invited, spaces[3], until=clock.today() + timedelta(days=5))
    ideas = []
    for space in spaces:
        ideas += [
            IdeaFactory(space=space, author=here, site=site),
            IdeaFactory(space=space, author=elsewhere, protected=True),
            IdeaFactory(
                space=space, visibility=Visibility.REMOVED, removal_reason=RemovalReason.OFF_TOPIC, author=invited
            ),
        ]
    Idea.objects.filter(pk=ideas[11].pk).update(co_author_ids=f",{together.pk},")
    drain_outbox()
    people = [here, elsewhere, invited, together, AgentFactory(unit=None)]
    met = set()
    for days in (0, 5, 6):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            for person in people:
                viewer = Viewer(person)
                assert PlainAgent.values_of(viewer) is not None
                gate = set(Idea.objects.visible_to(Viewer(person)).values_list("reference", flat=True))
                assert seen_by(viewer, ideas) == gate
                met.add((days, len(gate)))
    # The city tells people and days apart: otherwise nothing was compared.
    assert len(met) > 6
    with django_assert_num_queries(1):
        _asked_by_an_agent.rows(ideas[0].reference, *PlainAgent.values_of(viewer))


def test_the_same_idea_whole_as_the_ordinary_statement_reads_it():
    person, holder = AgentFactory(unit=UnitFactory()), AgentFactory()
    idea = IdeaFactory(space=BoxFactory(), author=AgentFactory(unit=UnitFactory()))
    grant(holder, Role.MODERATOR)
    written, ordinary = _idea_of(Viewer(person), idea.reference), _idea_of(Viewer(holder), idea.reference)
    assert PlainAgent.values_of(Viewer(holder)) is None

    def whole(found):
        kept = {key: value for key, value in vars(found).items() if key != "_state"}
        related = {name: vars(value) for name, value in found._state.fields_cache.items() if value is not None}
        return kept, {name: {key: one for key, one in of.items() if key != "_state"} for name, of in related.items()}

    assert whole(written) == whole(ordinary)


def test_the_viewer_of_a_real_request_is_met_through_its_lazy_object(client, monkeypatch):
    idea, asked = IdeaFactory(space=BoxFactory(), author=AgentFactory()), []
    client.force_login(AgentFactory())
    rows = _asked_by_an_agent.rows
    monkeypatch.setattr(_asked_by_an_agent, "rows", lambda *values: asked.append(values) or rows(*values))

    assert client.get(idea.get_absolute_url()).status_code == 200
    assert len(asked) == 1


def test_a_visitor_and_whoever_holds_a_role_are_asked_apart():
    person = AgentFactory()
    superuser = AgentFactory(is_superuser=True)
    grant(person, Role.INSTRUCTOR)
    for viewer in (Viewer(), Viewer(person), Viewer(superuser)):
        assert PlainAgent.values_of(viewer) is None
    many = Viewer(AgentFactory())
    many.unit_ids = tuple(range(1, PlainAgent.UNITS + 2))
    assert PlainAgent.values_of(many) is None


def test_nothing_of_the_first_person_stays_in_the_text():
    def asked(reference, person, unit, handle, today):
        values = (
            person,
            today,
            *[unit + place for place in range(PlainAgent.UNITS)],
            *[UUID(int=handle)] * PlainAgent.HANDLES,
        )
        said = []

        def noted(execute, sql, params, many, context):
            said.append((sql, repr(params)))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(noted):
            _asked_by_an_agent.rows(reference, *values)
        return said[0]

    first = asked("AAAAAA", 71_000_001, 72_000_000, 73_000_001, date(2031, 5, 6))
    second = asked("BBBBBB", 81_000_001, 82_000_000, 83_000_001, date(2041, 5, 7))

    assert first[0] == second[0]
    for kept in ("AAAAAA", "71000001", "7200000", f"{73_000_001:x}", "2031", "7001"):
        assert kept not in second[0] + second[1]
    for said in ("BBBBBB", "81000001", "82000005"):
        assert said in second[1]
