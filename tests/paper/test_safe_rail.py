"""A sheet that bears witness to something grave: nothing of it is kept before its author has chosen."""

import html

import pytest
from django.test import Client

from ideas.models import Idea
from ideas.services import ask_author
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.paper import codes, registry, services
from src.paper.models import Batch, TypedSheet
from tests.factories.directory import AgentFactory
from tests.factories.ideas import IdeaFactory
from tests.security.city import dump

from .conftest import TEXT, TITLE

TOLD = "Mon chef me harcèle depuis des mois et personne ne bouge."
HELD = "Ce que dit cette feuille mérite peut-être mieux qu'une idée"
OWN_HELD = "Ce que vous écrivez mérite peut-être mieux qu'une idée"


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def words(response) -> str:
    return html.unescape(response.content.decode()).replace("’", "'").replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def typing(desk):
    """Malika at her desk with a batch open; an idea of Nadia's, its question and its code."""
    desk.idea = IdeaFactory(space=desk.box, author=desk.nadia, stage="submitted")
    moderator = AgentFactory(roles=[(Role.MODERATOR, None)])
    ask_author(idea=desk.idea, actor=moderator, text="Que s'est-il passé ?")
    desk.slip = codes.issue("idea", desk.idea.handle)
    desk.referent = AgentFactory(
        first_name="Solène", last_name="Arnal", email="solene@ville.example",
        roles=[(Role.EQUALITY_REFERENT, desk.depot)],
    )  # fmt: skip
    batch = services.open_batch(actor=desk.malika, unit=desk.depot, held_on=clock.today(), announced=1)
    desk.here = f"/papier/lots/{batch.reference}/"
    desk.lot = batch
    drain_outbox()
    return desk


def sheet_of(desk, paper) -> dict:
    """A sheet of this kind whose words tell something grave."""
    about = desk.about(paper)
    data = {"lot-kind": f"{paper.key}:{about}", "lot-sheet": "", "reference": desk.idea.reference}
    data |= {"identity": "protected", "title": TITLE, "body": TEXT, "who-code": desk.slip.spaced}
    return {**data, paper.watched[-1]: TOLD}


WATCHED = [paper for paper in registry.forms() if paper.watched]


def test_every_sheet_with_words_of_ones_own_is_watched():
    # Of a questionnaire, its own questions say which are watched (tests/questionnaires/test_sheets.py).
    known = {paper.key for paper in registry.forms() if paper.adapt is None}
    assert known - {paper.key for paper in WATCHED} == {
        "soutien",
        "precisions",
        "suivi",
        "prevenir",
        "rouvrir",
    }


@pytest.mark.parametrize("paper", WATCHED, ids=lambda paper: paper.key)
def test_a_noticed_sheet_writes_nothing_and_says_who_helps(typing, paper):
    client, sheet = client_of(typing.malika), sheet_of(typing, paper)
    forget_effects()
    before = dump()

    page = client.post(f"{typing.here}saisir/", sheet)

    assert page.status_code == 200
    assert HELD in words(page) and "Solène Arnal" in words(page) and TOLD in words(page)
    assert "no-store" in page["Cache-Control"]
    assert {table: rows for table, rows in dump().items() if rows != before[table]} == {}


def test_its_author_wants_it_sent_and_no_row_says_that_it_was_noticed(typing):
    paper, client = registry.form("idee"), client_of(typing.malika)

    kept = client.post(f"{typing.here}saisir/", {**sheet_of(typing, paper), "en_idee": "1"})

    assert kept.status_code == 303
    sheet = TypedSheet.objects.get()
    assert "en_idee" not in services.batches.opened(sheet).data
    services.close_typing(actor=typing.malika, batch=Batch.objects.get(pk=typing.lot.pk))
    second = {**sheet_of(typing, paper), "lot-sheet": sheet.pk, "action": "send"}
    # Chosen once: whoever looks again isn't asked the same.
    assert client_of(typing.gerard).post(f"{typing.here}relire/", second).status_code == 303
    assert Idea.objects.filter(body=TOLD).exists()
    drain_outbox()


def test_words_that_appear_at_the_second_look_are_held_too(typing):
    paper, client = registry.form("idee"), client_of(typing.malika)
    client.post(f"{typing.here}saisir/", {**sheet_of(typing, paper), "body": TEXT})
    services.close_typing(actor=typing.malika, batch=Batch.objects.get(pk=typing.lot.pk))
    second = {**sheet_of(typing, paper), "lot-sheet": TypedSheet.objects.get().pk, "action": "send", "compared": "1"}

    held = client_of(typing.gerard).post(f"{typing.here}relire/", second)

    assert HELD in words(held)
    assert not Idea.objects.filter(body=TOLD).exists()
    assert client_of(typing.gerard).post(f"{typing.here}relire/", {**second, "en_idee": "1"}).status_code == 303
    drain_outbox()


def test_an_answer_written_with_its_code_is_held_until_its_author_chooses(typing):
    client = client_of()
    client.post("/suivre/", {"code": typing.slip.spaced})
    before = dump()

    held = client.post("/suivre/repondre/", {"text": TOLD})

    assert OWN_HELD in words(held) and TOLD in words(held)
    assert {table: rows for table, rows in dump().items() if rows != before[table]} == {}
    assert client.post("/suivre/repondre/", {"text": TOLD, "en_idee": "1"}).status_code == 303
    assert typing.idea.journal.order_by("id").last().text == TOLD
    drain_outbox()


def test_why_an_idea_is_withdrawn_is_read_first(typing):
    client = client_of(typing.nadia)
    address = f"/idees/{typing.idea.reference}/retirer/"

    held = client.post(address, {"reason": TOLD, "confirm": "on"})

    assert OWN_HELD in words(held)
    typing.idea.refresh_from_db()
    assert typing.idea.stage_kind != "withdrawn"
    assert client.post(address, {"reason": TOLD, "confirm": "on", "en_idee": "1"}).status_code == 303
    drain_outbox()
