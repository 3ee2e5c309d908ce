"""Many writers at the same moment, on both databases: never one more chosen than the space says."""

import pytest
from django.db import IntegrityError

from ideas.models import Idea
from src.workflow.enums import StageKind
from src.workflow.services.starting import active_process
from tests.factories.ideas import IdeaFactory, make_city
from tests.factories.workflow import default_process
from tests.participation.real_database import several_writers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_eight_writers_choose_at_once_and_two_are_chosen(tmp_path):
    default_process()
    city = make_city(process=active_process("choose-together"), chosen_count=2)
    ideas = [IdeaFactory(space=city.box, stage="decision_pending", unit=city.box.steering_unit) for _ in range(8)]
    selected = city.box.process.stages.get(slug="selected")

    def choose(idea):
        def run():
            try:
                Idea.objects.filter(pk=idea.pk).update(stage=selected, stage_kind=StageKind.SELECTED)
            except IntegrityError:
                return "refused"
            return "chosen"

        return run

    with several_writers(tmp_path) as run:
        answers = run([choose(idea) for idea in ideas])
        kept = run([lambda: Idea.objects.filter(stage_kind=StageKind.SELECTED).count()])

    assert (sorted(answers), kept) == (["chosen"] * 2 + ["refused"] * 6, [2])
