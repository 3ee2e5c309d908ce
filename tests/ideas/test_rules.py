"""Who sees and does what: the queryset and the predicate agree in any world, and each permission has its walk."""

import random
from datetime import timedelta

import pytest

from ideas import rules, selectors, services
from ideas.enums import IDEA_ROLES
from ideas.models import Idea
from ideas.querysets import in_hands
from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.foundations.testing import drain_outbox
from src.participation.models import Phase
from tests.factories.directory import AgentFactory, DirectionFactory, ExternalFactory, UnitFactory, grant
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.participation import grant_in_space, invite

pytestmark = pytest.mark.django_db

STAGES = (
    "submitted",
    "open",
    "qualified",
    "transferred",
    "in_review",
    "decision_pending",
    "declined",
    "withdrawn",
    "removed",
)


def build_world(seed):
    """A few units, boxes of each circle, people of all sorts, ideas everywhere."""
    dice = random.Random(seed)
    directions = [DirectionFactory() for _ in range(3)]
    services_ = [UnitFactory(parent=dice.choice(directions)) for _ in range(4)]
    units = directions + services_
    boxes = [
        BoxFactory(circle="agents"),
        BoxFactory(circle="everyone"),
        BoxFactory(circle="members", member_unit=dice.choice(units)),
        BoxFactory(circle="members"),
    ]
    people = [AgentFactory(unit=dice.choice(units)) for _ in range(6)] + [ExternalFactory(), AgentFactory()]
    for _ in range(10):
        who, role = dice.choice(people[:6]), dice.choice(sorted(IDEA_ROLES))
        place = dice.choice([*units, None])
        if not who.rolegrants.filter(role=role, unit=place).exists():
            grant(who, role, place)
    for _ in range(3):
        who, box = dice.choice(people[:6]), dice.choice(boxes)
        if not box.role_grants.filter(user=who, role=Role.MODERATOR).exists():
            grant_in_space(who, Role.MODERATOR, box)
    invite(people[0], boxes[3])
    for _ in range(24):
        direction = dice.choice(directions)
        inside = [unit for unit in services_ if unit.parent_id == direction.pk]
        stage = dice.choice(STAGES)
        IdeaFactory(
            space=dice.choice(boxes),
            stage=stage,
            author=dice.choice(people),
            protected=dice.random() < 0.4,
            direction=direction,
            service=dice.choice([*inside, None]),
            transfer_to=dice.choice(directions) if stage == "transferred" else None,
            is_imported=dice.random() < 0.1,
        )
    outbox.drain(raising=True)
    return [User.objects.get(pk=person.pk) for person in people]


@pytest.mark.parametrize("seed", range(6))
def test_the_gate_and_its_predicate_agree_in_any_world(seed):
    people = [*build_world(seed), None]
    ideas = list(Idea.objects.select_related("space", "unit", "transfer_to"))

    for person in people:
        viewer = as_viewer(person)
        seen = set(Idea.objects.visible_to(viewer).values_list("pk", flat=True))
        assert seen == {idea.pk for idea in ideas if rules.can_view(viewer, idea)}
        assert seen == set(Idea.objects.visible_to(person).values_list("pk", flat=True))
        for role in IDEA_ROLES:
            held = set(Idea.objects.filter(in_hands(viewer, {role})).values_list("pk", flat=True))
            own = set(Idea.objects.of(viewer).values_list("pk", flat=True))
            assert held - own == {idea.pk for idea in ideas if role in idea.roles_of(viewer)}


@pytest.mark.parametrize("seed", range(3))
def test_queues_hold_what_the_table_allows_and_nothing_of_ones_own(seed):
    people = build_world(seed)
    verbs = {
        "to_screen": ("screen",),
        "to_orient": ("orient", "transfer_answer"),
        "to_countersign": ("countersign",),
        "to_decide": ("decide",),
    }

    for person in people:
        viewer = as_viewer(person)
        counts = selectors.queue_counts(viewer)
        for name, actions in verbs.items():
            rows = {row.reference for row in selectors.queue(viewer, name, size=50).rows}
            allowed = {
                idea.reference
                for idea in Idea.objects.select_related("space", "unit", "transfer_to")
                if any(rules.can(viewer, action, idea) for action in actions)
                # An orientation already made can be corrected, but waits for nobody.
                and (name != "to_orient" or idea.stage_kind in ("open", "transferred"))
            }
            assert rows == allowed, name
            assert counts.get(name, 0) == len(rows)


def test_nobody_works_on_their_own_idea_named_or_protected(city):
    everything = AgentFactory(roles=[(role, None) for role in sorted(IDEA_ROLES)])
    named = IdeaFactory(space=city.box, author=everything, stage="decision_pending")
    sealed = IdeaFactory(space=city.box, author=everything, stage="decision_pending", protected=True)
    other = IdeaFactory(space=city.box, stage="decision_pending")
    outbox.drain(raising=True)
    everything = User.objects.get(pk=everything.pk)

    assert [idea.roles_of(as_viewer(everything)) == {"author"} for idea in (named, sealed, other)] == [
        True,
        True,
        False,
    ]
    assert [rules.can(everything, "decide", idea) for idea in (named, sealed, other)] == [False, False, True]
    assert {row.reference for row in selectors.queue(everything, "to_decide").rows} == {other.reference}
    for verb in ("screen", "orient", "study", "assess", "countersign", "decide", "see_workshop", "read_first"):
        assert not rules.can(everything, verb, sealed), verb


def test_support_walk(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="open")
    outsider = ExternalFactory()
    phase = city.box.phases.get()
    walk = {}

    def ask():
        fresh = Idea.objects.select_related("space", "unit", "counts").get(pk=idea.pk)
        people = {"visitor": None, "outsider": outsider, "author": city.author, "colleague": city.colleague}
        return {name: rules.can(person, "support", fresh) for name, person in people.items()}

    walk["during"] = ask()
    Phase.objects.filter(pk=phase.pk).update(starts_at=clock.now() + timedelta(days=1))
    walk["before"] = ask()
    Phase.objects.filter(pk=phase.pk).update(
        starts_at=clock.now() - timedelta(days=3), ends_at=clock.now() - timedelta(days=1)
    )
    walk["after"] = ask()
    Phase.objects.filter(pk=phase.pk).update(ends_at=None)
    walk["decided"] = {
        name: rules.can(person, "support", IdeaFactory(space=city.box, author=city.author, stage="declined"))
        for name, person in {"colleague": city.colleague, "decider": city.decider}.items()
    }

    nobody = {"visitor": False, "outsider": False, "author": False, "colleague": False}
    assert walk == {
        "during": {**nobody, "colleague": True},
        "before": nobody,
        "after": nobody,
        "decided": {"colleague": False, "decider": False},
    }


def test_only_the_author_edits_and_only_early(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="open")
    oriented = IdeaFactory(space=city.box, author=city.author, stage="qualified", direction=city.direction)

    assert rules.can(city.author, "edit", idea) and not rules.can(city.colleague, "edit", idea)
    assert not rules.can(city.author, "edit", oriented)
    services.set_support(idea=idea, actor=city.colleague, wanted=True)
    idea.counts.refresh_from_db()
    assert rules.can(city.author, "edit", idea), "an hour of free corrections"
    old = IdeaFactory(space=city.box, author=city.author, stage="open", sent_days_ago=2)
    services.set_support(idea=old, actor=city.colleague, wanted=True)
    old.counts.refresh_from_db()
    assert not rules.can(city.author, "edit", old)


def test_manager_and_superuser_see_nothing_more(city):
    manager = AgentFactory(unit=city.service, is_manager=True)
    root = AgentFactory()
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    root = User.objects.get(pk=root.pk)
    idea = IdeaFactory(space=city.box, author=city.author, protected=True, direction=city.direction)
    allowed = {action for action in rules.TABLE if rules.can(manager, action, idea)}

    assert allowed == {"view", "support", "follow", "comment", "report"}
    assert {action for action in rules.TABLE if rules.can(root, action, idea)} == allowed
    drain_outbox()
