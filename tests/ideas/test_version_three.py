"""Version 3 of the shipped process takes in the ideas already running: a journal row each, no promised date lost."""

import copy
import json
from pathlib import Path

import pytest

import ideas
from ideas import services
from ideas.models import Idea, IdeaJournalEntry
from src.accountability.models import ResponseOwed
from src.foundations.testing import drain_outbox
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.models import Process
from src.workflow.process_files import install_process
from src.workflow.services import adopt, preview_adoption
from src.workflow.services.adoption import suggest_mapping
from tests.factories.directory import AgentFactory
from tests.factories.ideas import IdeaFactory

pytestmark = pytest.mark.django_db
SHIPPED = json.loads((Path(ideas.__file__).parent / "processes" / "permanent-box.json").read_text(encoding="utf-8"))
NEW_FORMS, NEW_STAGES = ("merge", "unmerge", "appeal", "reopen", "revisit"), ("merged",)


def version_two() -> Process:
    """The process as it was shipped before: without what version 3 brings."""
    old = copy.deepcopy(SHIPPED) | {"version": 2, "slug": SHIPPED["slug"]}
    old["stages"] = [stage for stage in old["stages"] if stage["slug"] not in NEW_STAGES]
    old["transitions"] = [way for way in old["transitions"] if way.get("form") not in NEW_FORMS]
    return install_process(old)


def version_three() -> Process:
    """The process as it is shipped, put in use after the one before."""
    return install_process(SHIPPED | {"version": SHIPPED["version"] + 1})


def test_every_running_idea_is_adopted_with_its_date_and_a_journal_row(city):
    two, three = version_two(), version_three()
    stages = [stage["slug"] for stage in SHIPPED["stages"] if stage["slug"] not in NEW_STAGES]
    city.box.process = two
    city.box.save(update_fields=["process"])
    made = [
        IdeaFactory(space=city.box, stage=slug, direction=city.direction, sent_days_ago=number)
        for number, slug in enumerate(stages)
    ]
    before = dict(ResponseOwed.objects.values_list("subject_reference", "promised_on"))
    mapping = suggest_mapping(two, three)

    preview = preview_adoption(two, three, mapping)
    adopt(two, three, mapping, AgentFactory(roles=[("administrator", None)]))

    assert (preview.refusals, preview.total) == ([], len(made))
    assert set(Idea.objects.values_list("process", flat=True)) == {three.pk}
    assert IdeaJournalEntry.objects.filter(transition_slug="adoption").count() == len(made)
    assert dict(ResponseOwed.objects.values_list("subject_reference", "promised_on")) == before
    drain_outbox()


def test_a_running_idea_can_be_merged_and_appealed_once_adopted(city):
    two, three = version_two(), version_three()
    city.box.process = two
    city.box.save(update_fields=["process"])
    refused = IdeaFactory(space=city.box, stage="declined", direction=city.direction)
    with pytest.raises(TransitionNotAllowed):
        services.appeal_answer(idea=refused, actor=refused.author, text="Un élément nouveau, enfin.")

    adopt(two, three, suggest_mapping(two, three), AgentFactory(roles=[("administrator", None)]))

    refused = Idea.objects.select_related("owed", "unit", "transfer_to", "space").get(pk=refused.pk)
    refused.owed.answered_on = refused.owed.started_on
    refused.owed.save(update_fields=["answered_on"])
    services.appeal_answer(idea=refused, actor=refused.author, text="Un élément nouveau, enfin.")
    assert Idea.objects.get(pk=refused.pk).stage_kind == "in_review"
    drain_outbox()
