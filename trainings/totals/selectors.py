"""Reads of totals, shaped for editors."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trainings.contents import grading
from trainings.models import Module, Question, QuestionBank, TrackVersion

from .models import QuestionTotal, SceneTotal


@dataclass(frozen=True)
class Choice:
    """One answer, and how many took it; ``right`` is None where nothing is right or wrong."""

    text: str
    count: int
    share: int
    right: bool | None = None


@dataclass(frozen=True)
class Line:
    """A question or a scene: its words, how many people, and what they took; None where fewer than eleven did."""

    group: str
    text: str
    total: QuestionTotal | SceneTotal | None
    choices: list[Choice]
    right_share: int | None = None


def banks():
    """Every bank, by its title."""
    return QuestionBank.objects.order_by("title", "pk")


def stories():
    """The newest version of each track that has a scenario."""
    with_story = Module.objects.filter(kind="scenario").values("version")
    return (
        TrackVersion.objects.latest_of_each()
        .filter(pk__in=with_story)
        .select_related("track")
        .order_by("track__title")
    )


def questions_of(bank: QuestionBank) -> list[Line]:
    """The questions drawn now, the hardest first, those not told yet last. Two statements."""
    rows = Question.objects.filter(bank=bank, retired=False, current__isnull=False).select_related("current__total")
    lines = [_question(one) for one in rows.order_by("category", "pk")]
    return sorted(lines, key=lambda line: (line.right_share is None, line.right_share or 0))


def _question(question: Question) -> Line:
    one = question.current
    total = getattr(one, "total", None)
    told = one.content.get("choices", []) if one.kind in (grading.SINGLE, grading.TRUE_FALSE, grading.MULTIPLE) else []
    if total is None:
        return Line(question.category, one.content["text"], None, [])
    choices = [
        Choice(choice["text"], total.taken(place), total.share(total.taken(place)), bool(choice["right"]))
        for place, choice in enumerate(told)
    ]
    return Line(question.category, one.content["text"], total, choices, total.share(total.right))


def scenes_of(version: TrackVersion) -> list[Line]:
    """The scenes of the scenarios of a version, in their order. Three statements."""
    modules = list(version.modules.with_content().filter(kind="scenario"))
    totals = {(one.module_id, one.node): one for one in SceneTotal.objects.filter(module__in=modules)}
    return [
        _scene(module, node, totals.get((module.pk, node["key"])))
        for module in modules
        for node in module.content["scenario"]["nodes"]
        if node["choices"]
    ]


def _scene(module: Module, node: dict, total: SceneTotal | None) -> Line:
    choices = [
        Choice(choice["text"], total.taken(place), total.share(total.taken(place)))
        for place, choice in enumerate(node["choices"])
        if total is not None
    ]
    return Line(module.title, node["title"], total, choices)


def columns() -> list[str]:
    """The names of the columns of the file."""
    return [
        _("Category or module"),
        _("Question or scene"),
        _("People"),
        pgettext("total", "Answer"),
        pgettext("total", "Right"),
        _("Taken by"),
        _("In %"),
    ]


def rows(lines: list[Line]):
    """One row an answer; a question of which nothing is told has its row, empty."""
    for line in lines:
        if line.total is None:
            yield [line.group, line.text, _("fewer than 11"), "", "", "", ""]
        elif not line.choices:
            yield [line.group, line.text, line.total.people, pgettext("total", "right"), "", "", line.right_share]
        for choice in line.choices:
            right = "" if choice.right is None else _("yes") if choice.right else _("no")
            yield [line.group, line.text, line.total.people, choice.text, right, choice.count, choice.share]
