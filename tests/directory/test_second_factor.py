"""The second factor asked of staff, when the city requires it."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from src.directory.enums import Role
from tests.factories.directory import AgentFactory, ExternalFactory, grant

pytestmark = pytest.mark.django_db
SECRET = "trois mots choisis"


@pytest.fixture(autouse=True)
def _required(settings):
    cache.clear()
    settings.TERRAIN_MFA_REQUIRED = True
    settings.MFA_ADAPTER = "src.directory.adapters.MfaAdapter"


def _sign_in(client, name="sophie"):
    return client.post("/connexion/", {"identifier": name, "secret": SECRET})


def _code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _set_up(client):
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].split("?")[0] == reverse("account_reauthenticate")
    client.post(asked["Location"], {"password": SECRET})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert response.status_code == 302, response.content.decode()
    return secret


@pytest.mark.parametrize(
    "path", ["/gestion/", "/gestion/pages/", "/gestion/annuaire/roles/", "/", "/idees/", "/api/v1/spaces/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_a_factor_is_led_to_set_one_up(client, path, method):
    client.force_login(AgentFactory(roles=[(Role.EDITOR, None)]))

    response = getattr(client, method)(path)

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/connexion/securite/")


def test_every_role_owes_one(client):
    for role in Role.values:
        visitor = Client()
        # Whoever was elected isn't an agent.
        person = ExternalFactory if role == Role.ELECTED_OFFICIAL else AgentFactory
        visitor.force_login(person(roles=[(role, None)]))
        assert visitor.get("/idees/")["Location"].startswith("/connexion/securite/")


def test_ordinary_agent_owes_none(client):
    client.force_login(AgentFactory())

    assert not client.get("/").get("Location", "").startswith("/connexion/securite/")


def test_nobody_owes_one_when_the_city_does_not_require_it(client, settings):
    settings.TERRAIN_MFA_REQUIRED = False
    client.force_login(AgentFactory(roles=[(Role.EDITOR, None)]))

    assert not client.get("/").get("Location", "").startswith("/connexion/securite/")


@pytest.mark.django_db(transaction=True)
def test_factor_set_up_opens_the_session_and_is_asked_at_the_next_sign_in(client):
    AgentFactory(username="sophie", password=SECRET, roles=[(Role.DECISION_MAKER, None)])
    _sign_in(client)
    secret = _set_up(client)

    assert not client.get("/").get("Location", "").startswith("/connexion/")
    other = Client()
    asked = _sign_in(other)
    assert (asked["Location"], other.session.get("_auth_user_id")) == (reverse("mfa_authenticate"), None)
    assert other.get(asked["Location"]).status_code == 200
    other.post(asked["Location"], {"code": "000000"})
    assert other.session.get("_auth_user_id") is None
    cache.clear()
    done = other.post(asked["Location"], {"code": _code(secret)})
    assert (done.status_code, done["Location"]) == (302, "/")
    assert not other.get("/").get("Location", "").startswith("/connexion/")


def test_secret_of_the_app_is_sealed_in_the_database(client, django_capture_on_commit_callbacks):
    AgentFactory(username="sophie", password=SECRET, roles=[(Role.DECISION_MAKER, None)])
    _sign_in(client)
    secret = _set_up(client)

    stored = Authenticator.objects.get(type="totp").data
    assert secret not in str(stored)
    assert stored["secret"]


def test_session_opened_before_the_role_is_asked_for_its_factor(client):
    agent = AgentFactory(username="sophie", password=SECRET)
    _sign_in(client)
    Authenticator.objects.create(user=agent, type="totp", data={"secret": "x"})
    grant(agent, Role.EDITOR)

    response = client.get("/gestion/")

    assert response["Location"].split("?")[0] == reverse("mfa_reauthenticate")
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200


def test_last_factor_can_not_be_removed_while_it_is_owed(client, django_capture_on_commit_callbacks):
    AgentFactory(username="sophie", password=SECRET, roles=[(Role.DECISION_MAKER, None)])
    _sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        _set_up(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(type="totp").count() == 1


def test_every_page_of_security_is_ours(client, django_capture_on_commit_callbacks):
    AgentFactory(username="sophie", password=SECRET, roles=[(Role.DECISION_MAKER, None)])
    _sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        _set_up(client)
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
                 "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "account_reauthenticate",
                 "mfa_reauthenticate"):  # fmt: skip
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert 'id="contenu"' in page.content.decode(), name
        assert page.content.decode().count("<h1") == 1, name


def test_pages_outside_the_session_are_ours(client):
    for path in ("/connexion/", "/connexion/compte-ferme/", "/connexion/oidc-refus/"):
        page = client.get(path)
        assert page.status_code in (200, 403)
        assert page.content.decode().count("<h1") == 1


def test_sealed_text_comes_back_the_same():
    from src.directory.adapters import MfaAdapter

    adapter = MfaAdapter()

    assert adapter.decrypt(adapter.encrypt("JBSWY3DPEHPK3PXP")) == "JBSWY3DPEHPK3PXP"
