"""Ideas and comments built directly, so that this room is tested without the rules of the app above it."""

import itertools

import pytest

from ideas.models import Idea, IdeaComment, IdeaCounts
from src.foundations import clock, text
from src.participation.enums import IdentityMode
from src.participation.guards import guards_for_contribution
from src.participation.services import authorship
from src.participation.services.contributions import identity_fields
from src.workflow.models import Process
from tests.factories.directory import AgentFactory
from tests.factories.participation import SpaceFactory
from tests.factories.workflow import draft_process, stage

guards_for_contribution(Idea)
guards_for_contribution(IdeaComment)

_numbers = itertools.count(1)


@pytest.fixture
def box(db):
    return SpaceFactory(slug="plus-simple", name="Plus simple")


@pytest.fixture
def agent(db):
    return AgentFactory(first_name="Nadia", last_name="Benali")


def first_stage():
    process = Process.objects.filter(slug="tests-participation").first() or draft_process(
        [stage("open", accepts_supports=True)], [], slug="tests-participation", kind="idea"
    )
    return process.stages.get()


def build_idea(space, author=None, *, identity_mode=IdentityMode.NAMED, seal=True, **values):
    """One idea as its app would write it: identity fields, counters, and the seal of a protected author."""
    start = first_stage()
    idea = Idea.objects.create(
        **identity_fields(space, author or AgentFactory(), identity_mode=identity_mode),
        space=space,
        title=values.pop("title", f"Idée {next(_numbers)}"),
        body="Un banc couvert près du portail.",
        body_html=text.plain_to_html("Un banc couvert près du portail."),
        stage_kind=start.kind,
        process=start.process,
        stage=start,
        stage_since=clock.now(),
        **values,
    )
    IdeaCounts.objects.create(idea=idea)
    if seal and identity_mode == IdentityMode.PROTECTED:
        authorship.seal(idea.handle, author)
    return idea


@pytest.fixture
def idea(box):
    return build_idea(box)
