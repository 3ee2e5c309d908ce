"""Memory of refusals: a condition is met, supporters are asked, and somebody else answers; a "later" keeps its date."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ideas import selectors, services
from ideas.models import Idea, IdeaSupport, ReopeningAnswer, ReopeningRound
from ideas.services.reopening import conclude_due, revisit_due
from src.accountability.models import Decision, ReopeningCondition, ResponseOwed
from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import HandleHolder
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.services import fire
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.ideas import NO, IdeaFactory, yes

pytestmark = pytest.mark.django_db
MET = "Le budget d'équipement voté cette semaine comprend deux abris pour le dépôt."
LATER = NO | {"outcome": "deferred"}


def fresh(idea):
    related = ("owed", "unit", "transfer_to", "space", "counts", "decision", "site", "direction")
    return Idea.objects.select_related(*related).get(pk=idea.pk)


def viewer(user):
    return User.objects.get(pk=user.pk)


def refused(city, *, supporters=(), answer=NO, **values):
    """An idea supported, then answered by the decider of the direction."""
    idea = IdeaFactory(space=city.box, direction=city.direction, stage="decision_pending", sent_days_ago=30, **values)
    IdeaSupport.objects.bulk_create([IdeaSupport(idea=idea, user=user) for user in supporters])
    services.prepare_decision(idea=idea, actor=city.decider, **answer)
    services.announce_decision(idea=fresh(idea), actor=city.decider)
    drain_outbox()
    return fresh(idea)


def condition_of(idea):
    return ReopeningCondition.objects.get(decision=idea.decision)


def asked(city, **values):
    """A round just opened, with the people who supported the idea."""
    people = [AgentFactory() for _ in range(3)]
    idea = refused(city, supporters=people, **values)
    opened = services.meet_condition(idea=idea, condition=condition_of(idea), actor=city.decider, text=MET)
    return idea, opened, people


def later(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def close(opened):
    with later(15):
        assert conclude_due(clock.now()) == 1
        drain_outbox()
    return ReopeningRound.objects.get(pk=opened.pk)


def test_each_line_of_an_answer_becomes_a_condition_once_it_is_announced(city):
    words = "Un budget voté.\n- Un abri d'occasion."
    answer = NO | {"reopening_conditions": words, "condition_kind": "budget",
                   "condition_on": clock.today() + timedelta(days=40)}  # fmt: skip
    idea = IdeaFactory(space=city.box, direction=city.direction, stage="decision_pending")
    services.prepare_decision(idea=idea, actor=city.decider, **answer)
    assert not ReopeningCondition.objects.exists()

    services.announce_decision(idea=fresh(idea), actor=city.decider)

    found = ReopeningCondition.objects.values_list("kind", "words", "due_on", "met_on")
    assert list(found) == [("budget", words_, answer["condition_on"], None)
                           for words_ in ("Un budget voté.", "Un abri d'occasion.")]  # fmt: skip
    # Left empty, the reason tells: here, the tools of the city.
    assert condition_of(refused(city)).kind == "outil"
    drain_outbox()


def test_the_database_keeps_conditions_as_they_were_signed_and_met_once(city):
    idea, opened, _people = asked(city)
    met = ReopeningCondition.objects.filter(pk=opened.condition_id)
    prepared = IdeaFactory(space=city.box, direction=city.direction, stage="decision_pending")
    draft = services.prepare_decision(idea=prepared, actor=city.decider, **NO)

    for change in ({"words": "Autre."}, {"met_on": None, "met_by": None, "met_text": ""}, {"met_text": "Autre."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            met.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        met.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopeningCondition.objects.create(decision=draft, position=1, kind="autre", words="Avant l'annonce.")
    half = {"decision": idea.decision, "position": 2, "kind": "autre", "words": "Un outil.", "met_on": clock.today()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopeningCondition.objects.create(**half)
    drain_outbox()


def test_supporters_and_the_author_are_asked_for_fourteen_days_and_the_answer_stands(city):
    idea, opened, people = asked(city)

    assert (opened.ends_on - clock.today(), fresh(idea).stage_kind) == (timedelta(days=14), "declined")
    drain_outbox()
    code = "ideas.reopening.asked.followed"
    assert set(InboxItem.objects.filter(code=code).values_list("user", flat=True)) == {one.pk for one in people}
    assert InboxItem.objects.filter(code="ideas.reopening.asked", user=idea.author).count() == 1


def test_who_marks_a_condition_and_who_answers(city):
    idea = refused(city, supporters=[city.colleague])
    condition = condition_of(idea)
    elsewhere = AgentFactory(roles=[(Role.DECISION_MAKER, DirectionFactory())])

    def mark(actor, text=MET):
        return services.meet_condition(idea=fresh(idea), condition=condition, actor=viewer(actor), text=text)

    for stranger in (elsewhere, city.colleague, idea.author, city.assessors[0]):
        with pytest.raises(PermissionDenied):
            mark(stranger)
    with pytest.raises(ValidationError):
        mark(city.decider, "Fait.")
    assert not ReopeningRound.objects.exists()
    opened = mark(city.correspondent)
    with pytest.raises(TransitionNotAllowed, match="déjà"):
        mark(city.decider)

    for stranger in (elsewhere, city.decider, AgentFactory()):
        with pytest.raises(PermissionDenied):
            services.answer_reopening(opened=opened, actor=viewer(stranger), wish="yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopeningAnswer.objects.create(round=opened, user=elsewhere, wish="yes")
    drain_outbox()


def test_most_say_yes_somebody_else_owes_an_answer_within_thirty_days(city):
    idea, opened, people = asked(city)
    for person, wish in zip(people, ("no", "yes", "yes"), strict=True):
        services.answer_reopening(opened=opened, actor=viewer(person), wish=wish)
    # Theirs to change until the end.
    services.answer_reopening(opened=opened, actor=viewer(people[0]), wish="yes")
    assert ReopeningAnswer.objects.count() == 3
    services.answer_reopening(opened=opened, actor=viewer(idea.author), wish="no")

    with later(15):
        assert conclude_due(clock.now()) == 1
        idea = fresh(idea)
        promised = clock.today() + timedelta(days=30)
        assert (idea.stage_kind, idea.decision, idea.owed.promised_on) == ("in_review", None, promised)
        closed = ReopeningRound.objects.get(pk=opened.pk)
        assert (closed.state, closed.yes, closed.no, closed.author_wish) == ("reopened", 3, 1, "")
        assert not ReopeningAnswer.objects.exists()
        with pytest.raises(TransitionNotAllowed):
            services.answer_reopening(opened=closed, actor=viewer(people[1]), wish="no")
        drain_outbox()
        services.close_study(idea=idea, actor=city.correspondent, late_text="La condition remplie suffit.")
        with pytest.raises(TransitionNotAllowed, match="autre personne"):
            services.prepare_decision(idea=fresh(idea), actor=city.decider, **yes())
        services.prepare_decision(idea=fresh(idea), actor=city.deputy, **yes())
        services.announce_decision(idea=fresh(idea), actor=city.deputy)
        assert fresh(idea).stage_kind == "accepted"
        # It isn't the author's appeal, and the first answer stays readable with its condition.
        page = selectors.idea_page(city.colleague, idea.reference)
        before = page.answered_before[0]
        assert (page.appeal, page.answer.outcome, before.answer.outcome) == (None, "accepted", "declined")
        assert (before.conditions[0].met_text, before.conditions[0].round.state) == (MET, "reopened")
        drain_outbox()
    assert not InboxItem.objects.filter(code="ideas.appealed").exists()
    assert InboxItem.objects.filter(code="ideas.task.reopened", user=city.correspondent).count() == 1
    assert not InboxItem.objects.filter(code="ideas.task.hear", user=city.decider).exists()


@pytest.mark.parametrize("wishes", [(), ("yes", "no"), ("no", "no", "yes")])
def test_without_a_majority_of_yes_the_answer_stays_and_everybody_is_told(city, wishes):
    idea, opened, people = asked(city)
    for person, wish in zip(people, wishes, strict=False):
        services.answer_reopening(opened=opened, actor=viewer(person), wish=wish)

    closed = close(opened)

    idea = fresh(idea)
    assert (closed.state, idea.stage_kind, idea.decision_id is not None) == ("kept", "declined", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopeningRound.objects.filter(pk=opened.pk).update(state="open", closed_on=None, yes=None, no=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReopeningAnswer.objects.create(round=opened, user=people[0], wish="yes")
    drain_outbox()
    assert InboxItem.objects.filter(code="ideas.reopening.kept", user=idea.author).count() == 1


def test_the_database_refuses_a_reopening_without_a_majority(city):
    _idea, opened, _people = asked(city)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReopeningRound.objects.filter(pk=opened.pk).update(state="reopened", closed_on=clock.today(), yes=2, no=2)
    drain_outbox()


def test_a_sealed_author_answers_by_handle_and_no_row_names_them(city):
    idea, opened, _people = asked(city, protected=True)

    services.answer_reopening(opened=opened, actor=HandleHolder(idea.handle), wish="yes")

    assert not ReopeningAnswer.objects.exists()
    assert close(opened).state == "reopened"
    assert fresh(idea).owed.by_week
    drain_outbox()


def test_an_appeal_meanwhile_drops_the_question(city):
    idea, opened, people = asked(city)
    services.answer_reopening(opened=opened, actor=viewer(people[0]), wish="yes")

    services.appeal_answer(idea=fresh(idea), actor=idea.author, text="Un élément nouveau, sans attendre la suite.")

    assert ReopeningRound.objects.get(pk=opened.pk).state == "dropped"
    assert not ReopeningAnswer.objects.exists()
    drain_outbox()


def test_nobody_reopens_by_a_bare_step(city):
    idea = refused(city)

    for slug, role in (("reopen_declined", "reopening"),):
        with pytest.raises(ConditionNotMet):
            fire(idea, slug, actor=None, as_role=role, vouched=True, data={"text": "Parce que."})
    with pytest.raises(PermissionDenied):
        fire(idea, "reopen_declined", actor=city.decider, data={"text": "Parce que.", "_round": True})


def test_a_later_comes_back_before_its_date_and_the_same_person_answers(city):
    promised = clock.today() + timedelta(days=200)
    idea = refused(city, answer=LATER | {"revisit_on": promised})
    assert revisit_due(clock.now()) == 0

    with later(171):
        assert (revisit_due(clock.now()), revisit_due(clock.now())) == (1, 0)
        idea = fresh(idea)
        assert (idea.stage_kind, idea.decision, idea.turn) == ("in_review", None, 2)
        assert (idea.owed.promised_on, idea.owed.is_open) == (promised, True)
        drain_outbox()
        services.close_study(idea=idea, actor=city.correspondent, late_text="Rien de nouveau à évaluer.")
        services.prepare_decision(idea=fresh(idea), actor=city.decider, **yes())
        services.announce_decision(idea=fresh(idea), actor=city.decider)
        drain_outbox()

    assert fresh(idea).stage_kind == "accepted"
    assert sorted(Decision.objects.values_list("decided_by", "turn")) == [(city.decider.pk, 1), (city.decider.pk, 2)]
    assert ResponseOwed.objects.filter(subject_reference=idea.reference, answered_on__isnull=False).count() == 2
    assert InboxItem.objects.filter(code="ideas.revisited", user=idea.author).count() == 1


def test_after_a_later_came_back_an_appeal_still_goes_to_somebody_else(city):
    idea = refused(city, answer=LATER | {"revisit_on": clock.today() + timedelta(days=40)}, protected=True)
    with later(21):
        # Halfway, since thirty days before would be the tenth day already.
        assert revisit_due(clock.now()) == 1
        idea = fresh(idea)
        assert idea.owed.promised_on == clock.today() + timedelta(days=19)
        services.close_study(idea=idea, actor=city.correspondent, late_text="Rien de nouveau à évaluer.")
        services.prepare_decision(idea=fresh(idea), actor=city.decider, **NO)
        services.announce_decision(idea=fresh(idea), actor=city.decider)
        services.appeal_answer(idea=fresh(idea), actor=HandleHolder(idea.handle), text="Un élément nouveau, enfin.")
        services.close_study(idea=fresh(idea), actor=city.correspondent, late_text="Rien de nouveau à évaluer.")
        with pytest.raises(TransitionNotAllowed):
            services.prepare_decision(idea=fresh(idea), actor=city.decider, **yes())
        drain_outbox()
