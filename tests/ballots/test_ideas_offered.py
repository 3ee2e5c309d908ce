"""Ideas under study become proposals of a ballot of their space, and what is prepared of them shows nowhere."""

import pytest

from ideas.models import Idea
from src.foundations.testing import forget_effects
from src.participation.ballots import subjects
from src.workflow.enums import StageKind
from tests.factories.ballots import organiser_of
from tests.factories.ideas import BoxFactory, IdeaFactory

pytestmark = pytest.mark.django_db


def studied(title, stage, **fields):
    """An idea that stands at a stage."""
    made = IdeaFactory(title=title, **fields)
    Idea.objects.filter(pk=made.pk).update(stage_kind=stage)
    return made


def test_ideas_under_study_of_the_space_alone_are_offered():
    space = BoxFactory(activities=["ideas", "ballots"])
    tanks = studied("Des cuves de pluie", StageKind.IN_REVIEW, space=space)
    timers = studied("Des minuteries", StageKind.DECISION_PENDING, space=space)
    studied("À peine reçue", StageKind.OPEN, space=space)
    studied("Déjà refusée", StageKind.DECLINED, space=space)
    studied("Ailleurs", StageKind.IN_REVIEW)

    found = [
        (subject.kind, {one.reference: one.title for one in some})
        for subject, some in subjects.candidates_of(space, organiser_of(space))
    ]

    forget_effects()
    assert found == [("idea", {tanks.reference: "Des cuves de pluie", timers.reference: "Des minuteries"})]
