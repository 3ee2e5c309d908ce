"""Results from another program: ``/api/v1/questionnaires/<ref>/results/``, through the gate of the page."""

from datetime import date

from django.http import Http404
from django.utils import timezone
from ninja import Router, Schema

from src.foundations import references

from . import by_axis, selectors
from .models import Questionnaire

router = Router(tags=["questionnaires"])


class FigureOut(Schema):
    """How many gave an answer, and their share in whole percents."""

    answer: str
    count: int
    percent: int


class TableOut(Schema):
    """A table of everybody; ``line`` is that of a grid, or empty. Without figures, ``note`` says why."""

    line: str
    figures: list[FigureOut]
    note: str


class CategoryOut(Schema):
    """A category of people. Counts are rounded to five, shares are of those of the category who were asked."""

    category: str
    figures: list[FigureOut]


class ByCategoryOut(Schema):
    """A table by category: ``by`` says how people are divided."""

    by: str
    line: str
    categories: list[CategoryOut]


class ResultOut(Schema):
    """One question; ``withheld`` says why nothing is told of it."""

    number: int
    question: str
    version: str
    withheld: str
    tables: list[TableOut]
    by_category: list[ByCategoryOut]


class WhoOut(Schema):
    """A category among the people asked and those who answered; gap in points, with what chance alone allows."""

    by: str
    category: str
    people_asked: int
    people_percent: int
    answers: int
    answers_percent: int
    gap: int
    gap_low: int
    gap_high: int
    too_few: bool


class ResultsOut(Schema):
    """The results as told at closing; ``answers`` is null under ``smallest_count``."""

    reference: str
    title: str
    closed_on: date
    answers: int | None
    smallest_count: int
    method: str
    questions: list[ResultOut]
    who_answered: list[WhoOut]


@router.get("/{reference}/results/", response=ResultsOut, summary="Results of a questionnaire")
def read_results(request, reference: str):
    """The results of a questionnaire the caller may see, once it is closed; 404 otherwise."""
    found = (
        Questionnaire.objects.visible_to(request.viewer)
        .select_related("release")
        .filter(reference=references.normalise(reference[:20]), release__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    release = found.release
    return {
        "reference": found.reference,
        "title": found.title,
        "closed_on": timezone.localdate(release.released_at),
        "answers": release.content["answers"],
        "smallest_count": release.content["k"],
        "method": selectors.method_words(release),
        "questions": [_question(one) for one in selectors.results(release)],
        "who_answered": [_who(one) for one in by_axis.who(release.content)],
    }


def _question(result: selectors.Result) -> dict:
    return {
        "number": result.number,
        "question": result.text,
        "version": result.version,
        "withheld": result.withheld,
        "tables": [
            {
                "line": "" if table.caption == result.text else table.caption,
                "figures": [
                    {"answer": figure.answer, "count": figure.count, "percent": figure.share}
                    for figure in table.figures
                ],
                "note": table.note,
            }
            for table in result.tables
        ],
        "by_category": [
            {
                "by": table.by,
                "line": table.line,
                "categories": [
                    {
                        "category": category,
                        "figures": [
                            {"answer": cell.answer, "count": cell.count, "percent": cell.share} for cell in cells
                        ],
                    }
                    for category, cells in table.lines
                ],
            }
            for block in result.by
            for table in block.tables
        ],
    }


def _who(one: by_axis.Who) -> dict:
    return {
        "by": one.by,
        "category": one.category,
        "people_asked": one.people,
        "people_percent": one.staff,
        "answers": one.answers,
        "answers_percent": one.share,
        "gap": one.gap,
        "gap_low": one.low,
        "gap_high": one.high,
        "too_few": one.is_notable,
    }
