"""The tree of units: opened, moved, closed; always a tree, always counted right."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.directory import registries
from src.directory.enums import UnitKind
from src.directory.models import Affectation, Unit, User
from src.directory.services import close_unit, end_affectation, move_unit, open_unit, post_agent, refresh_headcounts
from src.directory.services.agents import end_due_posts
from src.foundations import clock
from tests.factories.directory import (
    LONG_AGO,
    AgentFactory,
    DirectionFactory,
    ExternalFactory,
    SiteFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def _headcounts(*units):
    return [Unit.objects.get(pk=unit.pk).headcount for unit in units]


def test_path_names_every_unit_above():
    city = open_unit(code="V", name="Ville", kind=UnitKind.CITY)
    direction = DirectionFactory(parent=city)
    service = UnitFactory(parent=direction)
    team = UnitFactory(parent=service, kind=UnitKind.TEAM)

    assert team.path == f"/{city.pk}/{direction.pk}/{service.pk}/{team.pk}/"
    assert [unit.direction_id for unit in (city, direction, service, team)] == [None, *[direction.pk] * 3]
    assert list(Unit.objects.under(service).order_by("path")) == [service, team]


@pytest.mark.parametrize(
    ("kind", "parent_kind"),
    [("service", None), ("site", None), ("direction", "direction"), ("direction", "site"), ("service", "site"),
     ("city", "direction"), ("site", "team"), ("site", "site")],
)  # fmt: skip
def test_kinds_that_do_not_go_together_are_refused(kind, parent_kind):
    parents = {
        None: lambda: None,
        "direction": DirectionFactory,
        "site": SiteFactory,
        "team": lambda: UnitFactory(kind=UnitKind.TEAM),
    }
    with pytest.raises(ValidationError):
        open_unit(code="X", name="X", kind=kind, parent=parents[parent_kind]())

    assert not Unit.objects.filter(code="X").exists()


def test_move_carries_the_branch_and_its_people():
    one, other = DirectionFactory(), DirectionFactory()
    service = UnitFactory(parent=one)
    site = UnitFactory(parent=service, kind=UnitKind.SITE)
    AgentFactory(unit=site)

    move_unit(service, parent=other)

    site.refresh_from_db()
    assert (site.path, site.direction_id) == (f"{other.path}{service.pk}/{site.pk}/", other.pk)
    assert _headcounts(one, other, service, site) == [0, 1, 1, 1]


def test_unit_never_stands_under_itself():
    service = UnitFactory()
    below = UnitFactory(parent=service)

    for parent in (service, below):
        with pytest.raises(ValidationError, match="under itself|sous elle-même"):
            move_unit(service, parent=parent)


def test_posting_closes_the_former_post_and_keeps_counts():
    one, other = UnitFactory(), UnitFactory()
    agent = AgentFactory(unit=one)

    post_agent(agent, other, starts_on=datetime.date(2024, 3, 1), job_title="Agente")

    posts = list(
        Affectation.objects.filter(user=agent).order_by("starts_on").values_list("unit", "starts_on", "ends_on")
    )
    assert posts == [
        (one.pk, LONG_AGO, datetime.date(2024, 2, 29)),
        (other.pk, datetime.date(2024, 3, 1), None),
    ]
    assert User.objects.get(pk=agent.pk).current_affectation.unit_id == other.pk
    assert _headcounts(one, other) == [0, 1]


def test_posting_is_refused_to_outsiders_in_closed_units_and_back_in_time():
    unit, closed = UnitFactory(), UnitFactory()
    close_unit(closed, on=clock.today() - DAY)
    agent = AgentFactory()
    post_agent(agent, unit, starts_on=datetime.date(2024, 3, 1))

    for person, place, day in (
        (ExternalFactory(), unit, None), (agent, closed, None), (agent, UnitFactory(), datetime.date(2023, 1, 1)),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            post_agent(person, place, starts_on=day)


def test_two_open_posts_are_refused_by_the_database():
    agent = AgentFactory(unit=UnitFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        Affectation.objects.create(user=agent, unit=UnitFactory(), starts_on=LONG_AGO)


def test_last_day_passed_leaves_no_current_post():
    unit = UnitFactory()
    agent = AgentFactory(unit=unit)
    Affectation.objects.filter(user=agent).update(ends_on=clock.today() - DAY)

    assert (end_due_posts(), end_due_posts()) == (1, 0)
    assert User.objects.get(pk=agent.pk).current_affectation is None
    assert _headcounts(unit) == [0]
    assert Affectation.objects.get(user=agent).ends_on == clock.today() - DAY


def test_closing_passes_people_and_debts_to_the_successor(monkeypatch):
    told = []
    monkeypatch.setattr(registries, "_on_unit_closed", [lambda unit, successor: told.append((unit, successor))])
    direction = DirectionFactory()
    unit, successor = UnitFactory(parent=direction), UnitFactory(parent=direction)
    agent = AgentFactory(unit=unit, job_title="Mécanicienne", is_manager=True)
    day = clock.today()

    close_unit(unit, successor=successor, on=day)

    post = User.objects.get(pk=agent.pk).current_affectation
    unit.refresh_from_db()
    assert (unit.valid_until, unit.successor) == (day, successor)
    assert (post.unit, post.job_title, post.is_manager) == (successor, "Mécanicienne", True)
    assert told == [(unit, successor)]
    assert _headcounts(direction, unit, successor) == [1, 0, 1]


def test_closing_is_refused_while_something_is_left():
    parent = UnitFactory()
    UnitFactory(parent=parent)
    peopled = UnitFactory()
    AgentFactory(unit=peopled)
    closed = UnitFactory()
    close_unit(closed)

    for unit, successor in ((parent, None), (peopled, None), (peopled, peopled), (peopled, closed), (closed, parent)):
        with pytest.raises(ValidationError):
            close_unit(unit, successor=successor)

    assert Unit.objects.filter(pk__in=(parent.pk, peopled.pk), valid_until__isnull=True).count() == 2


def test_dates_and_successors_are_held_by_the_database():
    unit = UnitFactory()
    for values in (
        {"valid_until": LONG_AGO - DAY},
        {"valid_until": None, "successor": UnitFactory()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.filter(pk=unit.pk).update(**values)


ACTION = st.tuples(st.sampled_from(["open", "move", "post", "leave", "close"]), st.integers(0, 40), st.integers(0, 40))


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ACTION, min_size=8, max_size=16))
def test_any_walk_leaves_a_tree_counted_right(actions):
    with transaction.atomic():
        _walk(actions)
        transaction.set_rollback(True)


def _walk(actions):
    units = [open_unit(code=f"D{n}", name="Direction", kind="direction", valid_from=LONG_AGO) for n in range(2)]
    agents = [AgentFactory(unit=units[n % 2]) for n in range(4)]
    for number, (action, first, second) in enumerate(actions):
        unit, other, agent = units[first % len(units)], units[second % len(units)], agents[first % 4]
        try:
            with transaction.atomic():
                if action == "open":
                    kind = ("service", "site", "team")[second % 3]
                    units.append(
                        open_unit(code=f"W{number}", name="Unité", kind=kind, parent=Unit.objects.get(pk=unit.pk))
                    )
                elif action == "move":
                    move_unit(unit, parent=other)
                elif action == "post":
                    post_agent(agent, Unit.objects.get(pk=other.pk))
                elif action == "leave":
                    end_affectation(agent)
                else:
                    close_unit(Unit.objects.get(pk=unit.pk), successor=Unit.objects.get(pk=other.pk))
        except ValidationError:
            pass
        _check_tree()
    assert refresh_headcounts() == 0


def _check_tree():
    for unit in Unit.objects.select_related("parent"):
        assert unit.path == f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        ancestors = Unit.objects.filter(pk__in=[int(part) for part in unit.path.split("/") if part], kind="direction")
        assert unit.direction_id == ancestors.get().pk
        people = User.objects.filter(current_affectation__unit__path__startswith=unit.path).count()
        assert unit.headcount == people, (unit.code, unit.headcount, people)
    open_posts = Affectation.objects.filter(ends_on__isnull=True).values_list("user", flat=True)
    assert len(open_posts) == len(set(open_posts))
