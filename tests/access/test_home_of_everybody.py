"""The home page of everybody costs at most eight statements: each persona of the demo city, and whoever holds all roles."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.directory.personas import PERSONAS
from src.directory.services import create_account, grant_role, post_agent
from src.directory.viewer import as_viewer
from src.foundations.testing import drain_outbox
from src.notices import todo
from src.participation.models import Space
from src.participation.services.roles import SPACE_ROLES, grant_space_role
from tests.factories.directory import LONG_AGO

from .world import build_world

# Session, account, site and page, roles and facts, then at most three rounds.
MOST = 8

pytestmark = pytest.mark.django_db


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account, backend="src.directory.backends.DirectoryBackend")
    return client


def statements(account) -> int:
    client = signed_in(account)
    assert client.get("/").status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    return len(captured)


def holder_of_everything() -> User:
    """Somebody who manages a depot and holds each role for the whole city and in each space.

    Only an elected official isn't an agent: no agent may hold that role.
    """
    account = create_account(
        username="tout", password="x" * 20, first_name="Tout", last_name="Faire", email="tout@marvenne.example"
    )
    depot = Unit.objects.get(code="PRO-TAN")
    post_agent(account, depot, job_title="Tout", starts_on=LONG_AGO, is_manager=True)
    for role in set(Role) - {Role.ELECTED_OFFICIAL}:
        grant_role(user=account, role=role, unit=None, starts_on=LONG_AGO)
    admin = User.objects.get(username="admin")
    for space in Space.objects.filter(is_archive=False):
        for role in sorted(SPACE_ROLES):
            grant_space_role(user=account, role=role, space=space, actor=admin, starts_on=LONG_AGO)
    account.refresh_from_db()
    return account


def test_nobody_s_home_costs_more_than_eight_statements():
    build_world().with_panels()
    drain_outbox()
    people = list(User.objects.filter(username__in=[person.username for person in PERSONAS]))

    everything = holder_of_everything()
    counts = {account.username: statements(account) for account in [*people, everything]}

    assert len(counts) == len(PERSONAS) + 1
    assert {name: count for name, count in counts.items() if count > MOST} == {}
    kinds = {item.kind.split(".")[0] for item in todo.items(as_viewer(everything))}
    assert {"ideas", "questionnaires", "wall"} <= kinds
