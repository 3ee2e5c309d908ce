"""Roles in one space: given, ended, journalled, and what the viewer knows of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from src.directory import qualifications
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, journal
from src.foundations.models import AuditEntry, OutboxEvent, Seal
from src.foundations.testing import drain_outbox
from src.participation.models import SpaceRoleGrant
from src.participation.services import end_space_role, grant_space_role
from tests.factories.directory import AgentFactory, ExternalFactory, away
from tests.factories.participation import SpaceFactory, grant_in_space

pytestmark = pytest.mark.django_db


def test_a_role_in_a_space_is_known_to_the_viewer_there_and_nowhere_else():
    user, here, elsewhere = AgentFactory(), SpaceFactory(), SpaceFactory()

    grant_in_space(user, Role.MODERATOR, here)

    viewer = as_viewer(user)
    assert viewer.role_spaces(Role.MODERATOR) == {here.pk}
    assert viewer.has_role(Role.MODERATOR, space_id=here.pk)
    assert not viewer.has_role(Role.MODERATOR, space_id=elsewhere.pk)
    assert not viewer.has_role(Role.FACILITATOR, space_id=here.pk)


def test_granting_and_ending_leave_chained_entries_and_stop_at_once():
    admin, user, space = AgentFactory(), AgentFactory(), SpaceFactory()
    before = AuditEntry.objects.count()

    grant = grant_space_role(user=user, role=Role.MODERATOR, space=space, actor=admin)
    end_space_role(grant, actor=admin)

    entries = list(AuditEntry.objects.order_by("pk")[before:])
    assert [entry.verb for entry in entries] == ["participation.role_granted", "participation.role_ended"]
    assert entries[0].payload == {
        "account": journal.pseudonym(user),
        "role": "moderator",
        "space": space.slug,
        "deputy": None,
        "from": clock.today().isoformat(),
        "to": None,
    }
    assert Seal.objects.filter(row_pk__in=[str(entry.pk) for entry in entries]).count() == 2
    user.refresh_from_db()
    assert not user.holds_roles
    assert as_viewer(user).roles == frozenset()


def test_a_role_in_a_space_asks_for_the_qualification_and_tells_the_security_mailbox(monkeypatch, settings):
    settings.TERRAIN_SECURITY_EMAIL = "securite@ville.example"
    monkeypatch.setattr(qualifications, "_providers", {})
    trained, untrained, space = AgentFactory(), AgentFactory(), SpaceFactory()
    qualifications.register(Role.MODERATOR, lambda user, role: None if user.pk == trained.pk else "Formation à faire.")

    for people in ({"user": untrained}, {"user": trained, "deputy": untrained}):
        with pytest.raises(ValidationError, match="Formation à faire"):
            grant_space_role(role=Role.MODERATOR, space=space, **people)
    given = grant_space_role(user=trained, role=Role.MODERATOR, space=space)
    end_space_role(given)

    assert OutboxEvent.objects.filter(topic="mail.send").count() == 2
    drain_outbox()


def test_a_deputy_acts_while_the_holder_is_away():
    holder, deputy, space = AgentFactory(), AgentFactory(), SpaceFactory()
    grant_in_space(holder, Role.MODERATOR, space, deputy=deputy)
    assert not as_viewer(deputy).has_role(Role.MODERATOR, space_id=space.pk)

    away(holder, clock.today(), clock.today() + timedelta(days=3))

    assert as_viewer(deputy).has_role(Role.MODERATOR, space_id=space.pk)


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("unit role", "This role isn’t held for a space."),
        ("oneself", "Nobody gives themself a role: ask another administrator."),
        ("own deputy", "Nobody is their own deputy."),
        ("twice", "This person already holds this role here."),
        ("backwards", "The end comes before the start."),
        ("partner moderating", "An external participant can’t hold this role."),
        ("partner for ever", "A partner’s role has an end: give its date."),
        ("ended twice", "This role has already ended."),
    ],
)
def test_a_role_in_a_space_is_refused_with_its_sentence(case, sentence, settings):
    settings.LANGUAGE_CODE = "en"
    user, space, partner = AgentFactory(), SpaceFactory(), ExternalFactory()
    values = {"user": user, "role": Role.MODERATOR, "space": space}
    changes = {
        "unit role": {"role": Role.DECISION_MAKER},
        "oneself": {"actor": user},
        "own deputy": {"deputy": user},
        "backwards": {"ends_on": clock.today() - timedelta(days=1)},
        "partner moderating": {"user": partner, "ends_on": clock.today()},
        "partner for ever": {"user": partner, "role": Role.FACILITATOR},
    }
    count = 0
    if case == "twice":
        grant_space_role(**values)
        count = 1

    from django.utils import translation

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        if case == "ended twice":
            grant = grant_space_role(**values)
            end_space_role(grant)
            count = 1
            end_space_role(grant)
        else:
            grant_space_role(**(values | changes.get(case, {})))

    assert refusal.value.messages == [sentence]
    assert SpaceRoleGrant.objects.count() == count
