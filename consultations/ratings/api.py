"""Quality of services from another program: ``/api/v1/quality/``, what the public page tells."""

from datetime import date

from django.http import Http404
from ninja import Router, Schema

from src.foundations import references
from src.foundations.plain_fields import plain_text

from . import reading

router = Router(tags=["quality"])


class ShareOut(Schema):
    """Ratings and the share of satisfied, with its 95 % Wilson interval, in whole percents; null under the smallest
    number."""

    answers: int | None
    satisfied_percent: int | None
    low_percent: int | None
    high_percent: int | None


class DirectionOut(ShareOut):
    """A direction: the sum of what its points tell."""

    code: str
    name: str


class EvaluationOut(Schema):
    """What a body from outside found."""

    evaluator: str
    grid: str
    evaluated_on: date
    result: str
    label: str
    valid_until: date | None


class PointOut(ShareOut):
    """A point over twelve months."""

    reference: str
    name: str
    kind: str
    direction: str
    url: str
    reports_late: int
    evaluation: EvaluationOut | None


class PeriodOut(ShareOut):
    """A released period: whole months, as many as it took to reach the smallest number."""

    first: date
    last: date


class AnswersOut(Schema):
    """Answers to problem reports; ``key`` is a direction, ``autres``, or empty for the city."""

    key: str
    direction: str
    in_time_percent: int | None
    median_days: int | None
    waiting: int
    late: int


class QualityOut(Schema):
    """Everything the page tells."""

    since: date
    until: date
    smallest_count: int
    method: str
    city: ShareOut
    directions: list[DirectionOut]
    points: list[PointOut]
    answers: list[AnswersOut]


class PointFullOut(PointOut):
    """A point and its periods."""

    periods: list[PeriodOut]


METHOD = (
    "Voluntary ratings. Satisfied: the two best of five faces. Interval: Wilson, 95 %. A month is released once over, "
    "with the months before it that were under the smallest count. Flagged ratings are counted."
)


@router.get("/", response=QualityOut, summary="Quality of services", url_name="list_quality")
def list_quality(request):
    """City, directions and points over the last twelve whole months. For everybody, like the page."""
    found = reading.quality()
    return {
        "since": found.since,
        "until": found.until,
        "smallest_count": found.k,
        "method": METHOD,
        "city": _share(found.city),
        "directions": [{"code": code, "name": name, **_share(share)} for code, name, share in found.directions],
        "points": [_point(line) for line in found.points],
        "answers": [
            {
                "key": line.key,
                "direction": line.label,
                "in_time_percent": line.in_time,
                "median_days": line.median_days,
                "waiting": line.waiting,
                "late": line.late,
            }
            for line in [*found.answers, found.city_answers]
        ],
    }


@router.get("/{point}/", response=PointFullOut, summary="One point")
def read_point(request, point: str):
    """One point and each of its released periods; 404 when there is none."""
    wanted = references.normalise(plain_text(point)[:20])
    line = next((line for line in reading.quality().points if line.point.reference == wanted), None)
    if line is None:
        raise Http404
    periods = [
        {"first": period.first, "last": period.last, **_share(period.share)}
        for period in reading.periods_of(line.point)
    ]
    return {**_point(line), "periods": periods}


def _share(share: reading.Share) -> dict:
    return {
        "answers": share.answers or None,
        "satisfied_percent": share.percent,
        "low_percent": share.low,
        "high_percent": share.high,
    }


def _point(line: reading.PointLine) -> dict:
    point = line.point
    return {
        "reference": point.reference,
        "name": point.name,
        "kind": point.kind,
        "direction": reading.direction_of(point.unit)[0],
        "url": point.get_absolute_url(),
        "reports_late": line.late,
        "evaluation": line.evaluation,
        **_share(line.share),
    }
