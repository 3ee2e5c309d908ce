"""A prepared decision: outside the deciders, every page, file, answer, header, count and order is the same byte for byte.

The clock stands still, so that a difference can only come from the decision. What is drawn anew at each request
(the form's token, the request's id) is left out. After the announcement the same pages change.
"""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client

from src.accountability.models import Decision
from src.directory.models import User
from tests.access.addresses import ROLES, WHOLE

from .city import announce, build_city, crawl, plant, prepare, read

NOON = datetime.datetime(2026, 11, 18, 11, 0, tzinfo=datetime.UTC)
# Whoever decides in the idea's direction; everybody else is outside.
DECIDERS = {"decideur"}
OUTSIDE = tuple(role for role in ROLES if role not in DECIDERS)
MORE = ("agent2", "encadrement", "egalite", "elu", "decideur2", "jury", "facilitation", "instructeur2")


@pytest.fixture
def waiting(db):
    """An idea that waits for its decision, at a moment that doesn't pass."""
    with time_machine.travel(NOON, tick=False):
        city = build_city()
        plant(city)
        for person in MORE:
            city.as_(person)
        yield city


def _author(city) -> Client:
    city.world.clients["author"] = city.client
    return city.client


PAGES_OF_IDEAS = (
    "/",
    "/idees/",
    "/idees/export.csv",
    "/idees/miennes/",
    "/idees/atelier/",
    "/idees/atelier/annonces/",
    "/idees/atelier/to_decide/",
    "/idees/atelier/overdue/",
    "/api/v1/ideas/",
    "/api/v1/ideas/?sort=due",
    "/api/v1/ideas/?sort=supported",
    "/api/v1/spaces/",
    "/recherche/?q=barri%C3%A8re",
    "/recherche/?q=badge&tri=recents",
    "/recherche/?q=distribue",
    "/api/v1/search/?q=badge",
    "/moi/messages/",
    "/reponses/conseil/",
    "/gestion/",
    "/gestion/rapports-idees/funnel/",
    "/gestion/rapports-idees/delays/",
    "/gestion/rapports-idees/overdue/",
)


# A word of the answer alone: found once announced.
FOUND = "/recherche/?q=distribue"
FOUND_BY_API = "/api/v1/search/?q=distribue"


def _short(city, who, only=None) -> dict:
    reference = city.idea.reference
    steps = ("decide_accepted", "back_to_study", "withdraw_decision_pending", "countersign_accepted", "send_back")
    own = [
        f"/idees/{reference}/",
        f"/idees/{reference}/evaluer/",
        f"/idees/{reference}/retirer/",
        f"/idees/{reference}/recue/",
        f"/idees/{reference}/modifier/",
        f"/api/v1/ideas/{reference}/",
        f"/reponses/conseil/{reference}/",
        f"/reponses/conseil/{reference}/demander/",
        *(f"/idees/{reference}/etape/{step}/" for step in steps),
    ]
    addresses = only or (*PAGES_OF_IDEAS, *own)
    return {(name, url): read(city.world.client(name), url) for name in who for url in addresses}


def _whole(city) -> dict:
    """What PostgreSQL is asked of the product's addresses, each read by three of the nine outsiders.

    On SQLite the addresses that tell of ideas stand for them, read by all; with TERRAIN_WHOLE=1, all read all.
    """
    return {} if connection.vendor == "sqlite" else crawl(city, OUTSIDE, one_in=1 if WHOLE else 3)


def _different(before: dict, after: dict) -> list:
    return [
        f"{key} {before[key].status} {after[key].status} {_first_difference(before[key], after[key])}"
        for key in before
        if before[key] != after[key]
    ]


def _first_difference(one, two) -> object:
    if one.headers != two.headers:
        return set(one.headers) ^ set(two.headers)
    at = next((n for n, (a, b) in enumerate(zip(one.body, two.body, strict=False)) if a != b), -1)
    return one.body[max(0, at - 80) : at + 120], two.body[max(0, at - 80) : at + 120]


def test_before_and_after_preparing_read_the_same_outside_the_deciders(waiting):
    city = waiting
    _author(city)
    outsiders = OUTSIDE if connection.vendor == "sqlite" else ()
    more = (*MORE, *outsiders, "author")
    before, more_before = _whole(city), _short(city, more)
    again = _short(city, ("author",))

    prepare(city)

    after, more_after = _whole(city), _short(city, more)
    assert _different(again, more_before) == [], "two equal readings must be equal"
    assert Decision.objects.filter(subject_reference=city.idea.reference, batch__announced_at=None).exists()
    assert _different(before, after) == []
    assert _different(more_before, more_after) == []

    announce(city)

    page, api = f"/idees/{city.idea.reference}/", f"/api/v1/ideas/{city.idea.reference}/"
    # Who was elected isn't an agent: they read nothing of it, announced or not.
    readers = tuple(one for one in (*MORE, "author") if one != "elu")
    told = _short(city, readers, only=(page, api, "/idees/", "/api/v1/ideas/", FOUND))
    assert [key for key, answer in told.items() if answer == more_before[key]] == []


def test_a_conditional_read_answers_not_modified_until_the_announcement(waiting):
    city = waiting
    client = city.as_("agent2")
    addresses = [f"/api/v1/ideas/{city.idea.reference}/", "/api/v1/ideas/", "/api/v1/ideas/?sort=due"]
    addresses.append(FOUND_BY_API)
    held = {url: client.get(url).headers["ETag"] for url in addresses}

    prepare(city)
    quiet = {url: client.get(url, HTTP_IF_NONE_MATCH=tag).status_code for url, tag in held.items()}
    announce(city)
    told = {url: client.get(url, HTTP_IF_NONE_MATCH=tag).status_code for url, tag in held.items()}

    assert quiet == dict.fromkeys(addresses, 304)
    assert told == dict.fromkeys(addresses, 200)


def test_the_decider_alone_sees_what_is_prepared(waiting):
    city = waiting
    client = city.as_("decideur")
    page = f"/idees/{city.idea.reference}/etape/decide_accepted/"
    before = read(client, page)

    prepare(city)

    assert read(client, page) != before
    assert "Commander les badges" in read(client, page).body.decode()


def test_a_superuser_without_a_role_reads_nothing_more(waiting):
    """A superuser holds no role on ideas: the platform's keys aren't the decider's pen."""
    city = waiting
    root = User.objects.create_superuser("racine", "x")
    client = Client(raise_request_exception=False)
    client.force_login(root, backend="src.directory.backends.DirectoryBackend")
    city.world.clients["root"] = client
    before = _short(city, ("root",))

    prepare(city)

    assert _different(before, _short(city, ("root",))) == []
