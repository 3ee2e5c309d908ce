"""The safe rail on the screens: nothing is written before the person has chosen, with script or without."""

import re
import uuid

import pytest
from django.apps import apps

from ideas.models import Idea, IdeaComment
from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.participation.models import ContributionDraft, HelpContact

from .test_propose import NEW, typed

DRAFT = "/idees/deposer/brouillon/"
SAID = "Mon chef me harcèle depuis des mois, je viens au travail la boule au ventre."
SENTENCE = (
    "Ce que vous écrivez ressemble à un témoignage de discrimination, de harcèlement ou de danger. "
    "Ici, ce serait lu comme une idée. Ces personnes peuvent vous aider en confidence"
)
NOTHING_KEPT = "Si vous quittez la page, rien n'est gardé."


def plain(response) -> str:
    return (
        response.content.decode()
        .replace("\xa0", " ").replace("\u202f", " ").replace("&#x27;", "'").replace("&nbsp;", " ").replace("’", "'")
    )  # fmt: skip


def everything() -> dict:
    """Every row of every table: what a trace would change."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.app_label not in ("publishing", "wagtailcore")
    }


@pytest.mark.parametrize("action", ["send", "draft"])
def test_a_testimony_is_shown_who_can_help_and_nothing_is_written(city, as_, action, caplog):
    client = as_(city.author)
    client.get(NEW)
    before = everything()

    response = client.post(NEW, typed(body=SAID, action=action))

    page = plain(response)
    assert response.status_code == 200
    assert SENTENCE in page
    assert NOTHING_KEPT in page
    assert SAID in page
    assert "no-store" in response.headers["Cache-Control"]
    assert everything() == before
    assert "boule au ventre" not in caplog.text


def test_the_text_to_take_away_says_nothing_twice(city, as_):
    answer = as_(city.author).post(NEW, typed(title=SAID[:40], body=SAID, action="send"))

    taken = re.search(r'<textarea id="id_texte_a_copier"[^>]*>(.*?)</textarea>', plain(answer), re.DOTALL)
    assert taken[1] == SAID


def test_autosave_answers_without_saving_and_forgets_the_beginning(city, as_):
    client = as_(city.author)
    token = client.post(DRAFT, typed(body="Mon chef"), headers={"accept": "application/json"}).json()["fields"][
        "draft"
    ]
    assert ContributionDraft.objects.count() == 1

    answer = client.post(DRAFT, typed(body=SAID, draft=token), headers={"accept": "application/json"}).json()

    assert (answer["sentence"], answer["fields"]) == ("Rien n’est enregistré.", {"draft": ""})
    assert "Quitter sans rien garder" in answer["panel"]
    assert ContributionDraft.objects.count() == 0
    drain_outbox()


def test_somebody_elses_draft_is_not_forgotten(city, as_):
    asked = {"accept": "application/json"}
    token = as_(city.author).post(DRAFT, typed(), headers=asked).json()["fields"]["draft"]

    as_(city.reader).post(DRAFT, typed(body=SAID, draft=token), headers=asked)

    assert ContributionDraft.objects.filter(token=token).exists()
    drain_outbox()


def test_going_on_sends_the_idea_and_keeps_nothing_of_the_choice(city, as_):
    client = as_(city.author)

    response = client.post(NEW, typed(body=SAID, en_idee="1"))

    idea = Idea.objects.get()
    assert response.headers["Location"] == f"/idees/{idea.reference}/recue/"
    assert idea.body == SAID
    assert not [name for name, rows in everything().items() if "en_idee" in str(rows)]
    drain_outbox()


def test_a_draft_kept_by_choice_is_not_asked_again(city, as_):
    client = as_(city.author)
    client.post(DRAFT, typed(body=SAID, en_idee="1"), headers={"accept": "application/json"})

    page = client.get(NEW).content.decode()

    assert '<input type="hidden" name="en_idee" value="1">' in page
    drain_outbox()


def test_close_ideas_are_not_looked_for(city, as_):
    city.submitted(title="Mon chef me harcèle", body=SAID)
    drain_outbox()

    page = as_(city.reader).post("/idees/proches/", {"body": SAID, "title": ""}).content.decode()

    assert "idée proche" not in page


def test_comments_corrections_and_answers_pass_by_it_too(city, as_):
    idea = city.submitted()
    drain_outbox()
    reader, author = as_(city.reader), as_(city.author)
    before = everything()

    comment = reader.post(
        f"/idees/{idea.reference}/commenter/", {"text": SAID, "identity": "named", "token": uuid.uuid4()}
    )
    edit = author.post(f"/idees/{idea.reference}/modifier/", {"title": idea.title, "body": SAID})

    assert [SENTENCE in plain(page) for page in (comment, edit)] == [True, True]
    assert IdeaComment.objects.count() == 0
    assert everything() == before


def test_the_referent_nearest_to_ones_unit_comes_first(city, as_):
    city.agent("far", "Louis", "Loin", "", (Role.EQUALITY_REFERENT, None))
    city.agent("near", "Yacine", "Ferhat", "", (Role.EQUALITY_REFERENT, city.direction))
    HelpContact.objects.create(name="Cellule d'écoute", phone="01 99 00 41 20", themes=["harassment"])

    page = plain(as_(city.author).post(NEW, typed(body=SAID)))

    assert "Louis Loin" not in page
    assert page.index("Yacine Ferhat") < page.index("Cellule d'écoute")
    assert 'href="tel:0199004120"' in page


def test_without_data_the_national_numbers_are_shown(city, as_):
    page = plain(as_(city.author).post(NEW, typed(body="Je n'ai plus envie de vivre.")))

    assert page.index("3114") < page.index("3919")
