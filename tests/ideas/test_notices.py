"""Who is told what: each person once per event, a sealed author by handle, nobody by an empty place."""

from datetime import timedelta

import pytest

from ideas import services
from ideas.models import Idea
from src.accountability.services import escalate
from src.directory.models import User
from src.foundations import clock, outbox
from src.foundations.models import OutboxEvent
from src.notices import registry, todo
from src.notices.models import InboxItem
from tests.factories.directory import AgentFactory, away, grant
from tests.factories.ideas import BODY, NO, IdeaFactory, yes

pytestmark = pytest.mark.django_db


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts").get(pk=idea.pk)


def plain(text):
    """French spaces as ordinary ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def inbox():
    """Who received what, as (person or handle, code)."""
    rows = InboxItem.objects.select_related("user").order_by("pk")
    return sorted((row.user.username if row.user_id else "handle", row.code) for row in rows)


def deliver():
    """What the relay does, the hour the author has for themselves included."""
    outbox.drain(raising=True)
    OutboxEvent.objects.filter(topic="ideas.later").update(not_before=clock.now())
    outbox.drain(raising=True)


def decided(city):
    return IdeaFactory(space=city.box, stage="decision_pending", direction=city.direction, author=city.author)


def test_author_receives_the_receipt_by_name_or_by_handle(city):
    for mode in ("named", "protected"):
        services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode=mode)
    deliver()

    assert inbox() == sorted([(city.author.username, "ideas.submitted"), ("handle", "ideas.submitted")])
    text = registry.get("ideas.submitted").text(InboxItem.objects.first().context)
    assert text.startswith("Merci. Votre idée porte la référence ")
    assert "même si c’est non." in text


def test_answer_reaches_the_author_first_then_everybody_once(city):
    idea = decided(city)
    supporter, follower, both = (AgentFactory() for _ in range(3))
    for person in (supporter, both):
        services.set_support(idea=idea, actor=person, wanted=True)
    for person in (follower, both):
        services.set_follow(idea=fresh(idea), actor=person, wanted=True)
    services.comment(idea=fresh(idea), actor=both, body="Bonne idée.")
    deliver()
    InboxItem.objects.all().delete()

    services.prepare_decision(idea=fresh(idea), actor=city.decider, **yes())
    outbox.drain(raising=True)
    assert inbox() == []
    services.announce_decision(idea=fresh(idea), actor=city.decider)
    outbox.drain(raising=True)
    first = inbox()
    deliver()
    deliver()

    assert first == [(city.author.username, "ideas.answered")]
    assert inbox() == sorted(
        # And asked, once the others know, whether the measure says whose idea it was.
        [(city.author.username, "ideas.answered"), (city.author.username, "ideas.credit.asked")]
        + [(person.username, "ideas.answered.followed") for person in (supporter, follower, both)]
    )


def test_answer_text_is_the_official_response(city):
    idea = decided(city)
    services.prepare_decision(idea=idea, actor=city.decider, **NO)
    services.announce_decision(idea=fresh(idea), actor=city.decider)
    deliver()

    notice, item = registry.get("ideas.answered"), InboxItem.objects.get()
    assert plain(notice.subject(item.context)) == "La Ville répond à votre idée : Non"
    assert "Ce qui pourrait changer la réponse : Un nouvel abri au dépôt." in plain(notice.text(item.context))
    assert "Sophie Lantier, cheffe du service" in notice.text(item.context)
    assert notice.url(item.context) == f"/idees/{idea.reference}/"


def test_each_step_gives_its_task_to_the_nearest_holder(city):
    idea = services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode="named").idea
    deliver()
    InboxItem.objects.all().delete()

    services.screen(idea=fresh(idea), actor=city.moderator)
    deliver()

    assert inbox() == sorted(
        [(city.author.username, "ideas.screened"), (city.correspondent.username, "ideas.task.orient")]
    )
    InboxItem.objects.all().delete()
    services.orient(idea=fresh(idea), actor=city.correspondent, direction=city.direction, scale="project")
    deliver()
    services.start_study(idea=fresh(idea), actor=city.correspondent, assessors=city.assessors[:2])
    deliver()
    assert inbox() == sorted(
        [(city.author.username, "ideas.oriented"), (city.author.username, "ideas.studied")]
        + [(person.username, "ideas.task.handle") for person in city.assessors]
        + [(person.username, "ideas.task.assess") for person in city.assessors[:2]]
    )
    InboxItem.objects.all().delete()
    services.close_study(idea=fresh(idea), actor=city.correspondent, late_text="Absents.")
    deliver()
    assert inbox() == sorted((person.username, "ideas.task.decide") for person in (city.decider, city.deputy))


def test_a_deputy_stands_in_for_an_absent_person(city):
    stand_in = AgentFactory(unit=city.direction)
    holder = AgentFactory(unit=city.other)
    grant(holder, "moderator", city.direction, deputy=stand_in)
    away(holder, clock.today() - timedelta(days=1), clock.today() + timedelta(days=1))
    idea = IdeaFactory(space=city.box, author=city.author, stage="submitted", direction=city.direction)
    services.ask_author(idea=idea, actor=city.moderator, text="Où ?")
    services.answer_question(idea=fresh(idea), actor=city.author, text="Au dépôt.")
    deliver()

    told = [who for who, code in inbox() if code == "ideas.task.answered"]
    assert told == [stand_in.username]


def test_a_sealed_author_who_also_comments_by_name_is_told_like_anybody(city):
    idea = IdeaFactory(
        space=city.box, author=city.author, protected=True, stage="decision_pending", direction=city.direction
    )
    outbox.drain(raising=True)
    services.comment(idea=idea, actor=User.objects.get(pk=city.author.pk), body="Moi aussi je le pense.")
    deliver()
    InboxItem.objects.all().delete()

    services.prepare_decision(idea=fresh(idea), actor=city.decider, **yes())
    services.announce_decision(idea=fresh(idea), actor=city.decider)
    deliver()

    assert inbox() == sorted([("handle", "ideas.answered"), (city.author.username, "ideas.answered.followed")])


def test_comment_is_told_to_the_author_and_to_whom_it_answers_once(city):
    idea = IdeaFactory(space=city.box, author=city.author)
    first = services.comment(idea=idea, actor=city.colleague, body="Où irait-il ?")
    services.comment(idea=fresh(idea), actor=city.author, body="Près du portail.", parent=first)
    deliver()

    assert inbox() == sorted([(city.author.username, "ideas.commented"), (city.colleague.username, "ideas.replied")])


def test_escalation_climbs_from_the_owner_to_the_direction(city):
    idea = IdeaFactory(
        space=city.box,
        author=city.author,
        stage="in_review",
        direction=city.direction,
        sent_days_ago=50,
        owner=city.correspondent,
    )
    levels = {}

    for days in (0, 12, 19):
        InboxItem.objects.all().delete()
        escalate(clock.now() + timedelta(days=days))
        deliver()
        levels[days] = inbox()

    assert levels == {
        0: [(city.correspondent.username, "ideas.task.due_soon")],
        12: [(city.correspondent.username, "ideas.task.overdue")],
        19: sorted((person.username, "ideas.task.overdue") for person in (city.delegate, city.decider, city.deputy)),
    }
    assert idea.owed_id


def test_to_do_list_counts_queues_and_questions(city):
    IdeaFactory(space=city.box, stage="decision_pending", direction=city.direction)
    IdeaFactory(space=city.box, author=city.author, stage="needs_info_study", direction=city.direction)
    from src.directory.viewer import as_viewer

    decider = [
        (item.title, item.detail) for item in todo.items(as_viewer(city.decider)) if item.kind.startswith("ideas")
    ]
    author = [item.title for item in todo.items(as_viewer(city.author)) if item.kind.startswith("ideas")]

    assert decider == [("À décider", "1 idée attend")]
    assert len(author) == 1 and plain(author[0]).startswith("Répondre à la question sur « Un banc")


def test_every_message_has_words_in_french():
    context = {
        "reference": "ABC123",
        "title": "Un banc",
        "unit": "Propreté",
        "promised": "2026-03-14",
        "until": "2026-03-01",
        "text": "Texte",
        "who": "Paul K.",
        "outcome": "declined",
        "reader": "Odile M.",
        "assessors": 2,
        "reason_code": "personnes",
        "other": "Des places assises",
        "other_reference": "DEF456",
        "conditions": "un abri",
        "opening": "Non.",
        "signed_by": "Sophie Lantier",
        "before": "Plus simple",
        "after": "Services sobres",
    }
    english = {" the ", " your ", " of ", " answer "}

    for code, notice in registry.registered().items():
        if not code.startswith("ideas."):
            continue
        said = f" {notice.subject(context)} {notice.text(context)} {notice.why} {notice.action(context)} ".lower()
        assert not [word for word in english if word in said], code
        assert max(len(sentence.split()) for sentence in said.replace("?", ".").replace(":", ".").split(".")) <= 24, (
            code
        )
