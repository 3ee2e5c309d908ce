"""Every address of the room, asked by a visitor, a stranger, a member and who runs the meetings."""

import pytest
from django.urls import reverse
from django.utils import timezone

from src.directory.enums import Role
from src.foundations.testing import forget_effects
from src.meetings import services
from src.meetings.models import Action, MeetingSeries
from src.meetings.urls import urlpatterns
from tests.factories import meetings as make
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory, grant

pytestmark = pytest.mark.django_db
MEMBERS = {"group", "propose", "support", "report", "meeting", "sheet", "file", "come"}


@pytest.fixture
def world():
    direction = DirectionFactory()
    runner = AgentFactory()
    series = make.group(unit=SiteFactory(parent=direction), facilitator=runner)
    nadia = make.member(series)
    topic = services.raise_topic(series=series, author=nadia, title="Le portail reste ouvert")
    held = make.meeting(series, days=-5, state="held")
    services.promise(
        meeting=held, text="Poser un cadenas", owner_label="L’équipe", due_on=timezone.localdate(held.starts_at)
    )
    services.write_minutes(meeting=held, summary="Nous avons parlé du portail.")
    services.publish_minutes(meeting=held, actor=nadia)
    coming = make.meeting(series)
    forget_effects()
    values = {
        "reference": series.reference,
        "meeting": coming.reference,
        "topic": topic.reference,
        "action": Action.objects.get().reference,
    }
    return direction, series, runner, values


def of_groups(values):
    """Name and address of each page of a group."""
    for pattern in urlpatterns:
        names = list(pattern.pattern.converters)
        if "reference" in names:
            yield pattern.name, reverse(f"meetings:{pattern.name}", kwargs={name: values[name] for name in names})


def test_a_stranger_finds_nothing_a_visitor_the_door_and_a_member_their_own_pages(as_, world):
    direction, series, runner, values = world
    stranger, visitor, member = AgentFactory(), as_(None), as_(make.member(series))
    chief = AgentFactory(unit=direction)
    grant(chief, Role.DECISION_MAKER, direction)
    outside = [as_(stranger), as_(chief)]

    for name, address in of_groups(values):
        for method in ("get", "post"):
            if method == "get" and name in ("support", "come") or method == "post" and name in ("group", "meeting"):
                continue
            assert getattr(visitor, method)(address).status_code in (302, 405), address
            assert {getattr(client, method)(address).status_code for client in outside} <= {404, 405}, address
            if name not in MEMBERS:
                assert getattr(member, method)(address).status_code == 404, address
    for name, address in of_groups(values):
        if name in MEMBERS - {"support", "come"}:
            assert member.get(address).status_code == 200, address
    forget_effects()


def test_the_direction_reads_dates_and_nothing_else(as_, world):
    direction, series, runner, values = world
    MeetingSeries.objects.filter(pk=series.pk).update(due_on="2020-01-01", met_on=None)
    chief, other = AgentFactory(unit=direction), AgentFactory()
    grant(chief, Role.DECISION_MAKER, direction)

    page = as_(chief).get("/reunions/?etat=retard").content.decode()

    assert series.space.name in page and "Pas de réunion" in page
    assert series.get_absolute_url() not in page and "Le portail" not in page
    assert series.space.name in as_(chief).get("/reunions/export.csv").getvalue().decode()
    assert series.space.name not in as_(other).get("/reunions/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_group_cost_the_same_whatever_they_hold(as_, rows, django_assert_max_num_queries):
    runner = AgentFactory()
    groups = [make.group(facilitator=runner) for _n in range(rows)]
    series = groups[0]
    author = make.member(series)
    for n in range(rows):
        services.raise_topic(series=series, author=author, title=f"Point numéro {n}")
    for n in range(rows):
        held = make.meeting(series, days=-60 + n, state="held")
        services.promise(
            meeting=held, text=f"Faire la chose {n}", owner_label="Nous", due_on=timezone.localdate(held.starts_at)
        )
        services.write_minutes(meeting=held, summary="Nous avons parlé du portail.")
        services.publish_minutes(meeting=held, actor=author)
    forget_effects()
    client = as_(runner)
    client.get("/reunions/")

    found = {}
    for address in ("/reunions/", series.get_absolute_url()):
        with django_assert_max_num_queries(60) as asked:
            assert client.get(address).status_code == 200
        found[address] = len(asked)
    assert list(found.values()) == [7, 13]
