"""Each night, what was answered since is added to totals, where eleven people or more answered the same thing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from src.foundations import clock
from trainings.contents import grading
from trainings.learning.enums import AttemptState, DoneHow
from trainings.learning.models import ModuleProgress, QuizAttempt
from trainings.models import Module, QuestionRevision

from ..models import QuestionTotal, SceneTotal
from ..tallies import Tallies, Tally

# A transaction begun before may still be written: the last minutes wait for the next night.
SETTLED = timedelta(minutes=10)
SLICE = 1_000


@transaction.atomic
def count_answers(now: datetime | None = None) -> int:
    """Add what was sent since the last night to the totals; returns how many totals moved.

    A question or a scene answered by fewer than eleven people since waits: nobody is found by the difference of two
    days. First attempts alone are counted, and paths that reached an end. The same night again moves nothing.
    """
    until = (now or clock.now()) - SETTLED
    return _questions(until) + _scenes(until)


def _questions(until: datetime) -> int:
    totals = {total.revision_id: total for total in QuestionTotal.objects.select_for_update()}
    tallies = Tallies({pk: total.counted_until for pk, total in totals.items()})
    revisions: dict[int, QuestionRevision] = {}
    rows = QuizAttempt.objects.filter(number=1, state=AttemptState.SUBMITTED, submitted_at__lte=until)
    for at, answers in _in_slices(rows.values_list("pk", "submitted_at", "answers")):
        told = {int(pk): answer for pk, answer in answers.items()}
        revisions |= (
            QuestionRevision.objects.in_bulk(told.keys() - revisions.keys()) if told.keys() - revisions.keys() else {}
        )
        for pk, answer in told.items():
            if pk in revisions:
                one = revisions[pk]
                tallies.add(pk, at, _places(one, answer), grading.is_right(one.kind, one.content, answer))
    ready = tallies.ready()
    for pk, tally in ready.items():
        total = totals.get(pk) or QuestionTotal(revision=revisions[pk], people=0, right=0)
        total.right += tally.right
        _put(total, tally, until)
    return len(ready)


def _places(one: QuestionRevision, answer) -> Iterable[int]:
    """The choices taken; words that people wrote are right or wrong, never told."""
    if one.kind == grading.MULTIPLE:
        return answer
    return [answer] if one.kind in (grading.SINGLE, grading.TRUE_FALSE) else []


def _scenes(until: datetime) -> int:
    totals = {(total.module_id, total.node): total for total in SceneTotal.objects.select_for_update()}
    tallies = Tallies({key: total.counted_until for key, total in totals.items()})
    stories: dict[int, dict] = {}
    rows = ModuleProgress.objects.filter(done_how=DoneHow.PLAYED, done_at__lte=until).exclude(path=[])
    for at, (module, path) in _in_slices(rows.values_list("pk", "done_at", "module_id", "path")):
        if module not in stories:
            stories[module] = _nodes(module)
        for node, choice in _ended(stories[module], path).items():
            tallies.add((module, node), at, [choice])
    ready = tallies.ready()
    for (module, node), tally in ready.items():
        total = totals.get((module, node)) or SceneTotal(module_id=module, node=node, people=0)
        _put(total, tally, until)
    return len(ready)


def _nodes(module: int) -> dict[str, dict]:
    content = Module.objects.with_content().get(pk=module).content
    return {node["key"]: node for node in content["scenario"]["nodes"]}


def _ended(nodes: dict[str, dict], path: list) -> dict[str, int]:
    """The choice taken at each scene, the first time; nothing of a path being walked again."""
    if not path or path[-1][0] not in nodes:
        return {}
    last = nodes[path[-1][0]]["choices"]
    if not 0 <= path[-1][1] < len(last) or nodes[last[path[-1][1]]["to"]]["choices"]:
        return {}
    taken: dict[str, int] = {}
    for node, choice in path:
        taken.setdefault(node, choice)
    return taken


def _put(total: QuestionTotal | SceneTotal, tally: Tally, until: datetime) -> None:
    total.people += tally.people
    for place, count in tally.choices.items():
        total.choices[str(place)] = total.choices.get(str(place), 0) + count
    total.counted_until = until
    total.save()


def _in_slices(rows: QuerySet):
    """Every row after another, a slice in memory at a time: (when, what)."""
    last = 0
    while slice_ := list(rows.filter(pk__gt=last).order_by("pk")[:SLICE]):
        for pk, at, *what in slice_:
            yield at, what[0] if len(what) == 1 else tuple(what)
            last = pk
