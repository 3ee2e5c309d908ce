"""Spaces in the Wagtail admin: opened from settings, frozen with their reason, for administrators alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from src.directory.enums import Role
from src.directory.services import close_unit
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation import activities
from src.participation.enums import Circle
from src.participation.models import Phase, Space, SpaceMember, SpaceRoleGrant
from src.participation.rules import is_open
from src.participation.services.contributions import freeze_space
from src.participation.services.spaces import change_space, invite_member, open_space, plan_phase
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from tests.factories.participation import PhaseFactory, SpaceFactory, grant_in_space, invite

pytestmark = pytest.mark.django_db
SCREENS = ["espaces", "calendrier", "membres", "roles-espaces"]


@pytest.fixture(autouse=True)
def _activity(monkeypatch):
    monkeypatch.setattr(activities, "_activities", {"ideas": "Idées"})


@pytest.fixture
def admin(client):
    admin = AgentFactory(username="admin", roles=[(Role.ADMINISTRATOR, None)])
    client.force_login(admin)
    return admin


def verbs_since(count):
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[count:]


@pytest.mark.parametrize("screen", SCREENS)
def test_screens_open_for_administrators(client, admin, screen):
    space = SpaceFactory(circle=Circle.MEMBERS)
    invite(AgentFactory(), space)
    grant_in_space(AgentFactory(), Role.MODERATOR, space)

    assert client.get(reverse(f"{screen}:index")).status_code == 200
    assert client.get(reverse(f"{screen}:add")).status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.DPO, Role.MODERATOR])
def test_screens_are_closed_to_everybody_else(client, screen, role):
    client.force_login(AgentFactory(roles=[(role, None)] if role else []))

    assert client.get(reverse(f"{screen}:index"), follow=False).status_code == 302


SPACE = {
    "name": "Ménager son dos",
    "slug": "menager-son-dos",
    "summary": "Outils et gestes contre les douleurs au travail.",
    "circle": "agents",
    "identity_modes": ["protected"],
    "activities": ["ideas"],
    "support_threshold": "50",
    "on_home_page": "on",
    "starts_at": "2026-01-05 08:00",
    "ends_at": "",
}


def test_a_space_is_opened_from_one_screen_with_its_calendar(client, admin):
    count = AuditEntry.objects.count()

    response = client.post(reverse("espaces:add"), SPACE)

    assert response.status_code == 302
    space = Space.objects.get()
    assert (space.slug, space.circle, space.identity_modes, space.activities) == (
        "menager-son-dos", "agents", ["protected"], ["ideas"],
    )  # fmt: skip
    assert [(phase.verbs, phase.ends_at) for phase in space.phases.all()] == [
        (["propose", "support", "comment"], None)
    ]
    assert is_open(space, "propose", datetime(2026, 2, 1, tzinfo=UTC))
    assert verbs_since(count) == ["participation.space_opened", "participation.phase_planned"]
    drain_outbox()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"identity_modes": []}, "identity_modes"),
        ({"identity_modes": ["anonymous"]}, "identity_modes"),
        ({"ends_at": "2026-01-04 08:00"}, None),
        ({"starts_at": "", "ends_at": "2026-01-04 08:00"}, "starts_at"),
        ({"name": ""}, "name"),
    ],
)
def test_a_wrong_space_is_refused_on_its_screen(client, admin, changes, field):
    response = client.post(reverse("espaces:add"), SPACE | changes)

    assert response.status_code == 200
    assert Space.objects.count() == Phase.objects.count() == 0
    if field:
        assert field in response.context["form"].errors


def test_what_the_first_contribution_froze_is_shown_and_explained(client, admin):
    unit = UnitFactory()
    space = SpaceFactory(name="Plus simple", circle=Circle.MEMBERS, member_unit=unit)
    freeze_space(space)

    page = client.get(reverse("espaces:edit", args=[space.pk]))
    response = client.post(
        reverse("espaces:edit", args=[space.pk]),
        SPACE | {"name": "Encore plus simple", "circle": "everyone", "identity_modes": ["named"]},
    )

    form = page.context["form"]
    assert [name for name in form.fields if form.fields[name].disabled] == [
        "slug", "circle", "member_unit", "identity_modes",
    ]  # fmt: skip
    with translation.override("fr"):
        assert str(form.fields["circle"].help_text).startswith("Figé depuis la première contribution")
    assert response.status_code == 302
    space.refresh_from_db()
    assert (space.name, space.circle, space.member_unit, space.identity_modes) == (
        "Encore plus simple", "members", unit, ["named", "protected"],
    )  # fmt: skip
    drain_outbox()


def test_members_of_a_closed_unit_pass_to_its_successor(client, admin):
    direction = DirectionFactory()
    unit, heir = UnitFactory(parent=direction), UnitFactory(parent=direction)
    space = SpaceFactory(circle=Circle.MEMBERS, member_unit=unit)
    freeze_space(space)
    close_unit(unit, successor=heir, on=clock.today())

    page = client.get(reverse("espaces:edit", args=[space.pk]))
    assert list(page.context["form"].fields["member_unit"].queryset.order_by("pk")) == [unit, heir]
    client.post(reverse("espaces:edit", args=[space.pk]), SPACE | {"member_unit": str(heir.pk)})

    space.refresh_from_db()
    assert space.member_unit == heir
    drain_outbox()


def test_the_service_refuses_what_is_frozen_before_the_database_does():
    space = SpaceFactory()
    freeze_space(space)

    with pytest.raises(ValidationError) as refusal:
        change_space(space, circle=Circle.EVERYONE, name="Autre")

    assert list(refusal.value.message_dict) == ["circle"]
    space.refresh_from_db()
    assert space.name != "Autre"
    assert change_space(space, name="Autre").name == "Autre"
    drain_outbox()


def test_a_members_unit_needs_a_space_of_members():
    with pytest.raises(ValidationError) as refusal:
        open_space(name="A", slug="a", circle=Circle.AGENTS, member_unit=UnitFactory(), identity_modes=["named"])

    assert list(refusal.value.message_dict) == ["member_unit"]


def test_a_phase_is_planned_changed_and_taken_away(client, admin):
    space = SpaceFactory(open_verbs=())
    count = AuditEntry.objects.count()
    data = {
        "space": space.pk,
        "name": "Soutiens",
        "verbs": ["support"],
        "starts_at": "2026-01-05 08:00",
        "ends_at": "",
    }

    assert client.post(reverse("calendrier:add"), data).status_code == 302
    phase = Phase.objects.get()
    changed = data | {"ends_at": "2026-02-05 08:00"}
    assert client.post(reverse("calendrier:edit", args=[phase.pk]), changed).status_code == 302
    phase.refresh_from_db()
    assert (phase.verbs, phase.ends_at) == (["support"], datetime(2026, 2, 5, 7, tzinfo=UTC))
    assert (
        client.post(reverse("calendrier:edit", args=[phase.pk]), data | {"ends_at": "2026-01-01 08:00"}).status_code
        == 200
    )
    assert client.post(reverse("calendrier:delete", args=[phase.pk])).status_code == 302

    assert Phase.objects.count() == 0
    assert verbs_since(count) == [
        "participation.phase_planned", "participation.phase_planned", "participation.phase_removed",
    ]  # fmt: skip


def test_a_phase_that_opens_nothing_is_refused():
    with pytest.raises(ValidationError) as refusal:
        plan_phase(space=SpaceFactory(), name="Rien", verbs=[], starts_at=clock.now())

    assert list(refusal.value.message_dict) == ["verbs"]


def test_people_are_invited_and_taken_out(client, admin):
    space, user = SpaceFactory(circle=Circle.MEMBERS), AgentFactory()

    assert client.post(reverse("membres:add"), {"space": space.pk, "person": user.username}).status_code == 302
    assert Space.objects.visible_to(user).filter(pk=space.pk).exists()
    again = client.post(reverse("membres:add"), {"space": space.pk, "person": user.username})
    assert again.status_code == 200
    member = SpaceMember.objects.get()
    edit = reverse("membres:edit", args=[member.pk])
    assert client.post(edit, {"until": "2020-01-01"}).status_code == 200
    assert client.post(edit, {"until": clock.today().isoformat()}).status_code == 302
    member.refresh_from_db()
    assert member.until == clock.today()
    assert client.post(reverse("membres:delete", args=[member.pk])).status_code == 302

    assert not Space.objects.visible_to(user).filter(pk=space.pk).exists()
    with pytest.raises(ValidationError):
        invite_member(space=SpaceFactory(), user=user)
    with pytest.raises(ValidationError):
        invite_member(space=space, user=user, until=clock.today() - timedelta(days=1))


def test_roles_in_a_space_are_given_deputised_and_ended(client, admin):
    space, user, deputy = SpaceFactory(), AgentFactory(), AgentFactory()
    data = {"space": space.pk, "person": user.username, "role": "moderator"}

    assert client.post(reverse("roles-espaces:add"), data).status_code == 302
    grant = SpaceRoleGrant.objects.get()
    assert as_viewer(type(user).objects.get(pk=user.pk)).has_role(Role.MODERATOR, space_id=space.pk)
    assert client.post(reverse("roles-espaces:add"), data).status_code == 200
    edit = reverse("roles-espaces:edit", args=[grant.pk])
    assert client.post(edit, {"deputy_name": deputy.username}).status_code == 302
    grant.refresh_from_db()
    assert grant.deputy == deputy
    assert client.get(reverse("roles-espaces:delete", args=[grant.pk])).status_code == 200
    assert client.post(reverse("roles-espaces:delete", args=[grant.pk])).status_code == 302

    grant.refresh_from_db()
    assert grant.ends_on == clock.today() - timedelta(days=1)
    assert as_viewer(type(user).objects.get(pk=user.pk)).roles == frozenset()


@pytest.mark.parametrize("screen", SCREENS)
def test_lists_cost_the_same_with_one_row_and_three(client, admin, screen):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill():
        space = PhaseFactory().space
        Space.objects.filter(pk=space.pk).update(circle=Circle.MEMBERS)
        invite(AgentFactory(), space)
        grant_in_space(AgentFactory(), Role.MODERATOR, space)

    fill()
    client.get(reverse(f"{screen}:index"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(f"{screen}:index"))
    fill()
    fill()
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(f"{screen}:index"))

    assert len(three) == len(one)
