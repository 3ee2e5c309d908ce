"""Each process shipped for a kind of space: every step at every stage, by every role, and long walks."""

import itertools
import json
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

import ideas
from ideas.enums import IDEA_ROLES, leads_to
from ideas.models import CohortMilestone, CohortPerson, Idea, IdeaJournalEntry, Mentorship, MilestoneNote
from ideas.registrations import PROCESSES
from ideas.services import cohorts, plan_milestones
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.workflow import process_cache, registry
from src.workflow.enums import CLOSING, DECIDED, FINAL
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.graph_rules import check_graph
from src.workflow.services import fire
from src.workflow.services.starting import active_process
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import IdeaFactory, make_city
from tests.factories.participation import grant_in_space
from tests.factories.workflow import default_process

from .test_process import Walker, answer_for

# "settle-here" is the permanent box after its own first stage: tests/ideas/test_settling.py.
NAMES = [name for name in PROCESSES if name not in ("permanent-box", "settle-here")]
FOLDER = Path(ideas.__file__).parent / "processes"
SHIPPED = {name: json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES}
# A yes besides a choice: for what is looked at again after it was announced (test_looked_at_again).
BESIDES = {("choose-together", "decide_accepted"), ("jury-call", "decide_accepted")}
STEPS = [(name, transition["slug"]) for name in NAMES for transition in SHIPPED[name]["transitions"]]


class KindWalker(Walker):
    """Everybody holds their role for the whole city: rights are another test's."""

    def __init__(self, city):
        super().__init__(city)
        for assessor in city.assessors:
            grant(assessor, Role.INSTRUCTOR, None)

    def actor(self, transition):
        if transition.who[0] == "instructor":
            return self.city.assessors[0]
        return super().actor(transition)

    def decision(self, idea, outcome, *, fast):
        decision = super().decision(idea, "accepted" if leads_to("accepted", outcome) else outcome, fast=fast)
        if idea.has_seats and decision.outcome == "accepted" and idea.stage_kind == "decision_pending":
            cohorts.take_seats(idea)
        return decision

    def data(self, idea, transition):
        if transition.form == "shortlist":
            return {"text": "", "owner": self.city.correspondent}
        if transition.form == "jury":
            return {}
        if transition.form == "fast_answer":
            return {"_answer": answer_for("declined")}
        if transition.form == "graduation":
            self.accompany(idea)
            return {"text": ""}
        return super().data(idea, transition)

    def accompany(self, idea):
        """Its mentor validates each milestone, where the database lets them."""
        if idea.stage_kind != "cohort":
            return
        mentor = self.city.other_correspondent
        Mentorship.objects.get_or_create(
            idea=idea, defaults={"mentor": mentor, "named_by": mentor, "since": clock.today()}
        )
        for milestone in CohortMilestone.objects.filter(space=idea.space):
            values = {"text": "Fait.", "is_validated": True, "noted_by": mentor, "noted_on": clock.today()}
            MilestoneNote.objects.get_or_create(idea=idea, milestone=milestone, defaults=values)


def make(name):
    default_process()
    if name == "cohort":
        city = make_city(process=active_process(name), cohort_seats=1000, identity_modes=["named"])
        day = clock.today() + timedelta(days=30)
        plan_milestones(city.box, steps=[(day, "Premier essai")], demo_day=day)
    else:
        city = make_city(process=active_process(name), chosen_count=1000)
    for juror in AgentFactory.create_batch(3):
        grant_in_space(juror, Role.INSTRUCTOR, city.box)
    return city


def idea_at(city, stage):
    idea = IdeaFactory(stage=stage, space=city.box, author=city.author, direction=city.direction)
    if city.box.cohort_seats is not None:
        # Somebody else each time: a person holds one seat of a cohort.
        today, person = clock.today(), AgentFactory(unit=city.service)
        CohortPerson.objects.create(
            idea=idea,
            space=city.box,
            user=person,
            asked_on=today,
            consented_on=today,
            released_from=today,
            released_by=city.moderator,
        )
    return idea


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_shipped_process_is_sound_and_everything_it_names_is_registered(name):
    default_process()
    process = active_process(name)

    assert check_graph(process) == []
    for transition in process.transitions.all():
        assert not transition.form or registry.form(transition.form), transition.slug
        assert not transition.guard or registry.guard(transition.guard), transition.slug


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "slug"), STEPS)
def test_each_step_moves_from_its_stage_and_is_refused_at_every_other(name, slug):
    city = make(name)
    walker = KindWalker(city)
    transition = process_cache.graph(city.box.process_id).transition(slug)
    stages = [stage["slug"] for stage in SHIPPED[name]["stages"]]
    moved = {}

    for stage in stages:
        idea = idea_at(city, stage)
        try:
            moved[stage] = walker.take(idea, transition).to_kind
        except ConditionNotMet as refusal:
            moved[stage] = f"condition: {refusal}"
        except TransitionNotAllowed:
            moved[stage] = "refused"
        except PermissionDenied:
            moved[stage] = "not theirs"

    expected = dict.fromkeys(stages, "refused")
    if walker.actor(transition) is not None and transition.who[0] not in ("moderator", "author"):
        # On what moderation hides, only moderators hold their role.
        expected["removed"] = "not theirs"
    expected[transition.from_slug] = transition.to_stage.kind
    if (name, slug) in BESIDES:
        expected[transition.from_slug] = "condition: Ici, un «\xa0oui\xa0» se donne par le choix, avec les autres."
    assert moved == expected
    drain_outbox()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_each_step_is_taken_by_its_roles_and_by_nobody_else(name):
    city = make(name)
    walker = KindWalker(city)
    people = {role: AgentFactory(roles=[(role, None)]) for role in sorted(IDEA_ROLES)}
    found, expected = {}, {}

    for transition, role in itertools.product(process_cache.graph(city.box.process_id).transitions, people):
        idea = idea_at(city, transition.from_slug)
        try:
            fire(idea, transition.slug, actor=people[role], data=walker.data(idea, transition))
        except PermissionDenied:
            found[transition.slug, role] = False
        except TransitionNotAllowed:
            found[transition.slug, role] = True
        else:
            found[transition.slug, role] = True
        expected[transition.slug, role] = role in transition.who

    assert found == expected
    drain_outbox()


@pytest.mark.parametrize("name", NAMES)
def test_pure_walk_of_ten_thousand_steps_never_strands(name):
    stages = {stage["slug"]: stage for stage in SHIPPED[name]["stages"]}
    ways = {slug: [way for way in SHIPPED[name]["transitions"] if way["from"] == slug] for slug in stages}
    dice = random.Random(20261128)
    here, ended = "submitted", set()

    for _step in range(10_000):
        kind = stages[here]["kind"]
        if not ways[here]:
            assert kind in FINAL
            ended.add(kind)
            here = "submitted"
            continue
        way = dice.choice(ways[here])
        to_kind = stages[way["to"]]["kind"]
        if to_kind in DECIDED:
            assert way["form"] in ("decision", "countersign")
        if to_kind in CLOSING:
            assert way["clock"] == "stop"
        if to_kind == "needs_info":
            assert way["clock"] == "pause"
        if kind == "needs_info":
            assert way["clock"] in ("resume", "stop")
        if "author" in way["who"]:
            assert way["who"] == ["author"]
        here = way["to"]

    assert ended == {stage["kind"] for stage in stages.values() if not ways[stage["slug"]]}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_random_walk_of_five_hundred_steps_keeps_the_journal_and_the_promise_true(name):
    city = make(name)
    walker = KindWalker(city)
    dice = random.Random(1871)
    graph = process_cache.graph(city.box.process_id)
    idea, taken, refused = idea_at(city, "submitted"), 0, 0

    while taken < 500:
        ways = graph.ways_out(idea.stage_id)
        if not ways:
            idea = idea_at(city, "submitted")
            continue
        try:
            walker.take(idea, dice.choice(ways))
        except (ConditionNotMet, TransitionNotAllowed):
            refused += 1
            assert refused < 2000
        else:
            taken += 1
        idea = Idea.objects.select_related("owed", "unit", "transfer_to", "space").get(pk=idea.pk)
        last = idea.journal.order_by("-id").first()
        assert last is None or last.to_kind == idea.stage_kind
        assert (idea.owed.answered_on is not None) == (idea.stage_kind in DECIDED | {"graduated", "stopped"})
        seated = idea.people.filter(rank__isnull=False).exists()
        if idea.stage_kind in ("cohort", "graduated"):
            assert seated
        elif idea.stage_kind != "decision_pending":
            assert not seated

    assert IdeaJournalEntry.objects.count() == 500
    assert OutboxEvent.objects.filter(topic="workflow.moved").count() == 500
    drain_outbox()
