"""The read API: the same gate, the same words, opaque cursors, no name of an account, no day that isn't signed."""

import json

import pytest

from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from tests.factories.participation import SpaceFactory

IDEAS, SPACES = "/api/v1/ideas/", "/api/v1/spaces/"


def test_spaces_are_those_of_ones_circles(city, as_):
    SpaceFactory(slug="ouverte", name="Parlons-en", circle=Circle.EVERYONE)

    seen = {
        name: [space["slug"] for space in as_(user).get(SPACES).json()["items"]]
        for name, user in (("visitor", None), ("agent", city.reader))
    }

    assert seen == {"visitor": ["ouverte"], "agent": ["ouverte", "plus-simple"]}


def test_a_space_says_what_is_open_now(city, as_):
    space = as_(city.reader).get(SPACES).json()["items"][0]

    assert sorted(space) == [
        "activities",
        "circle",
        "identity_modes",
        "is_archive",
        "licence_note",
        "name",
        "open_verbs",
        "phases",
        "slug",
        "summary",
    ]
    assert space["open_verbs"] == ["comment", "propose", "support"]


def test_ideas_are_those_one_may_see(city, as_):
    idea = city.opened()

    assert [row["reference"] for row in as_(city.reader).get(IDEAS).json()["items"]] == [idea.reference]
    assert as_(None).get(IDEAS).json() == {"items": [], "next": None}
    assert as_(None).get(f"{IDEAS}{idea.reference}/").status_code == 404
    assert as_(city.reader).get(f"{IDEAS}{idea.reference.lower()}/").json()["reference"] == idea.reference
    drain_outbox()


def test_a_protected_idea_tells_its_week_and_nothing_of_its_author(city, as_):
    idea = city.protected()

    text = as_(city.reader).get(f"{IDEAS}{idea.reference}/").content.decode()
    answer = json.loads(text)

    assert (answer["week"], answer["created_on"], answer["signed_as"]) == (idea.week.isoformat(), None, "Nom protégé")
    for secret in ("Nadia", "Benali", "nadia", str(idea.handle), "author", "handle"):
        assert secret not in text


def test_a_decided_idea_carries_its_answer(city, as_):
    idea = city.decided()

    answer = as_(city.reader).get(f"{IDEAS}{idea.reference}/").json()["answer"]

    assert (answer["outcome"], answer["signed_by"]) == ("accepted", "Sophie Lantier, cheffe du service technique")


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_statements_whatever_its_length(city, as_, django_assert_max_num_queries, count):
    for number in range(count):
        city.opened(f"Une idée numéro {number} pour le dépôt")
    client = as_(city.reader)
    client.get(IDEAS)

    with django_assert_max_num_queries(5) as statements:
        client.get(IDEAS)

    assert len(statements) == 5
    drain_outbox()


def test_pages_follow_by_opaque_cursors(city, as_, monkeypatch):
    monkeypatch.setattr("ideas.api.PAGE_SIZE", 2)
    for number in range(5):
        city.opened(f"Une idée numéro {number} pour le dépôt")
    client, seen, cursor = as_(city.reader), [], ""

    while cursor is not None:
        page = client.get(IDEAS, {"cursor": cursor}).json()
        seen += [row["title"] for row in page["items"]]
        cursor = page["next"]

    assert sorted(seen) == [f"Une idée numéro {number} pour le dépôt" for number in range(5)]
    drain_outbox()


@pytest.mark.parametrize(
    "query",
    ["cursor=zzz", "cursor=" + "9" * 3000, "q=%00", "step=%ED%A0%80", "kind=99999999999999999999", "since=2020-01-01"],
)
def test_hostile_questions_never_break_it(city, as_, query):
    city.opened()

    response = as_(city.reader).get(f"{IDEAS}?{query}")

    assert response.status_code == (400 if query.startswith("cursor") else 200)
    assert response.headers["Content-Type"].startswith("application/json")
    drain_outbox()


def test_asking_again_with_the_etag_answers_304(city, as_):
    city.opened()
    client = as_(city.reader)
    etag = client.get(IDEAS).headers["ETag"]

    same = client.get(IDEAS, headers={"if-none-match": etag})
    city.opened("Une seconde idée pour le dépôt")
    changed = client.get(IDEAS, headers={"if-none-match": etag})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert changed.status_code == 200
    drain_outbox()


def test_too_many_calls_are_told_when_to_come_back(city, as_, monkeypatch):
    monkeypatch.setattr("src.foundations.ratelimit.hit", lambda *_args: False)

    response = as_(city.reader).get(IDEAS)

    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")


def test_callers_without_account_are_told_apart_behind_the_proxy(client, city, settings, monkeypatch):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    counted = []
    monkeypatch.setattr("src.foundations.ratelimit.hit", lambda bucket, key, *_rest: counted.append(key) or True)

    for address in ("198.51.100.7", "198.51.100.8"):
        client.get(IDEAS, headers={"X-Forwarded-For": address}, REMOTE_ADDR="10.0.0.1")

    assert counted == ["address:198.51.100.7", "address:198.51.100.8"]


def test_it_reads_and_never_writes(city, as_):
    idea = city.opened()

    codes = {
        method: getattr(as_(city.reader), method)(f"{IDEAS}{idea.reference}/").status_code
        for method in ("post", "put", "patch", "delete")
    }

    assert set(codes.values()) == {405}
    drain_outbox()


def test_openapi_describes_every_address_and_no_interactive_page_exists(city, as_):
    document = as_(None).get("/api/v1/openapi.json").json()

    assert {IDEAS, SPACES, f"{IDEAS}{{reference}}/"} <= set(document["paths"])
    assert as_(None).get("/api/v1/docs/").status_code == 404
