"""Circles, phases and what the database freezes of a space."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from src.directory.enums import Role
from src.directory.services import close_unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import Circle, IdentityMode
from src.participation.models import Space
from src.participation.rules import (
    OpenVerb,
    PhaseStatus,
    can_see_space,
    identity_modes_offered,
    is_open,
    phase_status,
    with_phases,
)
from src.participation.services.contributions import freeze_space
from tests.factories.directory import (
    AgentFactory,
    DirectionFactory,
    ExternalFactory,
    SiteFactory,
    UnitFactory,
    grant,
)
from tests.factories.participation import PhaseFactory, SpaceFactory, grant_in_space, invite

pytestmark = pytest.mark.django_db


@pytest.fixture
def spaces():
    """One space of each circle, two kinds of members' spaces among them."""
    service = UnitFactory(name="Serres")
    return {
        "everyone": SpaceFactory(circle=Circle.EVERYONE),
        "agents": SpaceFactory(circle=Circle.AGENTS),
        "unit": SpaceFactory(circle=Circle.MEMBERS, member_unit=service),
        "list": SpaceFactory(circle=Circle.MEMBERS),
    }


def viewers(spaces):
    """Each kind of person, and the spaces they must see."""
    service = spaces["unit"].member_unit
    today = clock.today()
    agent = AgentFactory(unit=UnitFactory())
    posted = AgentFactory(unit=service)
    below = AgentFactory(unit=SiteFactory(parent=service))
    above = AgentFactory(unit=service.parent)
    homeless = AgentFactory(unit=None)
    listed, coming, gone = AgentFactory(), AgentFactory(), AgentFactory()
    partner, helper, external = ExternalFactory(), ExternalFactory(), ExternalFactory()
    moderator, closed = AgentFactory(), AgentFactory(is_active=False)
    manager = AgentFactory(unit=service.parent, is_manager=True)
    chief = AgentFactory(unit=None, is_superuser=True)
    invite(listed, spaces["list"])
    invite(coming, spaces["list"], since=today + timedelta(days=1))
    invite(gone, spaces["list"], until=today - timedelta(days=1))
    invite(partner, spaces["list"], until=today)
    grant_in_space(helper, Role.FACILITATOR, spaces["unit"], ends_on=today)
    grant(moderator, Role.MODERATOR)
    public, ours = {"everyone"}, {"everyone", "agents"}
    return {
        "visitor": (AnonymousUser(), public),
        "nobody": (None, public),
        "closed account": (closed, public),
        "external": (external, public),
        "invited external": (partner, public | {"list"}),
        "partner who helps": (helper, public | {"unit"}),
        "agent": (agent, ours),
        "agent without a post": (homeless, ours),
        "posted in the unit": (posted, ours | {"unit"}),
        "posted below": (below, ours | {"unit"}),
        "posted above": (above, ours),
        "manager above": (manager, ours),
        "invited": (listed, ours | {"list"}),
        "invited from tomorrow": (coming, ours),
        "no longer invited": (gone, ours),
        "moderator of the city": (moderator, ours),
        "superuser": (chief, ours),
    }


def test_circle_rule_and_list_give_the_expected_spaces_to_every_kind_of_viewer(spaces):
    for name, (user, expected) in viewers(spaces).items():
        by_queryset = set(Space.objects.visible_to(user).values_list("slug", flat=True))
        by_rule = {space.slug for space in spaces.values() if can_see_space(user, space)}

        assert by_queryset == {spaces[key].slug for key in expected}, name
        assert by_rule == by_queryset, name


def test_visible_to_takes_a_viewer_and_costs_one_statement(spaces, django_assert_num_queries):
    viewer = as_viewer(AgentFactory(unit=spaces["unit"].member_unit))
    assert viewer.unit_ids

    with django_assert_num_queries(1):
        found = list(Space.objects.visible_to(viewer).order_by("id"))

    assert found == [spaces["everyone"], spaces["agents"], spaces["unit"]]


AT = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def phases(space, *rows):
    """Phases as (verbs, opens in days, closes in days or None) around AT."""
    for verbs, opens, closes in rows:
        PhaseFactory(
            space=space,
            verbs=verbs,
            starts_at=AT + timedelta(days=opens),
            ends_at=None if closes is None else AT + timedelta(days=closes),
        )
    return Space.objects.get(pk=space.pk)


def test_a_space_without_a_phase_opens_nothing():
    space = SpaceFactory(open_verbs=())

    assert [is_open(space, verb) for verb in ("propose", "support", "comment")] == [False, False, False]
    assert phase_status(space) == PhaseStatus()


def test_an_archive_opens_nothing_whatever_its_phases():
    space = SpaceFactory(is_archive=True)

    assert not is_open(space, "support")
    assert phase_status(space) == PhaseStatus()


@pytest.mark.parametrize(
    ("seconds", "opened"), [(-1, False), (0, True), (86399, True), (86400, False), (86401, False)]
)
def test_a_phase_is_open_from_its_first_moment_to_just_before_its_last(seconds, opened):
    space = phases(SpaceFactory(open_verbs=()), (["propose"], 0, 1))

    assert is_open(space, "propose", AT + timedelta(seconds=seconds)) is opened
    assert phase_status(space, AT + timedelta(seconds=seconds)).is_open is opened
    assert not is_open(space, "support", AT)


def test_status_says_until_when_each_verb_is_open_through_touching_phases():
    space = phases(
        SpaceFactory(open_verbs=()),
        (["propose", "support"], -10, 5),
        (["support"], 5, 9),
        (["support"], 12, 20),
        (["comment"], -30, None),
    )

    status = phase_status(space, AT)

    assert status.open == (
        OpenVerb("propose", AT + timedelta(days=5)),
        OpenVerb("support", AT + timedelta(days=9)),
        OpenVerb("comment", None),
    )
    assert status.opens_next_at == AT + timedelta(days=5)
    assert status.until_of("support") == AT + timedelta(days=9)
    assert status.until_of("comment") is None
    assert status.until is None
    assert status.verbs == {"propose", "support", "comment"}


def test_status_of_a_closed_space_says_when_it_closed_and_opens_again():
    space = phases(SpaceFactory(open_verbs=()), (["propose"], -10, -5), (["comment"], -9, -2), (["propose"], 3, 8))

    assert phase_status(space, AT) == PhaseStatus(
        open=(), opens_next_at=AT + timedelta(days=3), closed_since=AT - timedelta(days=2)
    )


def test_until_is_the_last_end_when_all_have_one():
    space = phases(SpaceFactory(open_verbs=()), (["propose"], -1, 5), (["comment"], -1, 7))

    assert phase_status(space, AT).until == AT + timedelta(days=7)


@pytest.mark.parametrize("count", [1, 3])
def test_phases_of_many_spaces_cost_one_statement(count, django_assert_num_queries):
    for _number in range(count):
        SpaceFactory()
    spaces = list(Space.objects.order_by("id"))

    with django_assert_num_queries(1):
        with_phases(spaces)
        assert [is_open(space, "support") for space in spaces] == [True] * count
        assert [phase_status(space).is_open for space in spaces] == [True] * count


def test_phases_of_one_space_are_read_once(django_assert_num_queries):
    space = Space.objects.get(pk=SpaceFactory().pk)

    with django_assert_num_queries(1):
        assert is_open(space, "support")
        assert is_open(space, "comment")
        assert phase_status(space).is_open


def test_identity_modes_offered_leaves_out_what_this_version_does_not_offer():
    space = SpaceFactory(identity_modes=[IdentityMode.ANONYMOUS, IdentityMode.PROTECTED])

    assert identity_modes_offered(space) == ("protected",)


def refuses(space, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.filter(pk=space.pk).update(**changes)


def test_circle_and_modes_change_freely_before_the_first_contribution():
    space = SpaceFactory()

    Space.objects.filter(pk=space.pk).update(circle=Circle.EVERYONE, identity_modes=["named"])

    space.refresh_from_db()
    assert (space.circle, space.identity_modes) == (Circle.EVERYONE, ["named"])


def test_the_database_freezes_circle_modes_and_the_date_at_the_first_contribution():
    space = SpaceFactory(circle=Circle.AGENTS)
    freeze_space(space)

    refuses(space, circle=Circle.EVERYONE)
    refuses(space, circle=Circle.MEMBERS)
    refuses(space, identity_modes=["named"])
    refuses(space, first_contribution_at=None)
    Space.objects.filter(pk=space.pk).update(name="Autre nom", circle=Circle.AGENTS)

    space.refresh_from_db()
    assert (space.name, space.circle) == ("Autre nom", Circle.AGENTS)


def test_the_database_passes_members_to_the_successor_alone():
    direction = DirectionFactory()
    service, heir, other = (UnitFactory(parent=direction) for _n in range(3))
    space = SpaceFactory(circle=Circle.MEMBERS, member_unit=service)
    freeze_space(space)
    refuses(space, member_unit=other)
    refuses(space, member_unit=None)
    close_unit(service, successor=heir, on=clock.today())

    refuses(space, member_unit=other)
    Space.objects.filter(pk=space.pk).update(member_unit=heir)

    space.refresh_from_db()
    assert space.member_unit == heir


def test_the_first_contribution_is_dated_by_its_monday_and_noted_once(django_assert_num_queries):
    space = SpaceFactory()
    wednesday = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)

    with django_assert_num_queries(1):
        freeze_space(space, wednesday)
        freeze_space(space, wednesday + timedelta(days=30))

    space.refresh_from_db()
    assert space.first_contribution_at == datetime(2026, 3, 8, 23, 0, tzinfo=UTC)


def test_the_database_refuses_an_unknown_circle():
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceFactory(circle="friends")
