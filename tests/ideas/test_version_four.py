"""Version 4 of the shipped process takes in the ideas already running: refusals can be reopened, no date is lost."""

import copy
from datetime import timedelta

import pytest

from ideas import services
from ideas.models import Idea, IdeaJournalEntry
from ideas.services.reopening import revisit_due
from src.accountability.models import ReopeningCondition, ResponseOwed
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.models import Process
from src.workflow.process_files import install_process
from src.workflow.services import adopt, preview_adoption
from src.workflow.services.adoption import suggest_mapping
from tests.factories.directory import AgentFactory
from tests.factories.ideas import NO, IdeaFactory

from .test_reopening import LATER, MET, fresh, later, refused
from .test_version_three import SHIPPED

pytestmark = pytest.mark.django_db
NEW_FORMS = ("reopen", "revisit")


@pytest.fixture
def versions(city) -> tuple[Process, Process]:
    """The process as it was shipped before, which the box follows, and the one that comes."""
    old = copy.deepcopy(SHIPPED)
    old["transitions"] = [way for way in old["transitions"] if way.get("form") not in NEW_FORMS]
    three = install_process(old | {"version": SHIPPED["version"] + 1})
    four = install_process(SHIPPED | {"version": SHIPPED["version"] + 2})
    city.box.process = three
    city.box.save(update_fields=["process"])
    return three, four


def adopted(versions):
    three, four = versions
    mapping = suggest_mapping(three, four)
    preview = preview_adoption(three, four, mapping)
    adopt(three, four, mapping, AgentFactory(roles=[("administrator", None)]))
    return preview


def test_every_running_idea_is_adopted_with_its_date_and_a_journal_row(city, versions):
    stages = [stage["slug"] for stage in SHIPPED["stages"]]
    made = [
        IdeaFactory(space=city.box, stage=slug, direction=city.direction, sent_days_ago=number)
        for number, slug in enumerate(stages)
    ]
    before = dict(ResponseOwed.objects.values_list("subject_reference", "promised_on"))

    preview = adopted(versions)

    assert (preview.refusals, preview.total) == ([], len(made))
    assert set(Idea.objects.values_list("process", flat=True)) == {versions[1].pk}
    assert IdeaJournalEntry.objects.filter(transition_slug="adoption").count() == len(made)
    assert dict(ResponseOwed.objects.values_list("subject_reference", "promised_on")) == before
    drain_outbox()


def test_a_refusal_given_before_can_be_reopened_once_adopted(city, versions):
    idea = refused(city, supporters=[city.colleague], answer=NO)
    condition = ReopeningCondition.objects.get(decision=idea.decision)
    with pytest.raises(TransitionNotAllowed, match="parcours"):
        services.meet_condition(idea=idea, condition=condition, actor=city.decider, text=MET)

    adopted(versions)

    services.meet_condition(idea=fresh(idea), condition=condition, actor=city.decider, text=MET)
    drain_outbox()


def test_a_later_given_before_keeps_the_date_it_promised_even_past(city, versions):
    promised = clock.today() + timedelta(days=10)
    idea = refused(city, answer=LATER | {"revisit_on": promised})
    with later(12):
        assert revisit_due(clock.now()) == 0
        adopted(versions)

        assert revisit_due(clock.now()) == 1

        idea = fresh(idea)
        assert (idea.stage_kind, idea.owed.promised_on, idea.owed.is_late(clock.today())) == (
            "in_review",
            promised,
            True,
        )
        drain_outbox()
