"""Answers looked at again, and merges, by several people at the same moment: one wins, the other reads why."""

import pytest
from django.core.exceptions import PermissionDenied

from ideas import services
from ideas.models import Idea, IdeaJournalEntry, IdeaSupport, MergeProposal, ReopeningRound
from src.accountability.models import Decision, ReopeningCondition
from src.foundations.models import OutboxEvent
from src.foundations.testing import forget_effects
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory
from tests.factories.ideas import NO, IdeaFactory, make_city
from tests.participation.real_database import several_writers

from .test_looked_at_again import NEW
from .test_reopening import MET, fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def attempt(verb, **values):
    """The verb, each time on what is in the database then: "done", or the sentence that refused."""

    def run():
        try:
            verb(**{name: value() if callable(value) else value for name, value in values.items()})
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            return str(refusal) or type(refusal).__name__
        return "done"

    return run


def refused(city, **answer):
    idea = IdeaFactory(
        space=city.box, direction=city.direction, stage="decision_pending", author=city.author, sent_days_ago=30
    )
    IdeaSupport.objects.bulk_create([IdeaSupport(idea=idea, user=AgentFactory()) for _ in range(3)])
    services.prepare_decision(idea=idea, actor=city.decider, **(NO | answer))
    services.announce_decision(idea=fresh(idea), actor=city.decider)
    forget_effects()
    return fresh(idea)


@pytest.mark.parametrize("places", [(1, 1), (1, 2)], ids=["the-same-condition", "two-conditions"])
def test_two_people_say_at_once_that_a_condition_is_met_and_people_are_asked_once(tmp_path, places):
    city = make_city()
    idea = refused(city, reopening_conditions="Un budget voté.\nUn abri d'occasion.")

    def meet(person, place):
        return attempt(
            services.meet_condition,
            idea=lambda: fresh(idea),
            condition=lambda: ReopeningCondition.objects.get(decision=idea.decision, position=place),
            actor=person,
            text=MET,
        )

    with several_writers(tmp_path) as run:
        said = run([meet(city.decider, places[0]), meet(city.deputy, places[1])])
        found = run(
            [
                lambda: (
                    ReopeningRound.objects.filter(state="open").count(),
                    ReopeningCondition.objects.filter(met_on__isnull=False).count(),
                    OutboxEvent.objects.filter(topic="ideas.reopening").count(),
                )
            ]
        )

    assert sorted(word == "done" for word in said) == [False, True], said
    assert found == [(1, 1, 1)]


def test_the_author_appeals_while_a_condition_is_said_to_be_met_and_the_idea_comes_back_once(tmp_path):
    city = make_city()
    idea = refused(city)

    with several_writers(tmp_path) as run:
        said = run(
            [
                attempt(services.appeal_answer, idea=lambda: fresh(idea), actor=city.author, text=NEW),
                attempt(
                    services.meet_condition,
                    idea=lambda: fresh(idea),
                    condition=lambda: ReopeningCondition.objects.get(decision=idea.decision_id),
                    actor=city.deputy,
                    text=MET,
                ),
            ]
        )
        found = run(
            [
                lambda: (
                    fresh(idea).stage_kind,
                    ReopeningRound.objects.filter(state="open").count(),
                    IdeaJournalEntry.objects.filter(from_kind="declined", to_kind="in_review").count(),
                )
            ]
        )

    # The appeal always stands; a question put a moment before it has no object left.
    assert said[0] == "done", said
    assert found == [("in_review", 0, 1)]


def test_two_people_answer_an_appeal_at_once_and_one_answer_is_given(tmp_path):
    city = make_city()
    idea = refused(city)
    services.appeal_answer(idea=idea, actor=city.author, text=NEW)
    services.close_study(idea=fresh(idea), actor=city.correspondent, late_text="Déjà évaluée.")
    third = AgentFactory(roles=[("decision_maker", city.direction)])
    services.prepare_decision(idea=fresh(idea), actor=city.deputy, **NO)
    forget_effects()

    with several_writers(tmp_path) as run:
        said = run(
            [
                attempt(services.announce_decision, idea=lambda: fresh(idea), actor=city.deputy),
                attempt(services.announce_decision, idea=lambda: fresh(idea), actor=third),
            ]
        )
        found = run([lambda: (fresh(idea).stage_kind, Decision.objects.announced().count())])

    assert sorted(word == "done" for word in said) == [False, True], said
    assert found == [("declined", 2)]


def test_an_author_withdraws_while_the_other_agrees_to_merge_and_one_of_them_wins(tmp_path):
    city = make_city()
    one, other = (
        IdeaFactory(space=city.box, author=author, stage="qualified", direction=city.direction)
        for author in (city.author, AgentFactory())
    )
    supporter = AgentFactory()
    services.set_support(idea=fresh(one), actor=supporter, wanted=True)
    proposal = services.propose_merge(
        idea=fresh(one), parent=fresh(other), actor=city.correspondent, text="Les deux disent la même chose."
    )
    services.answer_merge(proposal=proposal, actor=city.author, agrees=True)
    forget_effects()

    with several_writers(tmp_path) as run:
        said = run(
            [
                attempt(services.withdraw, idea=lambda: fresh(one), actor=city.author),
                attempt(
                    services.answer_merge,
                    proposal=lambda: MergeProposal.objects.select_related("idea", "parent").get(pk=proposal.pk),
                    actor=other.author,
                    agrees=True,
                ),
            ]
        )
        found = run(
            [
                lambda: (
                    fresh(one).stage_kind,
                    MergeProposal.objects.get(pk=proposal.pk).state,
                    Idea.objects.get(pk=other.pk).stage_kind,
                    IdeaJournalEntry.objects.filter(idea=one).count(),
                )
            ]
        )

    ((stage, state, parent, passages),) = found
    assert parent == "qualified"
    assert passages == 1, (said, found)
    assert (stage, state == "merged") in {("merged", True), ("withdrawn", False)}, (said, found)
