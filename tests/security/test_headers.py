"""The headers of every answer: the designed content policy, closed cookies, nothing personal in a cache."""

import re
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from src.directory.models import User
from src.foundations.testing import forget_effects
from tests.access.addresses import addresses, asked_of_each_role_here, fill
from tests.access.world import build_world

SITE = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "media-src 'self'",
}
ADMIN = (SITE - {"script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "frame-ancestors 'none'", "worker-src 'self'"}) | {
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "worker-src 'self' blob:",
}  # fmt: skip
# Addresses without their final bar: nothing is shown, and the browser leaves at once.
MOVED = {301}
WHO = ("anonymous", "agent", "decideur", "admin")


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """Every address of the product, read once by each of four people, on one database or the other: headers and cookies."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        seen = {}
        for role in WHO:
            for address in addresses():
                if address.route.endswith(("set_position/", "failwhale/", "gestion/logout/")):
                    continue
                if not asked_of_each_role_here(address.route):
                    continue
                client = Client(raise_request_exception=False)
                if role != "anonymous":
                    client.cookies = world.client(role).cookies.copy()
                with transaction.atomic():
                    response = client.get(fill(address, world.values(role, "own")))
                    transaction.set_rollback(True)
                seen[role, address.route] = (
                    response.status_code,
                    dict(response.items()),
                    response.cookies.output(header=""),
                )
        transaction.set_rollback(True)
    return seen


def policy(headers) -> set[str]:
    return {part.strip() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()}


def test_each_answer_carries_its_content_policy(answers):
    wrong = {
        key: policy(headers)
        for key, (status, headers, _cookies) in answers.items()
        if status not in MOVED and policy(headers) != (ADMIN if key[1].startswith("gestion/") else SITE)
    }

    # A file of Wagtail's says its own, stricter still.
    assert {key: found for key, found in wrong.items() if "documents" not in key[1]} == {}
    assert all("default-src 'none'" in found or "sandbox" in found for found in wrong.values())


def test_each_answer_closes_what_nobody_asked_to_open(answers):
    expected = {
        "X-Content-Type-Options": {"nosniff"},
        "Referrer-Policy": {"same-origin"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
        "Cross-Origin-Resource-Policy": {"same-origin"},
        "X-Frame-Options": {"DENY", "SAMEORIGIN"},
        "Permissions-Policy": {"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"},
    }
    assert [
        (key, name, headers.get(name))
        for key, (status, headers, _cookies) in answers.items()
        if status not in MOVED
        for name, values in expected.items()
        if headers.get(name) not in values
    ] == []
    framed = {
        key[1].split("/")[0]
        for key, (_s, headers, _c) in answers.items()
        if headers.get("X-Frame-Options", "DENY") != "DENY"
    }
    assert framed <= {"gestion"}
    assert [key for key, (_s, headers, _c) in answers.items() if {"Server", "X-Powered-By"} & set(headers)] == []


def test_nothing_a_person_reads_stays_in_a_cache(answers):
    kept = [
        (key, headers.get("Cache-Control"))
        for key, (status, headers, _cookies) in answers.items()
        if key[0] != "anonymous"
        and status == 200
        and headers.get("Content-Type", "").startswith(("text/html", "application/json", "text/csv"))
        and "no-store" not in headers.get("Cache-Control", "")
    ]
    # The machine's probes and the API's description are the same for everybody and open no session.
    same_for_all = ("healthz", "readyz", "api/v1/openapi.json")
    assert [each for each in kept if each[0][1] not in same_for_all] == []
    public = [key for key, (_s, headers, _c) in answers.items() if "public" in headers.get("Cache-Control", "")]
    assert public == []


def test_every_cookie_is_closed(answers):
    loose = set()
    for key, (_status, _headers, cookies) in answers.items():
        loose |= {(key[1], name) for name, closed in _closed(cookies) if not closed}
    assert loose == set()


def test_cookies_of_gestures_are_closed_too(db):
    world = build_world()
    client = Client()
    client.get("/connexion/")
    client.post("/langue/", {"langue": "fr"})
    client.post("/connexion/demonstration/", {"persona": "agent"})
    draft = client.post("/idees/deposer/brouillon/", {"body": "Un banc à l'abri", "boite": "plus-simple"})
    client.post("/affichage/", {"theme": "sombre"})

    assert draft.status_code == 200
    names = {name for name, _closed in _closed(client.cookies.output(header=""))}
    assert {"sessionid", "csrftoken", "terrain_recent", "theme", "langue"} <= names
    assert [name for name, closed in _closed(client.cookies.output(header="")) if not closed] == []
    assert world.client("agent").get("/idees/").headers["Cache-Control"].split(", ").count("no-store") == 1
    forget_effects()


def test_leaving_wipes_the_device(db):
    build_world()
    client = Client()
    client.force_login(User.objects.get(username="agent"), backend="src.directory.backends.DirectoryBackend")
    response = client.post("/deconnexion/")

    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/idees/miennes/").status_code == 302


def _closed(cookies: str) -> list[tuple[str, bool]]:
    """Each cookie set, and whether scripts and other sites are kept away from it."""
    found = []
    for line in filter(None, re.split(r"\r?\n", cookies)):
        jar = SimpleCookie(line.strip())
        found += [
            (name, bool(morsel["httponly"]) and morsel["samesite"] in ("Lax", "Strict"))
            for name, morsel in jar.items()
        ]
    return found
