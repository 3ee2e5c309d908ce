"""What each step of the shipped process costs the database: one literal count each, ten at most by the engine's door.

The door is ``fire``, its process in memory, its subject and its actor's roles read, as a request has them. Always five:
BEGIN, the conditional update, the journal row, the outbox row, COMMIT. Then what the step adds: the promised date
(one; two for a pause, which leaves a row), the guard's look-up, the answer in preparation looked for or dropped, the
seats of the study; a removal is a decision of the moderation (four: its case read and written, the sealed journal, its
outbox row). The first step somebody of the City takes on an idea writes its first reading: one more, counted
apart below.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas import services
from ideas.models import Idea
from src.accountability import services as accountability
from src.directory.viewer import as_viewer, read_account
from src.foundations import clock
from src.workflow import process_cache
from src.workflow.enums import Actor
from src.workflow.services import fire
from tests.factories.ideas import IdeaFactory, yes

from .test_process import TRANSITIONS, Walker, prepared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what a step writes is counted, not what the relay makes of it"),
]

COSTS = {
    "screen": 5,
    "ask_screening": 8,
    "remove": 10,
    "auto_open": 5,
    "answer_screening": 6,
    "sleep": 6,
    "wake_up": 6,
    "remove_unanswered": 10,
    "remove_open": 10,
    "restore": 6,
    "orient": 7,
    "reorient": 7,
    "start_study": 9,
    "fast_answer": 10,
    "propose_transfer": 5,
    "accept_transfer": 7,
    "refuse_transfer": 5,
    "lapse_transfer": 5,
    "ask_study": 9,
    "answer_study": 6,
    "resume_study": 6,
    "close_study": 7,
    "countersign_accepted": 6,
    "countersign_pilot": 6,
    "countersign_deferred": 6,
    "countersign_declined": 6,
    "countersign_already_done": 6,
    "send_back": 5,
    "decide_accepted": 6,
    "decide_pilot": 6,
    "decide_deferred": 6,
    "decide_declined": 6,
    "decide_already_done": 6,
    "back_to_study": 5,
    "withdraw_submitted": 7,
    "withdraw_needs_info_screening": 7,
    "withdraw_open": 7,
    "withdraw_qualified": 7,
    "withdraw_transferred": 7,
    "withdraw_in_review": 7,
    "withdraw_needs_info_study": 7,
    "withdraw_countersign": 7,
    "withdraw_decision_pending": 7,
}


def requested(user):
    """The account as a request has it: its roles and its keyring read."""
    if user is None:
        return None
    account = read_account(user.pk)
    viewer = as_viewer(account)
    viewer.roles, viewer.own_handles  # noqa: B018 - two statements and none, paid by the request
    return account


def loaded(idea):
    related = ("space", "unit", "owed", "direction", "transfer_to", "site")
    return Idea.objects.select_related(*related).get(pk=idea.pk)


def at(city, stage, **values):
    """An idea at a stage, already read by somebody."""
    idea = IdeaFactory(stage=stage, space=city.box, author=city.author, direction=city.direction, **values)
    Idea.objects.filter(pk=idea.pk).update(first_read_on=clock.today(), first_read_by=city.moderator)
    return idea


def statements(function) -> int:
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)


# Their own services take these, with what goes with them: the measure, the two ideas, the new answer.
FOLLOWING = ("measure", "merge", "unmerge", "leave", "appeal", "reopen", "revisit")
BY_THE_DOOR = [slug for slug in TRANSITIONS if not slug.startswith(FOLLOWING)]


def test_every_step_of_the_shipped_process_has_its_count():
    assert set(COSTS) == set(BY_THE_DOOR)
    assert max(COSTS.values()) <= 10


@pytest.mark.parametrize("slug", BY_THE_DOOR)
def test_each_step_costs_its_count_by_the_door(city, slug):
    walker = Walker(city)
    transition = process_cache.graph(city.box.process_id).transition(slug)
    idea = loaded(prepared(at(city, transition.from_slug), transition))
    actor, data = requested(walker.actor(transition)), walker.data(idea, transition)
    as_role = Actor.SYSTEM if actor is None else None

    made = statements(lambda: fire(idea, slug, actor=actor, as_role=as_role, data=data))

    assert made == COSTS[slug]


def test_the_first_step_of_the_city_also_writes_the_first_reading(city):
    idea = loaded(IdeaFactory(stage="submitted", space=city.box, author=city.author))
    actor = requested(city.moderator)

    assert statements(lambda: services.screen(idea=idea, actor=actor)) == COSTS["screen"] + 1


@pytest.mark.parametrize("count", [2, 3])
def test_a_study_costs_the_same_for_two_and_three_assessors(city, count):
    idea, actor = loaded(at(city, "qualified")), requested(city.correspondent)

    def study():
        services.start_study(idea=idea, actor=actor, assessors=city.assessors[:count])

    def close():
        services.close_study(idea=idea, actor=actor, late_text="Absents.")

    # The verb reads who holds the role of assessor, the door does the rest.
    assert (statements(study), statements(close)) == (COSTS["start_study"] + 1, COSTS["close_study"])


@pytest.mark.parametrize(("count", "cost"), [(1, 27), (3, 69)])
def test_announcing_costs_its_count_for_one_and_three(city, count, cost):
    """Five for the announcement: its answers read, BEGIN, its row, its answers read again, COMMIT.

    Twenty-one for each answer, and one for them all: the door's own six, four around it (the author, the state, the mark
    of the answer, the idea), what a yes makes (its measure, where it comes from, its first step and its journal), and
    two effects: the search finds what was made, and an outcome is drafted.
    """
    ideas = [loaded(at(city, "decision_pending")) for _ in range(count)]
    decisions = [services.prepare_decision(idea=idea, actor=city.decider, **yes()) for idea in ideas]
    batch = accountability.gather_decisions(decisions, actor=city.decider)
    actor = requested(city.decider)

    assert statements(lambda: accountability.announce(batch, actor)) == cost


def test_the_gesture_of_announcing_one_answer_reads_three_more(city):
    idea = loaded(at(city, "decision_pending"))
    services.prepare_decision(idea=idea, actor=city.decider, **yes())
    actor = requested(city.decider)

    # The prepared answer before, the idea as it has become after, and what was answered before by the same person.
    assert statements(lambda: services.announce_decision(idea=idea, actor=actor)) == 27 + 3
