"""The author's one appeal: what is new, another decider, thirty days, and once only."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from ideas import selectors, services
from ideas.models import Idea, IdeaJournalEntry
from src.accountability.models import Decision
from src.directory.viewer import HandleHolder
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from tests.factories.directory import AgentFactory
from tests.factories.ideas import NO, IdeaFactory, yes

pytestmark = pytest.mark.django_db
NEW = "Depuis, le magasin a reçu deux abris d'occasion : il ne manque que la pose."


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts", "decision").get(pk=idea.pk)


def refused(city, **values):
    """An idea answered "no" by the decider of the direction."""
    idea = IdeaFactory(space=city.box, direction=city.direction, stage="decision_pending", sent_days_ago=30, **values)
    services.prepare_decision(idea=idea, actor=city.decider, **NO)
    services.announce_decision(idea=fresh(idea), actor=city.decider)
    drain_outbox()
    return fresh(idea)


def appealed(city, **values):
    idea = refused(city, **values)
    author = HandleHolder(idea.handle) if idea.is_sealed else idea.author
    services.appeal_answer(idea=idea, actor=author, text=NEW)
    return fresh(idea)


def test_an_appeal_owes_a_new_answer_within_thirty_days_and_keeps_the_first(city):
    follower = AgentFactory()
    idea = refused(city)
    services.set_follow(idea=idea, actor=follower, wanted=True)

    services.appeal_answer(idea=idea, actor=idea.author, text=NEW)

    idea = fresh(idea)
    assert (idea.stage_kind, idea.decision, idea.owed.is_open) == ("in_review", None, True)
    assert idea.owed.promised_on == clock.today() + timedelta(days=30)
    page = selectors.idea_page(city.colleague, idea.reference)
    assert (page.answer.outcome, page.appeal.text, page.appeal.is_open) == ("declined", NEW, True)
    assert page.promise.promised_on == idea.owed.promised_on
    drain_outbox()
    assert InboxItem.objects.filter(user=idea.author, code="ideas.appealed").count() == 1
    assert InboxItem.objects.filter(user=follower, code="ideas.appealed.followed").count() == 1
    assert InboxItem.objects.filter(user=city.correspondent, code="ideas.task.appealed").count() == 1


def test_somebody_else_answers_the_appeal(city):
    idea = appealed(city)
    services.close_study(idea=idea, actor=city.correspondent, late_text="L'élément nouveau suffit.")
    idea = fresh(idea)
    drain_outbox()

    with pytest.raises(TransitionNotAllowed, match="une autre personne répond à l’appel"):
        services.prepare_decision(idea=idea, actor=city.decider, **yes())
    services.prepare_decision(idea=idea, actor=city.deputy, **yes())
    services.announce_decision(idea=fresh(idea), actor=city.deputy)

    idea = fresh(idea)
    assert (idea.stage_kind, idea.decision.decided_by, Decision.objects.count()) == ("accepted", city.deputy, 2)
    page = selectors.idea_page(city.colleague, idea.reference)
    assert (page.answer.outcome, page.appeal.is_open) == ("accepted", False)
    drain_outbox()
    assert not InboxItem.objects.filter(user=city.decider, code="ideas.task.hear").exists()
    assert InboxItem.objects.filter(user=city.deputy, code="ideas.task.hear").count() == 1


def test_a_second_appeal_is_refused_in_words_and_by_the_database(city):
    idea = appealed(city)
    services.close_study(idea=idea, actor=city.correspondent, late_text="L'élément nouveau suffit.")
    services.prepare_decision(idea=fresh(idea), actor=city.deputy, **NO)
    services.announce_decision(idea=fresh(idea), actor=city.deputy)
    idea = fresh(idea)

    with pytest.raises(ConditionNotMet, match="Vous avez déjà fait appel"):
        services.appeal_answer(idea=idea, actor=idea.author, text=NEW)
    assert not [
        action for action in selectors.idea_page(idea.author, idea.reference).actions if action.form == "appeal"
    ]
    first = IdeaJournalEntry.objects.get(idea=idea, from_kind="declined")
    with pytest.raises(IntegrityError), transaction.atomic():
        first.pk = None
        first.save(force_insert=True)
    drain_outbox()


def test_the_database_refuses_a_second_decision_of_the_same_person(city):
    idea = appealed(city)
    given = Decision.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            subject_kind="idea", subject_reference=idea.reference, unit=idea.unit, decided_by=given.decided_by,
            signed_as="X", prepared_at=clock.now(), batch=given.batch.__class__.objects.create(created_at=clock.now()),
            text=given.text, outcome="already_done",
        )  # fmt: skip
    drain_outbox()


def test_who_may_not_and_what_is_not_appealed(city):
    idea = refused(city)
    accepted = IdeaFactory(space=city.box, stage="accepted", direction=city.direction)

    for stranger in (city.colleague, city.decider, city.correspondent):
        with pytest.raises(PermissionDenied):
            services.appeal_answer(idea=idea, actor=stranger, text=NEW)
    with pytest.raises(ValidationError):
        services.appeal_answer(idea=idea, actor=idea.author, text=" ")
    with pytest.raises(TransitionNotAllowed):
        services.appeal_answer(idea=fresh(accepted), actor=accepted.author, text=NEW)


def test_a_sealed_author_appeals_by_handle_and_is_dated_by_the_week(city):
    idea = appealed(city, protected=True)

    entry = idea.journal.order_by("-id").first()
    assert (entry.actor, entry.actor_role, entry.at) == (None, "author", clock.week_start_moment())
    assert (idea.owed.by_week, idea.owed.started_on) == (True, clock.week_of())
    drain_outbox()


def test_a_queue_s_decider_who_answered_first_reads_why_before_writing(city, client):
    idea = appealed(city)
    services.close_study(idea=idea, actor=city.correspondent, late_text="L'élément nouveau suffit.")
    client.force_login(city.decider, backend="src.directory.backends.DirectoryBackend")

    page = client.get(f"/idees/{idea.reference}/etape/decide_accepted/")

    assert page.status_code == 409
    assert "une autre personne répond" in page.content.decode()
    drain_outbox()


def test_the_author_appeals_on_a_page_and_reads_that_it_is_once(city, client):
    idea = refused(city)
    client.force_login(idea.author, backend="src.directory.backends.DirectoryBackend")
    assert "Faire appel de la réponse" in client.get(f"/idees/{idea.reference}/").content.decode()
    address = f"/idees/{idea.reference}/etape/appeal_declined/"

    empty = client.post(address, {"text": ""})
    sent = client.post(address, {"text": NEW})
    again = client.post(address, {"text": NEW})

    assert [answer.status_code for answer in (empty, sent, again)] == [422, 303, 409]
    assert "a fait appel" in client.get(f"/idees/{idea.reference}/").content.decode()
    drain_outbox()
