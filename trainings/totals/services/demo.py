"""Totals of the demo city: months of agents whose answers were added up, then forgotten with their detail."""

import random
from datetime import timedelta

from src.foundations import clock
from trainings.contents import grading
from trainings.models import Module, Question, Track, TrackVersion

from ..models import QuestionTotal, SceneTotal
from ..tallies import LEAST

# Questions and scenes that fewer than eleven people have met since they were written: nothing is told of them.
SILENT_ONE_IN = 9


def load_totals() -> None:
    """Give the demo tracks the totals of a first autumn; what exists stays."""
    if QuestionTotal.objects.exists():
        return
    rng, until = random.Random(2026), clock.now() - timedelta(hours=12)  # noqa: S311 - a demo’s figures
    rows = Question.objects.filter(retired=False, current__isnull=False).select_related("current").order_by("pk")
    QuestionTotal.objects.bulk_create(
        _question(one.current, rng, until) for number, one in enumerate(rows) if number % SILENT_ONE_IN
    )
    versions = TrackVersion.objects.latest_of_each().filter(track__in=Track.objects.filter(live=True))
    scenarios = Module.objects.with_content().filter(version__in=versions, kind="scenario").order_by("pk")
    SceneTotal.objects.bulk_create(_scenes(scenarios, rng, until))


def _question(revision, rng, until) -> QuestionTotal:
    people = rng.randint(5 * LEAST, 60 * LEAST)
    ease = rng.uniform(0.45, 0.95)
    right = round(people * ease)
    choices: dict[str, int] = {}
    if revision.kind in (grading.SINGLE, grading.TRUE_FALSE):
        wrong = [str(n) for n, one in enumerate(revision.content["choices"]) if not one["right"]]
        key = next(str(n) for n, one in enumerate(revision.content["choices"]) if one["right"])
        choices = {key: right, **_shared(people - right, wrong, rng)}
    elif revision.kind == grading.MULTIPLE:
        choices = {
            str(n): round(people * (rng.uniform(ease, 1) if one["right"] else rng.uniform(0, 1 - ease)))
            for n, one in enumerate(revision.content["choices"])
        }
    return QuestionTotal(revision=revision, people=people, right=right, choices=choices, counted_until=until)


def _scenes(modules, rng, until):
    for module in modules:
        people = rng.randint(20 * LEAST, 60 * LEAST)
        for number, node in enumerate(module.content["scenario"]["nodes"]):
            if node["choices"]:
                met = people if number == 0 else rng.randint(LEAST, people)
                places = [str(n) for n in range(len(node["choices"]))]
                yield SceneTotal(
                    module=module, node=node["key"], people=met, choices=_shared(met, places, rng), counted_until=until
                )


def _shared(count: int, places: list[str], rng) -> dict[str, int]:
    """A number cut among places, whole."""
    told = {}
    for place in places[:-1]:
        told[place] = rng.randint(0, count)
        count -= told[place]
    return {**told, places[-1]: count} if places else {}
