"""The shipped process: every step at every stage, by every role, and long random walks."""

import itertools
import json
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

import ideas
from ideas.enums import IDEA_ROLES
from ideas.models import Idea, IdeaJournalEntry
from ideas.services.appealing import answered_before
from src.accountability import services as accountability
from src.accountability.models import ResponseOwed
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.workflow import process_cache, registry
from src.workflow.enums import CLOSING, DECIDED, FINAL, Actor
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.graph_rules import check_graph
from src.workflow.services import fire
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import NO, IdeaFactory, yes
from tests.factories.workflow import default_process

SHIPPED = json.loads((Path(ideas.__file__).parent / "processes" / "permanent-box.json").read_text(encoding="utf-8"))
STAGES = [stage["slug"] for stage in SHIPPED["stages"]]
TRANSITIONS = [transition["slug"] for transition in SHIPPED["transitions"]]
# Answered, and what a yes may become.
ANSWERED = DECIDED | {"in_progress", "delivered", "verified", "stopped"}
# What takes a step by itself: nobody holds these roles.
BY_SOMETHING = ("measure", "reopening", "promised_day")
LATER = {
    **NO,
    "outcome": "deferred",
}


def answer_for(outcome):
    """A complete answer with this outcome."""
    if outcome in ("accepted", "pilot"):
        return {**yes(), "outcome": outcome}
    if outcome == "deferred":
        return {**LATER, "revisit_on": clock.today() + timedelta(days=90)}
    return {**NO, "outcome": outcome}


class Walker:
    """Knows who takes each step and what its form holds."""

    def __init__(self, city):
        self.city = city
        self.city_facilitator = AgentFactory(roles=[(Role.FACILITATOR, None)])
        for correspondent in (city.correspondent, city.other_correspondent):
            grant(correspondent, Role.IDEA_CORRESPONDENT, None)
        for person, role in ((city.delegate, Role.DELEGATE), (city.decider, Role.DECISION_MAKER)):
            grant(person, role, None)

    def actor(self, transition):
        return {
            "moderator": self.city.moderator,
            "facilitator": self.city_facilitator,
            "idea_correspondent": self.city.correspondent,
            "delegate": self.city.delegate,
            "decision_maker": self.city.decider,
            "author": self.city.author,
            "system": None,
            **dict.fromkeys(BY_SOMETHING),
        }[transition.who[0]]

    def data(self, idea, transition):
        form = transition.form
        if transition.to_stage.kind == "removed":
            return {"reason_code": "personnes", "text": "Le texte désigne une personne."}
        if form == "restore":
            return {"text": "Le texte parle d'une machine.", "_objection": True}
        if form == "orientation":
            return {
                "direction": self.city.direction,
                "scale": idea.scale or "quick_fix",
                "owner": self.city.correspondent,
            }
        if form == "transfer":
            return {"direction": self.city.other, "text": "C'est votre métier."}
        if form == "study":
            return {"assessors": self.city.assessors}
        if form == "close_study":
            return {"text": "", "late_text": "Une personne est absente."}
        if form == "fast_answer":
            return {"_answer": answer_for("declined")}
        if form in ("decision", "countersign"):
            return {"_decision": self.decision(idea, transition.to_stage.kind, fast=form == "countersign")}
        if form in ("merge", "unmerge"):
            return {"text": "Les deux disent la même chose.", "_merge": True}
        if form == "reopen":
            return {"text": "Le budget est voté.", "_round": True}
        if form == "revisit":
            return {"_promised": clock.today() + timedelta(days=30)}
        if form == "":
            return {}
        return {"text": "Parce que."}

    def decision(self, idea, outcome, *, fast):
        known = accountability.prepared_decision("idea", idea.reference)
        if known is not None:
            return known
        return accountability.prepare_decision(
            actor=self.city.correspondent if fast else self.decider(idea),
            subject_kind="idea",
            subject_reference=idea.reference,
            unit=idea.unit,
            fast_lane=fast,
            turn=idea.turn,
            **answer_for(outcome),
        )

    def decider(self, idea):
        """Whoever hasn't answered this idea yet: an appeal is heard by somebody else."""
        before = answered_before(idea)
        return next(one for one in (self.city.decider, self.city.deputy) if one.pk not in before)

    def take(self, idea, transition):
        if transition.who[0] in BY_SOMETHING:
            data, role = self.data(idea, transition), transition.who[0]
            return fire(idea, transition.slug, actor=None, as_role=role, vouched=True, data=data)
        actor = self.actor(transition)
        as_role = Actor.SYSTEM if actor is None else None
        return fire(idea, transition.slug, actor=actor, as_role=as_role, data=self.data(idea, transition))


@pytest.fixture
def walker(city):
    return Walker(city)


def prepared(idea, transition):
    """What the guard of a transition looks at."""
    if transition.form == "fast_answer":
        idea.scale = "quick_fix"
        Idea.objects.filter(pk=idea.pk).update(scale="quick_fix")
    if transition.from_slug == "transferred":
        other = idea.direction
        idea.transfer_to = other
        Idea.objects.filter(pk=idea.pk).update(transfer_to=other)
    return idea


@pytest.mark.django_db
def test_shipped_process_is_sound_and_its_forms_and_guards_are_registered():
    process = default_process()

    assert check_graph(process) == []
    assert {stage.slug for stage in process.stages.all()} == set(STAGES)
    for transition in process.transitions.all():
        assert not transition.form or registry.form(transition.form), transition.slug
        assert not transition.guard or registry.guard(transition.guard), transition.slug


@pytest.mark.slow
@pytest.mark.parametrize("slug", TRANSITIONS)
def test_each_step_moves_from_its_stage_and_is_refused_at_every_other(walker, city, slug):
    transition = process_cache.graph(city.box.process_id).transition(slug)
    moved = {}

    for stage in STAGES:
        idea = IdeaFactory(stage=stage, space=city.box, author=city.author, direction=city.direction)
        if stage == transition.from_slug:
            idea = prepared(idea, transition)
        try:
            moved[stage] = walker.take(idea, transition).to_kind
        except ConditionNotMet as refusal:
            moved[stage] = f"condition: {refusal}"
        except TransitionNotAllowed:
            moved[stage] = "refused"
        except PermissionDenied:
            moved[stage] = "not theirs"

    expected = {stage: "refused" for stage in STAGES}
    if set(transition.who) - {"moderator", "author", "system", *BY_SOMETHING} and "moderator" not in transition.who:
        # On what moderation hides, only moderators hold their role.
        expected["removed"] = "not theirs"
    expected[transition.from_slug] = transition.to_stage.kind
    assert moved == expected
    drain_outbox()


@pytest.mark.slow
@pytest.mark.django_db
def test_each_step_is_taken_by_its_roles_and_by_nobody_else(walker, city):
    people = {role: AgentFactory(roles=[(role, None)]) for role in sorted(IDEA_ROLES)}
    graph = process_cache.graph(city.box.process_id)
    found, expected = {}, {}

    for transition, role in itertools.product(graph.transitions, people):
        idea = IdeaFactory(stage=transition.from_slug, space=city.box, author=city.author, direction=city.direction)
        prepared(idea, transition)
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


def test_shipped_process_pure_walk_of_ten_thousand_steps_never_strands():
    stages = {stage["slug"]: stage for stage in SHIPPED["stages"]}
    ways = {slug: [way for way in SHIPPED["transitions"] if way["from"] == slug] for slug in stages}
    dice = random.Random(20260301)
    here, transfers = "submitted", 0

    for _step in range(10_000):
        kind = stages[here]["kind"]
        if not ways[here]:
            assert kind in FINAL
            here = "submitted"
            continue
        way = dice.choice(ways[here])
        to_kind = stages[way["to"]]["kind"]
        assert way["who"]
        if to_kind in DECIDED:
            assert way["form"] in ("decision", "countersign")
        taken_by = {"measure": "measure", "reopen": "reopening", "revisit": "promised_day"}.get(way.get("form"))
        assert [taken_by] == way["who"] if taken_by else not set(way["who"]) & set(BY_SOMETHING)
        assert way.get("form") not in ("reopen", "revisit") or kind in ("declined", "deferred")
        assert way.get("form") != "measure" or kind in ANSWERED
        if to_kind in CLOSING:
            assert way["clock"] == "stop"
        if to_kind == "needs_info":
            assert way["clock"] == "pause"
        if kind == "needs_info":
            assert way["clock"] in ("resume", "stop")
        if "author" in way["who"]:
            assert way["who"] == ["author"]
        transfers += to_kind == "transferred"
        here = way["to"]

    assert transfers > 0


@pytest.mark.slow
@pytest.mark.django_db
def test_random_walk_of_five_hundred_steps_keeps_the_journal_the_promise_and_the_outbox_true(walker, city):
    dice = random.Random(1871)
    graph = process_cache.graph(city.box.process_id)
    idea, taken, refused = _fresh(city), 0, 0

    while taken < 500:
        # One appeal an idea, and one answer of each a turn: where nothing else leads on, its way ends.
        ways = [way for way in graph.ways_out(idea.stage_id) if _may_come_back(idea, way)]
        if not ways:
            _check(idea)
            idea = _fresh(city)
            continue
        transition = dice.choice(ways)
        try:
            walker.take(idea, transition)
        except (ConditionNotMet, TransitionNotAllowed):
            refused += 1
            if refused > 2000:
                raise
            idea = Idea.objects.select_related("owed", "unit", "transfer_to", "space").get(pk=idea.pk)
            continue
        taken += 1
        idea = Idea.objects.select_related("owed", "unit", "transfer_to", "space").get(pk=idea.pk)
        _check_promise(idea)
    _check(idea)

    assert IdeaJournalEntry.objects.count() == 500
    assert OutboxEvent.objects.filter(topic="workflow.moved").count() == 500
    drain_outbox()


def _may_come_back(idea, way) -> bool:
    """Whether somebody is left to answer what a step would reopen."""
    if way.form == "appeal" and idea.journal.filter(transition_slug__startswith="appeal").exists():
        return False
    return way.form not in ("appeal", "reopen") or len(answered_before(idea)) < 2


def _fresh(city):
    return IdeaFactory(stage="submitted", space=city.box, author=city.author, direction=city.direction)


def _check(idea):
    """Each passage starts where the one before ended, and the last one ends where the idea is."""
    entries = list(idea.journal.order_by("id"))
    stages = [process_cache.graph(idea.process_id).start.pk] + [entry.to_stage_id for entry in entries]
    assert [entry.from_stage_id for entry in entries] == stages[:-1]
    assert stages[-1] == idea.stage_id
    assert idea.stage_kind == process_cache.graph(idea.process_id).stage(idea.stage_id).kind
    assert (idea.decision_id is not None) == (idea.stage_kind in ANSWERED)


def _check_promise(idea):
    rows = ResponseOwed.objects.filter(subject_reference=idea.reference)
    owed = idea.owed
    resting = idea.stage_kind in CLOSING | ANSWERED | {"dormant"}
    assert rows.open().count() == (0 if resting else 1)
    assert (owed.answered_on is not None) == (idea.stage_kind in ANSWERED)
    assert (owed.paused_on is not None) == (idea.stage_kind == "needs_info")
    assert owed.unit_id == idea.unit_id
