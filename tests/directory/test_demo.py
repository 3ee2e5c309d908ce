"""The demo city's directory, loaded once or ten times."""

import pytest

from src.directory.demo_people import DIRECTIONS, HEADCOUNT
from src.directory.enums import Role
from src.directory.models import RoleGrant, Unit, User
from src.directory.personas import PASSWORD, PERSONAS
from src.directory.selectors import acting
from src.directory.services.demo import load_directory
from src.directory.viewer import as_viewer, read_account

pytestmark = pytest.mark.django_db

HOUSE = (
    "agent agent2 correspondant egalite instructeur decideur encadrement elu decideur2 instructeur2 jury moderation "
    "facilitation facilitation2 juridique mediation cle1 cle2 cle3 rh formation edition panel mentor garant dpo admin"
)


@pytest.fixture
def city():
    return load_directory()


def test_every_persona_of_the_house_is_there(city):
    assert sorted(person.username for person in PERSONAS) == sorted(HOUSE.split())
    assert set(HOUSE.split()) <= set(User.objects.values_list("username", flat=True))
    assert all(person.can and person.job for person in PERSONAS)


def test_second_load_changes_nothing(city):
    before = list(User.objects.order_by("pk").values())

    assert load_directory() == {"units": 0, "people": 0, "roles": 0}
    assert list(User.objects.order_by("pk").values()) == before


def test_headcounts_add_up(city):
    assert sum(Unit.objects.directions().values_list("headcount", flat=True)) == HEADCOUNT == 14_200
    for acronym, _name, headcount, services, _sites in DIRECTIONS:
        assert sum(count for _code, _service, count in services) == headcount, acronym
    assert dict(Unit.objects.filter(code__in=("PRO-RIV", "ACC-BUS", "PRO-TAN")).values_list("code", "headcount")) == {
        "PRO-RIV": 7, "ACC-BUS": 6, "PRO-TAN": 64,
    }  # fmt: skip


def test_no_unit_of_the_demo_is_smaller_than_its_sites(city):
    for unit in Unit.objects.filter(kind="service"):
        below = sum(Unit.objects.filter(parent=unit).values_list("headcount", flat=True))
        assert below <= unit.headcount, unit


def test_every_direction_can_answer(city):
    for unit in Unit.objects.directions():
        for role, least in (
            (Role.IDEA_CORRESPONDENT, 1), (Role.INSTRUCTOR, 2), (Role.DECISION_MAKER, 1), (Role.DELEGATE, 1),
        ):  # fmt: skip
            assert len(acting(role, unit)) >= least, (unit.code, role)


def test_answers_to_ideas_are_countersigned_by_somebody_else(city):
    for unit in Unit.objects.directions():
        assert set(acting(Role.DELEGATE, unit)) - set(acting(Role.IDEA_CORRESPONDENT, unit))


@pytest.mark.parametrize(
    ("username", "roles"),
    [
        ("agent", set()),
        ("decideur", {Role.DECISION_MAKER, Role.DELEGATE}),
        ("instructeur", {Role.INSTRUCTOR}),
        ("correspondant", {Role.IDEA_CORRESPONDENT}),
        ("moderation", {Role.MODERATOR}),
        ("facilitation2", {Role.FACILITATOR}),
        ("encadrement", {Role.DECISION_MAKER}),
        ("elu", {Role.ELECTED_OFFICIAL}),
        ("admin", {Role.ADMINISTRATOR}),
        ("panel", set()),
    ],
)
def test_personas_hold_their_roles_and_no_other(city, username, roles):
    user = User.objects.get(username=username)

    assert as_viewer(read_account(user.pk)).roles == roles
    assert user.is_staff is bool(roles)


def test_outsiders_are_not_agents_and_partner_roles_expire(city):
    outsiders = set(User.objects.filter(kind="external").values_list("username", flat=True))

    assert outsiders == {"facilitation2", "cle3", "panel", "garant", "elu"}
    assert RoleGrant.objects.get(user__username="facilitation2").ends_on is not None
    assert not as_viewer(User.objects.get(username="panel")).is_agent


def test_one_password_opens_them_and_some_have_no_address(city, client):
    response = client.post("/connexion/", {"identifier": "agent", "secret": PASSWORD})

    assert response.status_code == 302
    assert User.objects.get(username="agent").email is None
    assert User.objects.filter(email__isnull=True).count() >= 5


def test_one_brigade_has_no_referent(city):
    covered = [
        unit.code for unit in Unit.objects.filter(code__startswith="TRA-B") if acting(Role.EQUALITY_REFERENT, unit)
        or RoleGrant.objects.filter(role=Role.EQUALITY_REFERENT, unit__parent=unit).exists()
    ]  # fmt: skip

    assert sorted(covered) == ["TRA-BCE", "TRA-BNO"]
