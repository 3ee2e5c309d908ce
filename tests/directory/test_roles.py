"""Roles: given, delegated, ended; the flags that follow and the journal that stays."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from src.directory import qualifications
from src.directory.enums import Role
from src.directory.models import RoleGrant, User
from src.directory.selectors import acting, holders
from src.directory.services import close_unit, declare_absence, end_role, grant_role, refresh_role_flags
from src.directory.viewer import as_viewer, read_account
from src.foundations import clock
from src.foundations.models import AuditEntry, Seal
from tests.factories.directory import (
    LONG_AGO,
    AgentFactory,
    DirectionFactory,
    ExternalFactory,
    UnitFactory,
    away,
    grant,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def _flags(*people):
    return [(user.holds_roles, user.is_staff) for user in (User.objects.get(pk=person.pk) for person in people)]


def test_flags_follow_roles_of_holder_and_deputy():
    holder, deputy, other = AgentFactory(), AgentFactory(), AgentFactory()

    given = grant(holder, Role.DELEGATE, DirectionFactory(), deputy=deputy)
    assert _flags(holder, deputy, other) == [(True, True), (True, True), (False, False)]

    end_role(given)
    assert _flags(holder, deputy, other) == [(False, False)] * 3


def test_role_over_its_last_day_takes_the_flags_at_the_next_tick():
    agent = AgentFactory()
    grant_role(user=agent, role=Role.EDITOR, starts_on=LONG_AGO, ends_on=clock.today())
    RoleGrant.objects.update(ends_on=clock.today() - DAY)
    assert as_viewer(read_account(agent.pk)).roles == frozenset()

    refresh_role_flags()

    assert _flags(agent) == [(False, False)]
    assert not User.objects.get(pk=agent.pk).groups.exists()


def test_superuser_stays_staff():
    agent = AgentFactory(is_superuser=True, is_staff=True)

    refresh_role_flags()

    assert _flags(agent) == [(False, True)]


@pytest.mark.parametrize(
    "case",
    ["unknown role", "own deputy", "self", "twice", "closed unit", "external", "external deputy", "end before start"],
)
def test_roles_that_are_refused(case):
    agent, unit = AgentFactory(), DirectionFactory()
    order = {"user": agent, "role": Role.INSTRUCTOR, "unit": unit}
    if case == "unknown role":
        order["role"] = "king"
    elif case == "own deputy":
        order["deputy"] = agent
    elif case == "self":
        order["actor"] = agent
    elif case == "twice":
        grant_role(**order)
    elif case == "closed unit":
        close_unit(unit, on=clock.today() - DAY)
    elif case == "external":
        order["user"] = ExternalFactory()
    elif case == "external deputy":
        order["deputy"] = ExternalFactory()
    elif case == "end before start":
        order["ends_on"] = clock.today() - DAY
    before = RoleGrant.objects.count()

    with pytest.raises(ValidationError):
        grant_role(**order)

    assert RoleGrant.objects.count() == before


def test_partner_may_facilitate():
    partner = ExternalFactory()

    grant_role(user=partner, role=Role.FACILITATOR, unit=DirectionFactory(), ends_on=clock.today() + 90 * DAY)

    assert as_viewer(read_account(partner.pk)).has_role(Role.FACILITATOR)


def test_city_wide_role_is_held_once_in_the_database_too():
    agent = AgentFactory()
    grant(agent, Role.DPO)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=agent, role=Role.DPO, unit=None, starts_on=LONG_AGO)


def test_role_ends_once():
    given = grant(AgentFactory(), Role.DPO)
    end_role(given)

    with pytest.raises(ValidationError):
        end_role(given)


def test_a_role_with_an_end_is_ended_earlier_and_stops_at_once():
    """A partner's role always has its last day: the day they leave doesn't wait for it."""
    partner = ExternalFactory()
    given = grant_role(user=partner, role=Role.FACILITATOR, unit=DirectionFactory(), ends_on=clock.today() + 90 * DAY)

    end_role(given)

    assert not as_viewer(read_account(partner.pk)).has_role(Role.FACILITATOR)
    assert given.ends_on == clock.today() - DAY


def test_role_given_again_after_its_end():
    agent = AgentFactory()
    end_role(grant(agent, Role.DPO))

    grant_role(user=agent, role=Role.DPO)

    assert as_viewer(read_account(agent.pk)).has_role(Role.DPO)


def test_each_change_is_sealed_in_the_same_transaction_under_pseudonyms():
    agent, deputy = AgentFactory(username="unmistakable"), AgentFactory()

    given = grant(agent, Role.INSTRUCTOR, DirectionFactory(code="PRO"), deputy=deputy)

    entry = AuditEntry.objects.get(verb="directory.role_granted", object_ref=f"role:{given.pk}")
    assert Seal.objects.filter(stream="audit", row_pk=entry.pk).count() == 1
    assert (entry.payload["role"], entry.payload["unit"]) == ("instructor", "PRO")
    assert "unmistakable" not in f"{entry.payload}{entry.actor}"
    assert entry.payload["account"] != entry.payload["deputy"]


def test_role_that_asks_for_a_qualification_asks_it_of_deputies_too(monkeypatch):
    monkeypatch.setattr(qualifications, "_providers", {})
    trained, untrained = AgentFactory(), AgentFactory()
    qualifications.register(
        Role.EQUALITY_REFERENT, lambda user, role: None if user.pk == trained.pk else "Formation à faire."
    )
    with pytest.raises(ValueError, match="already"):
        qualifications.register(Role.EQUALITY_REFERENT, lambda user, role: None)

    for order in ({"user": untrained}, {"user": trained, "deputy": untrained}):
        with pytest.raises(ValidationError, match="Formation à faire"):
            grant_role(role=Role.EQUALITY_REFERENT, **order)
    grant_role(user=trained, role=Role.EQUALITY_REFERENT)
    grant_role(user=untrained, role=Role.INSTRUCTOR)

    assert as_viewer(read_account(trained.pk)).has_role(Role.EQUALITY_REFERENT)


def test_absences_do_not_overlap_nor_end_before_they_start():
    agent, today = AgentFactory(), clock.today()
    declare_absence(agent, starts_on=today, ends_on=today + 5 * DAY)

    for start, end in ((3, 8), (5, 5), (-2, 0), (9, 8)):
        with pytest.raises(ValidationError):
            declare_absence(agent, starts_on=today + start * DAY, ends_on=today + end * DAY)
    declare_absence(agent, starts_on=today + 6 * DAY, ends_on=today + 6 * DAY)

    assert agent.absences.count() == 2


def test_holders_are_listed_nearest_first_and_deputies_act_for_the_absent():
    direction = DirectionFactory()
    service = UnitFactory(parent=direction)
    near, far, city, elsewhere, deputy = (AgentFactory() for _n in range(5))
    grant(far, Role.INSTRUCTOR, direction)
    grant(city, Role.INSTRUCTOR)
    grant(near, Role.INSTRUCTOR, service, deputy=deputy)
    grant(elsewhere, Role.INSTRUCTOR, DirectionFactory())

    assert holders(Role.INSTRUCTOR, service) == [near, far, city]
    assert acting(Role.INSTRUCTOR, service) == [near, far, city]

    away(near, clock.today(), clock.today())
    assert acting(Role.INSTRUCTOR, service) == [deputy, far, city]
    assert holders(Role.INSTRUCTOR, direction) == [far, city]
