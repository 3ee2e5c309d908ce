"""Loads the large consultation: its questions, and the figures of six thousand answers.

Answers came in signed out, on paper and at a counter, and were counted elsewhere: figures are told, and no answer is
kept. They are counted by the rules of every questionnaire, so that the page shows what these rules allow.
"""

import random
from datetime import timedelta

from django.db import transaction

from src.directory.models import Unit
from src.foundations import clock
from src.participation.enums import Circle, IdentityMode, PhaseVerb
from src.participation.models import Space
from src.participation.services.spaces import open_space, plan_phase

from .. import asking, figures
from .. import demo_large as content
from ..models import Questionnaire, ResultRelease
from ..rules import ACTIVITY
from .building import create_questionnaire, publish, save_question


@transaction.atomic
def load_large() -> int:
    """Load it when it isn't there; answers how many answers its figures count."""
    if Space.objects.filter(slug=content.SLUG).exists():
        return 0
    opened, closed = _day(content.OPENED), _day(content.CLOSED)
    space = open_space(
        slug=content.SLUG,
        name=content.NAME,
        circle=Circle.EVERYONE,
        activities=[ACTIVITY],
        identity_modes=[IdentityMode.PROTECTED],
        steering_unit=Unit.objects.get(code=content.STEERING),
        on_home_page=False,
    )
    verbs = [str(PhaseVerb.ANSWER)]
    plan_phase(space=space, name="Réponses", verbs=verbs, starts_at=opened, ends_at=closed)
    made = create_questionnaire(
        space=space, title=content.NAME, introduction=content.INTRODUCTION, minutes=content.MINUTES
    )
    for question in content.QUESTIONS:
        save_question(questionnaire=made, **question)
    publish(questionnaire=made)
    _tell(made, closed)
    return content.ANSWERS


def _tell(made: Questionnaire, closed) -> None:
    """Close it on its day, with the figures."""
    revisions = list(made.revisions.prefetch_related("questions"))
    specs = revisions[0].specs
    dice = random.Random(content.SLUG)  # noqa: S311 - the same city each time
    speaks = set(dice.sample(range(content.ANSWERS), content.FREE_ANSWERS))
    sets = (
        (revisions[0].pk, asking.check(specs, _answers(dice, number in speaks)).answers)
        for number in range(content.ANSWERS)
    )
    counts = figures.count(revisions, sets)
    Questionnaire.objects.filter(pk=made.pk).update(closed_at=closed)
    ResultRelease.objects.create(
        questionnaire=made, released_at=closed, content=figures.release(counts, content.ANSWERS)
    )


def _answers(dice: random.Random, speaks: bool) -> dict:
    """One person's answers."""
    used = [number for number, share in enumerate(content.USES) if dice.randrange(100) < share]
    graded = {f"r{number + 1}": _drawn(dice, content.JUDGED[number]) for number in used}
    reasons = [f"c{number}" for number, share in enumerate(content.GAVE_UP, start=1) if dice.randrange(100) < share]
    return {
        "q1": [f"c{number + 1}" for number in used] or ["c6"],
        "q2": graded or None,
        "q3": _drawn(dice, content.WENT) if dice.randrange(100) < 96 else None,
        "q4": reasons or None,
        "q5": "Une démarche à simplifier." if speaks else None,
    }


def _drawn(dice: random.Random, weights) -> str:
    return dice.choices([f"c{number}" for number in range(1, len(weights) + 1)], weights)[0]


def _day(ago: int):
    return clock.start_of_day(clock.today() - timedelta(days=ago))
