"""Proposing: two fields, one choice; nothing typed is lost, nothing is sent twice."""

import uuid
from urllib.parse import urlencode

import pytest

from ideas.models import Idea
from src.foundations.testing import drain_outbox
from src.participation.enums import IdentityMode, Signature
from src.participation.models import ContributionDraft
from tests.factories.participation import PhaseFactory, SpaceFactory

from .city import BODY

NEW = "/idees/deposer/"


def typed(**changes):
    """What the form of the page posts."""
    return {
        "boite": "plus-simple",
        "body": BODY,
        "title": "Un banc à l'abri près du portail",
        "identity": "named",
        "token": str(uuid.uuid4()),
        "seen": "",
        "action": "send",
        **changes,
    }


@pytest.mark.parametrize(
    ("identity", "mode", "signature", "shown"),
    [
        ("named", IdentityMode.NAMED, Signature.PERSON, "Nadia B., conductrice"),
        ("team", IdentityMode.NAMED, Signature.TEAM, "Dépôt des Tanneurs"),
        ("protected", IdentityMode.PROTECTED, Signature.PERSON, "Nom protégé"),
    ],
)
def test_sending_answers_with_the_receipt(city, as_, identity, mode, signature, shown):
    client = as_(city.author)

    response = client.post(NEW, typed(identity=identity))

    idea = Idea.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, f"/idees/{idea.reference}/recue/")
    assert (idea.identity_mode, idea.signature, idea.author_id) == (
        mode,
        signature,
        city.author.pk if mode == IdentityMode.NAMED else None,
    )
    receipt = client.get(response.headers["Location"]).content.decode()
    assert idea.reference in receipt
    page = as_(city.reader).get(f"/idees/{idea.reference}/").content.decode()
    assert shown in page
    drain_outbox()


def test_ten_equal_posts_leave_one_idea(city, as_):
    client, form = as_(city.author), typed()

    places = {client.post(NEW, form).headers["Location"] for _each in range(10)}

    assert Idea.objects.count() == 1
    assert len(places) == 1
    drain_outbox()


def test_the_title_comes_from_the_first_line_when_it_was_left_empty(city, as_):
    as_(city.author).post(NEW, typed(title="  "))

    assert Idea.objects.get().title == "En attendant le camion, il n'y a nulle part où s'asseoir au sec"
    drain_outbox()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body": ""}, "Écrivez ce qui pourrait aller mieux"),
        ({"body": "Trop court."}, "Dites-en un peu plus"),
        ({"body": "x" * 2001}, "Raccourcissez votre texte"),
        ({"title": "Court"}, "au moins dix caractères"),
        ({"identity": ""}, "Choisissez comment vous voulez apparaître"),
        ({"identity": "anonymous"}, "anonymous"),
    ],
)
def test_a_refusal_keeps_everything_typed(city, as_, changes, sentence):
    form = typed(**changes)

    response = as_(city.author).post(NEW, form)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert response.context["form"]["body"].value() == form["body"]
    assert response.context["form"]["title"].value() == form["title"]
    assert "<title>Erreur" in page
    assert Idea.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["\x00" * 40 + BODY, "\ud800" + BODY, "é" * 1_000_000, "\u202e" + BODY, "\u202e" * 3000]
)
def test_hostile_text_never_breaks_the_page(city, as_, body):
    posted = urlencode(typed(body=body), errors="surrogatepass")

    response = as_(city.author).post(NEW, posted, content_type="application/x-www-form-urlencoded")

    assert response.status_code in (303, 422)
    drain_outbox()


def test_an_unknown_token_field_counts_as_none(city, as_):
    response = as_(city.author).post(NEW, typed(token="'; drop table", draft="zzz"))

    assert response.status_code == 422


def test_close_ideas_are_shown_once_before_sending(city, as_):
    near = city.opened("Un banc couvert près du portail")
    drain_outbox()
    client = as_(city.author)

    first = client.post(NEW, typed())
    second = client.post(NEW, typed(seen=near.reference))

    assert first.status_code == 200
    assert "L’une d’elles dit-elle la même chose" in first.content.decode()
    assert near.title in first.content.decode()
    assert second.status_code == 303
    drain_outbox()


def test_the_piece_of_page_shows_five_ideas_at_most(city, as_):
    for number in range(7):
        city.opened(f"Un banc à l'abri près du portail {number}")
    drain_outbox()
    client = as_(city.reader)

    response = client.post("/idees/proches/", {"title": "Un banc à l'abri près du portail", "body": BODY})
    short = client.post("/idees/proches/", {"title": "", "body": "Un banc"})

    assert len(response.context["similar"]) == 5
    assert short.context["similar"] == []


def test_a_draft_is_kept_found_again_and_deleted(city, as_):
    client = as_(city.author)

    kept = client.post("/idees/deposer/brouillon/", typed(body="Un banc, peut-être deux", identity="protected")).json()
    drain_outbox()
    again = as_(city.author).get(NEW)
    mine = as_(city.author).get("/idees/miennes/")
    gone = as_(city.author).post("/idees/deposer/brouillon/supprimer/", {"draft": kept["fields"]["draft"]})

    assert kept["sentence"].startswith("Brouillon enregistré à ")
    assert again.context["form"]["body"].value() == "Un banc, peut-être deux"
    assert again.context["form"]["identity"].value() == "protected"
    assert [str(draft.token) for draft in mine.context["drafts"]] == [kept["fields"]["draft"]]
    assert gone.status_code == 303
    assert ContributionDraft.objects.count() == 0


def test_saving_again_writes_the_same_draft(city, as_):
    client = as_(city.author)

    first = client.post("/idees/deposer/brouillon/", typed(body="Un banc")).json()["fields"]["draft"]
    second = client.post("/idees/deposer/brouillon/", typed(body="Un banc couvert", draft=first)).json()["fields"][
        "draft"
    ]

    assert first == second
    assert ContributionDraft.objects.count() == 1
    drain_outbox()


def test_sending_deletes_the_draft(city, as_):
    client = as_(city.author)
    draft = client.post("/idees/deposer/brouillon/", typed()).json()["fields"]["draft"]

    client.post(NEW, typed(draft=draft))

    assert ContributionDraft.objects.count() == 0
    drain_outbox()


def test_somebody_elses_draft_is_neither_read_nor_written_nor_deleted(city, as_):
    draft = as_(city.author).post("/idees/deposer/brouillon/", typed(body="À moi seule")).json()["fields"]["draft"]
    drain_outbox()
    other = as_(city.reader)

    resumed = other.post("/idees/deposer/brouillon/reprendre/", {"draft": draft})
    written = other.post("/idees/deposer/brouillon/", typed(body="Autre chose", draft=draft)).json()["fields"]["draft"]
    other.post("/idees/deposer/brouillon/supprimer/", {"draft": draft})

    assert (resumed.status_code, resumed.headers["Location"]) == (303, "/idees/miennes/")
    assert written != draft
    assert ContributionDraft.objects.filter(token=draft).exists()
    drain_outbox()


def test_keeping_as_a_draft_needs_nothing_filled(city, as_):
    response = as_(city.author).post(NEW, typed(body="", title="", identity="", action="draft"))

    assert (response.status_code, response.headers["Location"]) == (303, "/idees/miennes/#brouillons")
    assert ContributionDraft.objects.count() == 1
    drain_outbox()


def test_with_two_open_boxes_one_chooses(city, as_):
    SpaceFactory(
        slug="menager-son-dos", name="Ménager son dos", process=city.space.process, steering_unit=city.direction
    )

    page = as_(city.author).get(NEW).content.decode()
    chosen = as_(city.author).get(f"{NEW}?boite=menager-son-dos")

    assert "Où déposer votre idée" in page
    assert chosen.context["space"].slug == "menager-son-dos"


def test_beside_calls_one_writes_at_once_in_the_permanent_box(city, as_):
    call = SpaceFactory(slug="dos", name="Ménager son dos", process=city.space.process, steering_unit=city.direction)
    call.phases.all().delete()
    PhaseFactory(space=call, opens=-1, closes=20)

    page = as_(city.author).get(NEW)
    elsewhere = as_(city.author).get(f"{NEW}?ailleurs=1").content.decode()

    assert page.context["space"] == city.space
    assert f'href="{NEW}?ailleurs=1"' in page.content.decode()
    assert "Où déposer votre idée" in elsewhere
    assert "?boite=dos" in elsewhere


def test_a_closed_box_says_so(city, as_):
    city.space.phases.all().delete()
    PhaseFactory(space=city.space, opens=-20, closes=-10)

    page = as_(city.author).get(NEW)
    refused = as_(city.author).post(NEW, typed())

    assert "Aucune boîte n’est ouverte" in page.content.decode()
    assert refused.status_code == 403
    assert Idea.objects.count() == 0


def test_the_receipt_is_for_the_author_alone(city, as_):
    idea = city.protected()

    assert as_(city.author).get(f"/idees/{idea.reference}/recue/").status_code == 200
    assert as_(city.reader).get(f"/idees/{idea.reference}/recue/").status_code == 404
    assert as_(city.correspondent).get(f"/idees/{idea.reference}/recue/").status_code == 404


def test_details_are_added_after_sending(city, as_):
    idea = city.submitted()

    response = as_(city.author).post(
        f"/idees/{idea.reference}/recue/",
        {"part": "details", "kind": "pain_point", "direction": city.other_direction.pk, "tags": "Froid, banc, froid"},
    )

    idea.refresh_from_db()
    assert (response.status_code, response.headers["Location"]) == (303, f"/idees/{idea.reference}/")
    assert (idea.kind, idea.direction) == ("pain_point", city.other_direction)
    assert sorted(idea.tags.names()) == ["banc", "froid"]
    drain_outbox()


def test_going_very_fast_is_told_in_words(city, as_, monkeypatch):
    monkeypatch.setattr("src.foundations.ratelimit.hit_in_memory", lambda *_args: False)

    response = as_(city.author).post(NEW, typed())

    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert "Vous allez très vite" in response.content.decode()
    assert Idea.objects.count() == 0
