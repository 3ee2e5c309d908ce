"""What an attacker learns at the door, and what the city's identity provider may open."""

from types import SimpleNamespace

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from src.directory import hashers as ours
from src.directory.adapters import SocialAccountAdapter
from src.directory.services.codes import issue_codes
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db
SECRET = "trois mots choisis"


def _cost(monkeypatch, **form):
    """How many statements and password hashes one attempt costs."""
    hasher, calls = type(hashers.get_hasher("default")), []
    plain = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args, **kwargs: calls.append(1) or plain(*args, **kwargs))
    with CaptureQueriesContext(connection) as captured:
        Client().post("/connexion/", form)
    monkeypatch.undo()
    kinds = [query["sql"].split()[0] for query in captured.captured_queries]
    return len(calls), [kind for kind in kinds if kind in ("SELECT", "INSERT", "UPDATE", "DELETE")]


def test_refusal_costs_the_same_for_everybody(monkeypatch):
    AgentFactory(username="nadia", password=SECRET)
    AgentFactory(username="sansmdp", password=None)
    AgentFactory(username="ferme", password=SECRET, is_active=False)
    issue_codes([AgentFactory(username="lettre", email=None)])

    costs = [
        _cost(monkeypatch, identifier=name, secret=secret)
        for name in ("nadia", "nobody", "sansmdp", "ferme", "lettre")
        for secret in ("0123456789ABC", "une phrase fausse")
    ]

    assert [hashes for hashes, _statements in costs] == [1] * len(costs)
    assert {tuple(statements) for _hashes, statements in costs} == {tuple(costs[0][1])}


def test_email_code_costs_the_same_statements_for_everybody(monkeypatch):
    AgentFactory(username="nadia", email="nadia@ville.example")
    AgentFactory(username="sansmail", email=None)

    costs = {tuple(_cost(monkeypatch, identifier=name, mail="1")[1]) for name in ("nadia", "nobody", "sansmail")}

    assert len(costs) == 1
    drain_outbox()


def test_passwords_are_hashed_at_owasps_minimum():
    hasher = ours.OwaspArgon2PasswordHasher()

    assert hasher.encode("secret", "saltsaltsalt").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def _login(claims, connected):
    return SimpleNamespace(
        is_existing=False,
        account=SimpleNamespace(extra_data={"userinfo": claims}),
        connect=lambda request, user: connected.append(user),
    )


@pytest.mark.parametrize(
    ("claims", "opens"),
    [
        ({"email": "NADIA@ville.example", "email_verified": True}, True),
        ({"email": "nadia@ville.example", "email_verified": False}, False),
        ({"email": "nadia@ville.example"}, False),
        ({"email": "nadia@ville.example", "email_verified": "true"}, False),
        ({"email": "nobody@ville.example", "email_verified": True}, False),
        ({"matricule": "a1"}, True),
        ({"matricule": "B2", "email": "nadia@ville.example", "email_verified": True}, False),
        ({}, False),
    ],
)
def test_provider_opens_known_accounts_alone(rf, settings, claims, opens):
    settings.TERRAIN_OIDC_NUMBER_CLAIM = "matricule"
    agent = AgentFactory(email="nadia@ville.example", personnel_number="A1")
    AgentFactory(email="closed@ville.example", personnel_number="B2", is_active=False)
    connected = []

    try:
        SocialAccountAdapter(rf.get("/")).pre_social_login(rf.get("/"), _login(claims, connected))
    except ImmediateHttpResponse as refusal:
        assert refusal.response["Location"] == "/connexion/oidc-refus/"

    assert connected == ([agent] if opens else [])


def test_provider_makes_no_account(rf):
    assert SocialAccountAdapter().is_open_for_signup(rf.get("/"), None) is False
