"""The directory in the Wagtail admin."""

import datetime

import pytest
from django.urls import reverse

from src.directory.enums import Role
from src.directory.models import Absence, RoleGrant, Unit, User
from src.directory.viewer import as_viewer, read_account
from src.foundations import clock
from src.foundations.models import AuditEntry, OutboxEvent, Seal
from src.foundations.outbox import _payload
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory, UnitFactory, away, grant

pytestmark = pytest.mark.django_db
SCREENS = ["unites", "personnes", "roles", "absences"]


@pytest.fixture
def admin(client):
    admin = AgentFactory(username="admin", roles=[(Role.ADMINISTRATOR, None)])
    client.force_login(admin)
    return admin


@pytest.mark.parametrize("screen", SCREENS)
def test_screens_open_for_administrators(client, admin, screen):
    away(admin, clock.today(), clock.today())

    assert client.get(reverse(f"{screen}:index")).status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.HR, Role.DPO, Role.MODERATOR])
def test_screens_are_closed_to_everybody_else(client, screen, role):
    client.force_login(AgentFactory(roles=[(role, None)] if role else []))

    response = client.get(reverse(f"{screen}:index"), follow=False)

    assert response.status_code == 302
    assert "annuaire" not in response["Location"].split("?")[0]


def test_administrator_of_one_branch_is_not_one_of_the_city(client):
    client.force_login(AgentFactory(roles=[(Role.ADMINISTRATOR, DirectionFactory())]))

    assert client.get(reverse("unites:index")).status_code == 302


@pytest.mark.parametrize("path", ["users/", "users/add/", "users/1/", "groups/", "groups/new/"])
def test_wagtail_lists_of_users_and_groups_do_not_exist(client, admin, path):
    User.objects.filter(pk=admin.pk).update(is_superuser=True)

    assert client.get(f"/gestion/{path}").status_code == 404


def test_editor_enters_the_admin_and_loses_it_with_the_role(client):
    editor = AgentFactory()
    given = grant(editor, Role.EDITOR)

    assert User.objects.get(pk=editor.pk).has_perm("wagtailadmin.access_admin")

    from src.directory.services import end_role

    end_role(given)
    assert not User.objects.get(pk=editor.pk).has_perm("wagtailadmin.access_admin")


def test_unit_is_opened_moved_and_closed_from_the_screen(client, admin):
    one, other = DirectionFactory(), DirectionFactory()

    client.post(
        reverse("unites:add"),
        {
            "code": "NEW",
            "name": "Collecte",
            "acronym": "",
            "kind": "service",
            "parent": one.pk,
            "valid_from": "2026-01-01",
        },
    )
    unit = Unit.objects.get(code="NEW")
    assert (unit.path, unit.direction_id) == (f"{one.path}{unit.pk}/", one.pk)
    client.post(reverse("unites:edit", args=[unit.pk]), {"name": "Collectes", "acronym": "C", "parent": other.pk})
    unit.refresh_from_db()
    assert (unit.name, unit.acronym, unit.path, unit.direction_id) == (
        "Collectes",
        "C",
        f"{other.path}{unit.pk}/",
        other.pk,
    )
    successor = UnitFactory(parent=other)
    client.post(
        reverse("unites:edit", args=[unit.pk]),
        {
            "name": "Collectes",
            "acronym": "C",
            "parent": other.pk,
            "valid_until": "2026-06-30",
            "successor": successor.pk,
        },
    )
    unit.refresh_from_db()
    assert (unit.valid_until, unit.successor_id) == (datetime.date(2026, 6, 30), successor.pk)


def test_refusal_of_a_service_is_an_error_of_the_form(client, admin):
    site = SiteFactory()

    response = client.post(
        reverse("unites:add"),
        {"code": "X", "name": "X", "acronym": "", "kind": "direction", "parent": site.pk, "valid_from": "2026-01-01"},
    )

    assert response.status_code == 200
    assert "ne peut pas" in response.content.decode()
    assert not Unit.objects.filter(code="X").exists()


def test_role_is_given_with_a_deputy_then_ended_and_both_are_sealed_at_once(client, admin, settings):
    settings.TERRAIN_SECURITY_EMAIL = "securite@ville.example"
    unit = DirectionFactory()
    person, deputy = AgentFactory(username="sophie"), AgentFactory(username="hugo")

    client.post(
        reverse("roles:add"),
        {"person": "sophie", "role": "decision_maker", "unit": unit.pk, "deputy_name": "hugo", "ends_on": ""},
    )
    given = RoleGrant.objects.get(user=person)
    assert (given.deputy_id, given.granted_by_id, given.unit_id) == (deputy.pk, admin.pk, unit.pk)
    assert [User.objects.get(pk=pk).holds_roles for pk in (person.pk, deputy.pk)] == [True, True]
    client.post(reverse("roles:delete", args=[given.pk]))
    given.refresh_from_db()

    assert given.ends_on is not None
    assert as_viewer(read_account(person.pk)).roles == frozenset()
    entries = list(AuditEntry.objects.filter(object_ref=f"role:{given.pk}").order_by("pk"))
    assert [entry.verb for entry in entries] == ["directory.role_granted", "directory.role_ended"]
    assert Seal.objects.filter(row_pk__in=[entry.pk for entry in entries]).count() == 2
    assert "sophie" not in str([entry.payload for entry in entries])
    mails = [_payload(row) for row in OutboxEvent.objects.filter(topic="mail.send")]
    assert [mail["to"] for mail in mails] == ["securite@ville.example"] * 2
    drain_outbox()


def test_nobody_gives_themself_a_role(client, admin):
    response = client.post(
        reverse("roles:add"), {"person": "admin", "role": "editor", "unit": "", "deputy_name": "", "ends_on": ""}
    )

    assert response.status_code == 200
    assert "ne se donne un rôle" in response.content.decode()
    assert not RoleGrant.objects.filter(role="editor").exists()


def test_absence_is_written_and_taken_away(client, admin):
    person = AgentFactory(username="sophie")

    client.post(reverse("absences:add"), {"person": "sophie", "starts_on": "2026-08-01", "ends_on": "2026-08-20"})
    absence = Absence.objects.get()
    assert (absence.user_id, absence.starts_on) == (person.pk, datetime.date(2026, 8, 1))
    client.post(reverse("absences:delete", args=[absence.pk]))

    assert Absence.objects.count() == 0


def test_person_page_tells_posts_roles_and_absences(client, admin):
    person = AgentFactory(unit=SiteFactory(name="Dépôt des Tanneurs"), roles=[(Role.INSTRUCTOR, None)])

    page = client.get(reverse("personnes:inspect", args=[person.pk])).content.decode()

    assert "Dépôt des Tanneurs" in page
    assert "toute la ville" in page


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_whatever_their_size(client, admin, count, django_assert_max_num_queries):
    for _n in range(count):
        person = AgentFactory(unit=SiteFactory(), roles=[(Role.INSTRUCTOR, DirectionFactory())])
        away(person, clock.today(), clock.today())

    for screen in SCREENS:
        with django_assert_max_num_queries(16):
            client.get(reverse(f"{screen}:index"))
