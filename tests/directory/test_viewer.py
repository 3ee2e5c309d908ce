"""The viewer: what each gate is told, and what it costs."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from src.directory import viewer as viewer_module
from src.directory.enums import Role, UnitKind
from src.directory.models import Unit
from src.directory.services import end_role
from src.directory.services.roles import set_deputy
from src.directory.viewer import Viewer, as_viewer, read_account
from src.foundations import clock
from tests.factories.directory import AgentFactory, DirectionFactory, ExternalFactory, UnitFactory, away, grant

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def _tree():
    direction = DirectionFactory()
    service = UnitFactory(parent=direction)
    site = UnitFactory(parent=service, kind=UnitKind.SITE)
    return direction, service, site


def test_visitor_is_nobody():
    for nobody in (None, AnonymousUser()):
        seen = as_viewer(nobody)

        assert (seen.is_authenticated, seen.is_agent, seen.unit_ids, seen.roles, seen.own_handles) == (
            False, False, (), frozenset(), frozenset(),
        )  # fmt: skip
        assert not seen.has_role(Role.MODERATOR)


def test_agent_knows_their_branch():
    direction, service, site = _tree()
    agent = AgentFactory(unit=site)

    seen = as_viewer(agent)

    assert seen.unit_ids == (direction.pk, service.pk, site.pk)
    assert (seen.unit_id, seen.direction_id, seen.unit_path) == (site.pk, direction.pk, site.path)
    assert as_viewer(seen) is seen


def test_external_participant_is_not_an_agent():
    seen = as_viewer(ExternalFactory())

    assert (seen.is_authenticated, seen.is_agent, seen.unit) == (True, False, None)


def test_closed_account_is_nobody():
    agent = AgentFactory(is_active=False)

    assert as_viewer(agent).is_authenticated is False


def test_role_counts_below_and_not_beside():
    direction, service, site = _tree()
    other = UnitFactory(parent=direction)
    agent = AgentFactory(roles=[(Role.INSTRUCTOR, service)])

    seen = as_viewer(agent)

    assert seen.has_role(Role.INSTRUCTOR)
    assert [seen.has_role(Role.INSTRUCTOR, unit=unit) for unit in (direction, service, site, other)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert seen.has_role(Role.INSTRUCTOR, unit_path=site.path)
    assert not seen.has_role(Role.INSTRUCTOR, unit_path="")
    assert not seen.has_role(Role.DECISION_MAKER)
    assert seen.role_paths(Role.INSTRUCTOR) == (service.path,)


def test_city_wide_role_counts_everywhere():
    _direction, _service, site = _tree()
    agent = AgentFactory(roles=[(Role.MODERATOR, None)])

    seen = as_viewer(agent)

    assert seen.role_paths(Role.MODERATOR) == ("/",)
    assert seen.has_role(Role.MODERATOR, unit=site)
    assert seen.has_role(Role.MODERATOR, unit_path="")
    assert seen.has_role(Role.MODERATOR, space_id=3)


def test_id_prefix_of_another_branch_is_not_below():
    """Unit 1 and unit 11 share a first digit, not a branch."""
    direction, service, _site = _tree()
    agent = AgentFactory(roles=[(Role.INSTRUCTOR, direction)])

    assert not as_viewer(agent).has_role(Role.INSTRUCTOR, unit_path=f"/{direction.pk}1/")


def test_role_condition_selects_the_same_units_as_has_role():
    direction, service, site = _tree()
    other = DirectionFactory()
    seen = as_viewer(AgentFactory(roles=[(Role.INSTRUCTOR, service), (Role.DPO, None)]))

    for role in (Role.INSTRUCTOR, Role.DPO, Role.EDITOR):
        by_list = set(Unit.objects.filter(seen.role_condition(role, "path")))
        by_rule = {unit for unit in (direction, service, site, other) if seen.has_role(role, unit=unit)}
        assert by_list == by_rule


def test_a_role_held_for_the_whole_city_stays_whole_beside_another_condition():
    direction, _service, _site = _tree()
    everywhere = as_viewer(AgentFactory(roles=[(Role.DPO, None)])).role_condition(Role.DPO, "path")

    assert set(Unit.objects.filter(everywhere | Q(pk=direction.pk))) == set(Unit.objects.all())
    assert not Unit.objects.filter(everywhere & Q(path="/none/")).exists()


def test_deputy_acts_only_while_the_holder_is_away():
    direction = DirectionFactory()
    holder, deputy = AgentFactory(), AgentFactory()
    grant(holder, Role.DECISION_MAKER, direction, deputy=deputy)
    today = clock.today()

    assert not as_viewer(deputy).has_role(Role.DECISION_MAKER, unit=direction)

    away(holder, today, today + 2 * DAY)

    assert as_viewer(read_account(deputy.pk)).has_role(Role.DECISION_MAKER, unit=direction)
    assert as_viewer(read_account(holder.pk)).has_role(Role.DECISION_MAKER, unit=direction)


@pytest.mark.parametrize(("start", "end", "acts"), [(-3, -1, False), (-1, 0, True), (0, 0, True), (1, 4, False)])
def test_deputy_acts_on_the_days_of_the_absence(start, end, acts):
    direction = DirectionFactory()
    holder, deputy = AgentFactory(), AgentFactory()
    grant(holder, Role.DELEGATE, direction, deputy=deputy)
    today = clock.today()
    away(holder, today + start * DAY, today + end * DAY)

    assert as_viewer(read_account(deputy.pk)).has_role(Role.DELEGATE, unit=direction) is acts


def test_ended_role_and_replaced_deputy_stop_acting_at_once():
    direction = DirectionFactory()
    holder, first, second = AgentFactory(), AgentFactory(), AgentFactory()
    given = grant(holder, Role.INSTRUCTOR, direction, deputy=first)
    away(holder, clock.today(), clock.today())

    set_deputy(given, deputy=second)

    assert not as_viewer(read_account(first.pk)).has_role(Role.INSTRUCTOR)
    assert as_viewer(read_account(second.pk)).has_role(Role.INSTRUCTOR)

    end_role(given)

    assert [as_viewer(read_account(person.pk)).roles for person in (holder, first, second)] == [frozenset()] * 3


def test_superuser_is_an_administrator_and_nothing_else():
    seen = as_viewer(AgentFactory(is_superuser=True))

    assert seen.has_role(Role.ADMINISTRATOR)
    assert [role for role in Role.values if seen.has_role(role)] == [Role.ADMINISTRATOR]


def test_space_roles_come_from_the_registered_fact(monkeypatch):
    agent = AgentFactory(roles=[(Role.EDITOR, None)])
    monkeypatch.setitem(viewer_module._facts, "space_roles", lambda user: [(Role.MODERATOR, 7), (Role.MODERATOR, 9)])

    seen = as_viewer(agent)

    assert seen.role_spaces(Role.MODERATOR) == {7, 9}
    assert [seen.has_role(Role.MODERATOR, space_id=pk) for pk in (7, 8)] == [True, False]
    assert seen.has_role(Role.MODERATOR)
    assert seen.roles == {Role.MODERATOR, Role.EDITOR}


def test_fact_is_loaded_once_and_never_for_a_visitor(monkeypatch):
    calls = []
    monkeypatch.setitem(viewer_module._facts, "weather", lambda user: calls.append(user) or "rain")
    seen = as_viewer(AgentFactory())

    assert (seen.fact("weather"), seen.fact("weather"), Viewer().fact("weather")) == ("rain", "rain", None)
    assert len(calls) == 1
    with pytest.raises(ValueError, match="already registered"):
        viewer_module.register_viewer_fact("weather", lambda user: "sun")


@pytest.mark.parametrize("grants", [1, 3])
def test_request_reads_an_ordinary_agent_in_one_statement_and_staff_in_two(
    grants, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(viewer_module, "_facts", {})
    direction, service, site = _tree()
    ordinary = AgentFactory(unit=site)
    staff = AgentFactory(unit=site)
    for unit in (direction, service, site)[:grants]:
        grant(staff, Role.INSTRUCTOR, unit, deputy=ordinary if False else None)

    with django_assert_num_queries(1):
        seen = as_viewer(read_account(ordinary.pk))
        assert (seen.unit.name, seen.direction_id, seen.roles) == (site.name, direction.pk, frozenset())
    with django_assert_num_queries(2):
        seen = as_viewer(read_account(staff.pk))
        assert seen.unit_ids[-1] == site.pk
        assert len(seen.role_paths(Role.INSTRUCTOR)) == grants
        assert seen.has_role(Role.INSTRUCTOR, unit=site)


def test_request_viewer_is_kept_for_the_request():
    agent = read_account(AgentFactory().pk)

    assert as_viewer(agent) is as_viewer(agent)
