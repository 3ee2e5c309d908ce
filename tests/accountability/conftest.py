"""A kind of subject for this room's tests: a note, with its author, its readers and what an answer did to it."""

import pytest

from ideas.models import Idea
from src.accountability import registry
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory, grant


class Notes:
    """What the app above would know: who wrote each subject, and which answers reached it."""

    def __init__(self):
        self.authors = {}
        self.applied = []
        self.refusals = {}
        self.failing = set()
        self.visible = lambda viewer: Idea.objects.none()

    def is_author(self, reference, viewer):
        return self.authors.get(reference) == viewer.user_id

    def apply(self, decision):
        if decision.subject_reference in self.failing:
            raise RuntimeError("the subject refuses")
        self.applied.append((decision.subject_reference, decision.outcome))

    def refusal(self, decision):
        return self.refusals.get(decision.subject_reference)


@pytest.fixture
def notes(monkeypatch):
    """Registers the kind "idea" with what a test decides, for its length."""
    world = Notes()
    monkeypatch.setattr(registry, "_appliers", {"idea": world.apply})
    monkeypatch.setattr(registry, "_interest_checks", {"idea": world.is_author})
    monkeypatch.setattr(registry, "_refusals", {"idea": world.refusal})
    monkeypatch.setattr(registry, "_visible", {"idea": lambda viewer: world.visible(viewer)})
    return world


@pytest.fixture
def direction(db):
    return DirectionFactory(name="Propreté et ressources")


@pytest.fixture
def service(direction):
    return UnitFactory(name="Collecte", parent=direction)


@pytest.fixture
def decider(direction):
    """Decides for the whole direction."""
    user = AgentFactory(
        first_name="Sophie", last_name="Lantier", unit=direction, job_title="cheffe du service technique"
    )
    grant(user, "decision_maker", direction)
    return user


@pytest.fixture
def delegate(direction):
    user = AgentFactory(first_name="Jeanne", last_name="Abadie", unit=direction)
    grant(user, "delegate", direction)
    return user


@pytest.fixture
def correspondent(direction):
    user = AgentFactory(first_name="Odile", last_name="Marchand", unit=direction)
    grant(user, "idea_correspondent", direction)
    return user
