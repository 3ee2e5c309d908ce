"""Loads the rating points of the demo city: past months, a burst that was flagged, reports, evaluations; once."""

import random
from datetime import date, timedelta

from django.db import transaction

from src.accountability.models import ResponseOwed
from src.directory.models import Unit, User
from src.foundations import clock

from ..demo_content import EVALUATIONS, MONTHS, POINTS, REPORTS, SUGGESTIONS, WORDS
from ..enums import Grade, SuggestionState
from ..models import EvaluationCriterion, IndependentEvaluation, ProblemReport, Rating, RatingPoint, Suggestion
from ..months import month_of, months_before
from .checking import check_day
from .figures import recount, release
from .reporting import report_problem
from .suggesting import suggest

SEED = 17
# The burst: so many ratings, one every so many seconds, so many days ago.
BURST, EVERY, BURST_DAYS = 34, 11, 6


@transaction.atomic
def load_ratings() -> int:
    """Load the points that are missing, with all that happened there; answers how many ratings came in."""
    if RatingPoint.objects.exists():
        return 0
    points = {key: _point(*told) for key, *told in POINTS}
    draw = random.Random(SEED)  # noqa: S311 - a demo city, the same each time
    rows = []
    for key, months in MONTHS.items():
        for ago, totals in enumerate(months, start=1):
            rows += _month(
                draw,
                points[key],
                months_before(month_of(clock.today()), ago),
                totals,
                WORDS.get(key, ()) if ago == 1 else (),
            )
    rows += _lately(draw, points["quais"])
    Rating.objects.bulk_create(rows, batch_size=1000)
    check_day(clock.today() - timedelta(days=BURST_DAYS))
    recount()
    release()
    _reports(points)
    _evaluations(points)
    return len(rows)


def _point(name: str, kind: str, unit: str, opened: int) -> RatingPoint:
    day = clock.today() - timedelta(days=opened)
    return RatingPoint.objects.create(name=name, kind=kind, unit=_unit(unit), opened_on=day)


def _unit(code: str) -> Unit:
    """The unit, or the nearest above it by its code, so that a smaller city loads too."""
    found = (
        Unit.objects.filter(code=code).first() or Unit.objects.filter(code__startswith=code[:3]).order_by("pk").first()
    )
    return found or Unit.objects.order_by("pk").first()


def _month(draw, point: RatingPoint, month: date, totals, words) -> list[Rating]:
    rows = []
    grades = [grade for grade, count in zip((5, 4, 3, 2, 1), totals, strict=True) for _one in range(count)]
    draw.shuffle(grades)
    for number, grade in enumerate(grades):
        at = _hour(draw, month + timedelta(days=draw.randrange(28)))
        said = words[number] if number < len(words) else ""
        rows.append(_rating(draw, point, grade, at, said))
    return rows


def _hour(draw, day: date):
    return clock.start_of_day(day) + timedelta(seconds=9 * 3600 + draw.randrange(8 * 3600))


def _rating(draw, point, grade, at, words="") -> Rating:
    reasons = draw.choice((0, 0, 1, 2, 4, 8, 16, 3))
    return Rating(
        point=point, grade=grade, at=at, day=at.date(), reasons=reasons, words=words, seconds=4 + draw.randrange(30)
    )


def _lately(draw, point) -> list[Rating]:
    """This month so far, and a burst of the worst face a few days ago: marked, counted."""
    today = clock.today()
    rows = [
        _rating(draw, point, draw.choice(Grade.values), _hour(draw, today - timedelta(days=ago)))
        for ago in range(1, 8)
        for _one in range(4)
    ]
    start = clock.start_of_day(today - timedelta(days=BURST_DAYS)) + timedelta(hours=15)
    for number in range(BURST):
        rows.append(_rating(draw, point, Grade.VERY_BAD, start + timedelta(seconds=EVERY * number)))
    return rows


def _reports(points) -> None:
    now = clock.now()
    who = User.objects.filter(username="accueil").first() or User.objects.filter(username="admin").first()
    for key, text, ago, answer in REPORTS:
        moment = now - timedelta(days=ago)
        receipt = report_problem(point=points[key], text=text, at=moment)
        if answer and who is not None:
            _answered(receipt.report, who, answer[0], clock.week_of(moment) + timedelta(days=answer[1]))
    for key, text, ago, reason in SUGGESTIONS:
        suggestion = suggest(point=points[key], text=text, at=now - timedelta(days=ago))
        if reason and who is not None:
            Suggestion.objects.filter(pk=suggestion.pk).update(
                state=SuggestionState.SET_ASIDE, reason=reason, handled_on=clock.today(), handled_by=who
            )


def _answered(report: ProblemReport, who, text: str, day: date) -> None:
    """Answered that day: written as it was then, nobody is told of it today."""
    ProblemReport.objects.filter(pk=report.pk).update(
        state="answered",
        answer=text,
        answered_on=day,
        answered_by=who,
        signed=f"{who.get_full_name()}, {report.point.unit.name}",
    )
    ResponseOwed.objects.filter(subject_kind=ProblemReport.SUBJECT, subject_reference=report.reference).update(
        answered_on=day
    )


def _evaluations(points) -> None:
    today = clock.today()
    for key, evaluator, grid, ago, result, label, valid, summary, criteria in EVALUATIONS:
        evaluation = IndependentEvaluation.objects.create(
            point=points[key],
            evaluator=evaluator,
            grid=grid,
            evaluated_on=today - timedelta(days=ago),
            result=result,
            label=label,
            valid_until=today + timedelta(days=valid),
            summary=summary,
            is_published=True,
        )
        EvaluationCriterion.objects.bulk_create(
            EvaluationCriterion(evaluation=evaluation, sort_order=rank, label=words, result=found)
            for rank, (words, found) in enumerate(criteria)
        )
