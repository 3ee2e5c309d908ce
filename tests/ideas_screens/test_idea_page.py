"""The page of an idea: answer first, date always, and nothing of what is only prepared."""

import datetime
import re

import pytest

from ideas import services
from ideas.models import Idea, IdeaComment
from ideas.models.comment import comment_url
from src.accountability.models import ResponseOwed
from src.foundations import clock
from src.foundations.testing import drain_outbox

from .city import ANSWER, BODY, answer

# Session, account, idea, tags, journal, answer, phases, comments, replies, versions, unread messages.
STATEMENTS = 12


def page_of(client, idea) -> str:
    return client.get(f"/idees/{idea.reference}/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_statements_whatever_is_said(city, as_, django_assert_max_num_queries, count):
    idea = city.opened()
    for number in range(count):
        first = services.comment(idea=idea, actor=city.reader, body=f"Remarque {number}")
        services.comment(idea=idea, actor=city.author, body="Merci.", parent=first)
    client = as_(city.reader)
    client.get(f"/idees/{idea.reference}/")

    with django_assert_max_num_queries(STATEMENTS) as statements:
        page_of(client, idea)

    assert len(statements) == STATEMENTS - 1
    drain_outbox()


def test_the_official_answer_comes_before_the_way(city, as_):
    page = page_of(as_(city.reader), city.decided())

    assert page.index("Réponse officielle") < page.index(ANSWER[:30]) < page.index("De la proposition à la décision")
    assert "Sophie Lantier" in page


def test_a_late_answer_says_who_is_late_and_by_how_much(city, as_):
    idea = city.opened()
    ResponseOwed.objects.filter(pk=idea.owed_id).update(
        promised_on=clock.today() - datetime.timedelta(days=12), last_reminder_on=clock.today()
    )

    page = page_of(as_(city.reader), idea)

    assert "La réponse est en retard de 12 jours." in page.replace("\u202f", " ").replace("\xa0", " ")
    drain_outbox()


def test_a_protected_idea_shows_the_week_and_no_name(city, as_):
    idea = city.protected()

    page = page_of(as_(city.reader), idea)

    assert "Nom protégé" in page
    assert "Nadia" not in page
    assert "Benali" not in page
    assert "semaine du" in page


def test_preparing_changes_no_byte_for_anybody_but_the_deciders(city, as_):
    idea = city.to_decide()
    others = {
        name: as_(user)
        for name, user in {
            "visitor": None,
            "reader": city.reader,
            "author": city.author,
            "moderator": city.moderator,
            "correspondent": city.correspondent,
            "assessor": city.assessors[0],
            "admin": city.admin,
        }.items()
    }
    addresses = [
        "/idees/",
        "/idees/?tri=attendues",
        "/idees/?etape=etude",
        "/idees/?q=casiers",
        f"/idees/{idea.reference}/",
        f"/idees/{idea.reference}/evaluer/",
        "/idees/miennes/",
        "/idees/atelier/",
        "/idees/atelier/to_decide/",
        "/idees/atelier/to_study/",
        "/idees/atelier/overdue/",
        "/idees/atelier/annonces/",
        "/idees/export.csv",
        f"/idees/{idea.reference}/etape/decide_accepted/",
        "/api/v1/ideas/",
        f"/api/v1/ideas/{idea.reference}/",
    ]

    def everything():
        found = {}
        for name, client in others.items():
            for address in addresses:
                response = client.get(address)
                body = b"".join(response.streaming_content) if response.streaming else response.content
                plain = re.sub(rb'(value="[\w-]{64}"|name="token" value="[\w-]+")', b"", body)
                found[name, address] = (response.status_code, plain, response.headers.get("ETag"))
        return found

    drain_outbox()
    before = everything()
    services.prepare_decision(idea=idea, actor=city.decider, **answer())
    drain_outbox()
    after = everything()

    assert [key for key in before if before[key] != after[key]] == []
    assert "Réponse préparée" in page_of(as_(city.decider), idea)


def test_a_comment_is_published_and_answered_one_level_deep(city, as_):
    idea = city.opened()
    client = as_(city.reader)

    sent = client.post(f"/idees/{idea.reference}/commenter/", {"text": "D'accord.", "identity": "named"})
    first = IdeaComment.objects.get()
    as_(city.author).post(
        f"/idees/{idea.reference}/commenter/", {"text": "Merci.", "identity": "named", "parent": first.reference}
    )

    reply = IdeaComment.objects.exclude(pk=first.pk).get()
    assert sent.headers["Location"] == comment_url(idea.reference, first.reference)
    assert (first.author, first.parent, reply.author, reply.parent) == (city.reader, None, city.author, first)
    drain_outbox()


def test_a_refused_comment_comes_back_with_what_was_typed(city, as_):
    idea, long = city.opened(), "x" * 1501

    response = as_(city.reader).post(f"/idees/{idea.reference}/commenter/", {"text": long, "identity": "named"})

    assert response.status_code == 422
    assert response.context["comment_form"]["text"].value() == long
    assert "Raccourcissez votre commentaire" in response.content.decode()
    assert IdeaComment.objects.count() == 0
    drain_outbox()


def test_an_official_voice_carries_its_badge_and_only_its_holder_has_it(city, as_):
    idea = city.oriented()
    form = {"text": "Nous regardons.", "identity": "protected", "official": "on"}

    as_(city.correspondent).post(f"/idees/{idea.reference}/commenter/", form)
    as_(city.reader).post(f"/idees/{idea.reference}/commenter/", form)

    official, ordinary = IdeaComment.objects.order_by("id")
    assert (official.official_role, official.identity_mode) == ("idea_correspondent", "named")
    assert (ordinary.official_role, ordinary.identity_mode) == ("", "protected")
    drain_outbox()


def test_the_author_corrects_the_text(city, as_):
    idea = city.submitted()
    changed = BODY + " Et une prise pour recharger les lampes."

    response = as_(city.author).post(f"/idees/{idea.reference}/modifier/", {"title": idea.title, "body": changed})

    idea.refresh_from_db()
    assert (response.status_code, idea.body) == (303, changed)
    assert as_(city.reader).get(f"/idees/{idea.reference}/modifier/").status_code == 403
    drain_outbox()


def test_withdrawing_is_told_and_confirmed(city, as_):
    idea = city.opened()
    address = f"/idees/{idea.reference}/retirer/"

    before = as_(city.author).get(address).content.decode()
    response = as_(city.author).post(address, {"reason": "Réglée en réunion d'équipe.", "hide_body": "on"})
    idea.refresh_from_db()

    assert "Sa page reste" in before
    assert (response.status_code, idea.stage_kind, idea.body_hidden) == (303, "withdrawn", True)
    assert BODY not in page_of(as_(city.reader), idea)
    assert as_(city.reader).get(address).status_code == 403
    drain_outbox()


def test_the_author_answers_a_question(city, as_):
    idea = city.asked()
    address = f"/idees/{idea.reference}/etape/answer_screening/"

    assert as_(city.reader).get(address).status_code == 403
    assert "Qui devrait recevoir le message" in as_(city.author).get(address).content.decode()
    response = as_(city.author).post(address, {"text": "La personne qui ouvre, par SMS."})

    assert response.status_code == 303
    assert Idea.objects.get(pk=idea.pk).stage_kind == "submitted"
    drain_outbox()


def test_a_protected_author_answers_without_being_named(city, as_):
    idea = city.protected()
    services.ask_author(idea=idea, actor=city.moderator, text="À quelle heure ?")
    drain_outbox()

    response = as_(city.author).post(f"/idees/{idea.reference}/etape/answer_screening/", {"text": "À 5 h 40."})

    entry = idea.journal.order_by("-id").first()
    assert (response.status_code, entry.actor, entry.text) == (303, None, "À 5 h 40.")
    drain_outbox()
