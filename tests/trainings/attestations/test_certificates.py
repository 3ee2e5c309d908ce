"""A role asks for a certificate that holds, or for none; the refusal says what to do."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation

from src.directory import qualifications
from src.directory.enums import Role
from src.directory.services import roles
from src.foundations import clock
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as obligations
from tests.factories.directory import AgentFactory
from trainings.attestations.models import RoleCertificate
from trainings.attestations.services import certificates
from trainings.ledger.services import revoke

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=366)


@pytest.fixture(autouse=True)
def in_french():
    with translation.override("fr"):
        yield


@pytest.fixture
def admin():
    return AgentFactory(roles=[(Role.ADMINISTRATOR, None)])


@pytest.fixture
def ines():
    return AgentFactory(first_name="Inès", last_name="Rocher")


@pytest.fixture
def obligation(admin):
    refresher = ledger.track("Rappel")
    made = obligations.obligation(validity_months=12, window_days=30, renewal_track=refresher)
    certificates.ask(role=Role.MODERATOR, track=made.track, actor=admin)
    return made


def said(person, role=Role.MODERATOR) -> str:
    return (qualifications.refusal(person, role) or "").replace("\u00a0", " ").replace("\u202f", " ")


def test_without_a_setting_nothing_is_asked(ines):
    assert not RoleCertificate.objects.exists()
    assert [said(ines, role) for role in Role.values] == [""] * len(Role.values)


def test_a_certificate_that_holds_opens_the_role_and_others_ask_for_none(ines, obligation):
    assert "n’a pas le certificat « Accueillir sans discriminer »" in said(ines)
    assert said(ines, Role.EDITOR) == ""

    ledger.completed(ines, obligation.track)

    assert said(ines) == ""


def test_an_expired_one_says_when(ines, obligation):
    ledger.completed(ines, obligation.track, clock.today() - 2 * YEAR)

    assert "a expiré le" in said(ines) and "renouveler" in said(ines)


def test_a_refresher_prolongs_and_never_begins(ines, obligation):
    ledger.completed(ines, obligation.renewal_track)
    assert "n’a pas le certificat" in said(ines)

    ledger.completed(ines, obligation.track, clock.today() - 2 * YEAR)

    assert said(ines) == ""


def test_a_revoked_one_is_said_so(ines, obligation, admin):
    revoke(completion=ledger.completed(ines, obligation.track), reason="Erreur.", actor=admin)

    assert "a été révoqué" in said(ines)


def test_giving_the_role_is_refused_with_these_words_then_given(ines, obligation, admin):
    with pytest.raises(ValidationError, match="certificat"):
        roles.grant_role(user=ines, role=Role.MODERATOR, unit=None, actor=admin)
    ledger.completed(ines, obligation.track)

    assert roles.grant_role(user=ines, role=Role.MODERATOR, unit=None, actor=admin).pk


def test_administrators_alone_ask_and_drop(client, obligation, admin):
    url = reverse("trainings_attestations:certificates")
    with pytest.raises(PermissionDenied):
        certificates.ask(role=Role.EDITOR, track=obligation.track, actor=AgentFactory())
    client.force_login(AgentFactory())
    assert client.get(url).status_code == 403
    client.force_login(admin)

    assert client.post(url, {"role": "editor", "track": obligation.track.pk}).status_code == 303
    assert client.post(url, {"role": "king", "track": obligation.track.pk}).status_code == 422
    assert "Rédaction" in client.get(url).content.decode() or RoleCertificate.objects.filter(role="editor").exists()
    client.post(reverse("trainings_attestations:certificate_drop"), {"role": "editor"})

    assert [one.role for one in RoleCertificate.objects.all()] == [Role.MODERATOR]
