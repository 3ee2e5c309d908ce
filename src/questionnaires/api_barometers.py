"""Barometers from another program: ``/api/v1/barometers/``, the figures of the page through its gate."""

from datetime import date

from django.http import Http404
from ninja import Query, Router, Schema

from src.foundations import keyset, references

from . import barometer_page as page
from . import barometer_reading, category_page
from .change_words import change_words
from .models import Barometer

PAGE_SIZE = 50

router = Router(tags=["barometers"])


class BarometerOut(Schema):
    """One line of the list."""

    reference: str
    url: str
    title: str
    space: str
    circle: str


class BarometerPage(Schema):
    """One page; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[BarometerOut]
    next: str | None


class EditionOut(Schema):
    """An edition whose figures are told; ``typed``: held elsewhere, its figures come from ``source``."""

    number: int
    last_day: date | None
    typed: bool
    source: str
    questionnaire: str | None
    people_asked: int | None
    answers: int | None


class PointOut(Schema):
    """A question in one edition: share and its 95 % interval in whole percents; ``note`` says why there is none."""

    edition: int
    percent: int | None
    low: int | None
    high: int | None
    answers: int | None
    comparable: bool
    change: int | None
    change_low: int | None
    change_high: int | None
    verdict: str
    note: str


class MeasureOut(Schema):
    """A measure that answers a finding."""

    reference: str
    url: str
    title: str
    state: str
    decided_on: date


class FindingOut(Schema):
    """What an edition calls for; without a measure, nothing answers it."""

    edition: int
    theme: str
    text: str
    measures: list[MeasureOut]


class CategoryPointOut(Schema):
    """A category in one edition: as a point, from counts told rounded to five."""

    edition: int
    percent: int
    low: int
    high: int
    answers: int
    change: int | None
    change_low: int | None
    change_high: int | None
    verdict: str


class CategoryLineOut(Schema):
    """A category that every edition shown tells apart; ``since_first``: from the first of them to the last."""

    category: str
    since_first: str
    points: list[CategoryPointOut]


class AxisTrendOut(Schema):
    """A followed question by category; ``not_shown`` says which categories aren't there."""

    by: str
    categories: list[CategoryLineOut]
    not_shown: str


class LineOut(Schema):
    """One followed question over the editions that asked it."""

    key: str
    question: str
    counted: str
    core: bool
    flat: bool
    summary: str
    points: list[PointOut]
    by_category: list[AxisTrendOut]
    findings: list[FindingOut]


class BarometerFullOut(BarometerOut):
    """A barometer with its editions, its lines and its findings."""

    introduction: str
    method: list[str]
    editions: list[EditionOut]
    lines: list[LineOut]
    findings: list[FindingOut]


class ListQuery(Schema):
    """Where the list goes on."""

    cursor: str = ""


@router.get("/", response=BarometerPage, summary="Barometers")
def list_barometers(request, asked: Query[ListQuery]):
    """Barometers the caller may see, last first."""
    found = keyset.paginate(
        Barometer.objects.visible_to(request.viewer).select_related("space"),
        order=("-created_at", "-reference"),
        cursor=asked.cursor,
        size=PAGE_SIZE,
    )
    return {"items": [_as_dict(one) for one in found.items], "next": found.next_cursor or None}


@router.get("/{barometer}/", response=BarometerFullOut, summary="One barometer")
def read_barometer(request, barometer: str):
    """One barometer with its trends; 404 when the caller may not see it, as if it didn't exist."""
    found = (
        Barometer.objects.visible_to(request.viewer)
        .select_related("space")
        .filter(reference=references.normalise(barometer[:20]))
        .first()
    )
    if found is None:
        raise Http404
    reading = barometer_reading.read(found, request.viewer)
    return _as_dict(found) | {
        "introduction": found.introduction,
        "method": page.method_words(),
        "editions": [_edition(one) for one in reading.editions],
        "lines": [_line(one) for one in page.shown_lines(reading, request.viewer)],
        "findings": [_finding(one) for one in page.theme_findings(reading, request.viewer)],
    }


def _as_dict(one: Barometer) -> dict:
    return {
        "reference": one.reference,
        "url": one.get_absolute_url(),
        "title": one.title,
        "space": one.space.name,
        "circle": one.space.circle,
    }


def _edition(one) -> dict:
    return {
        "number": one.number,
        "last_day": barometer_reading.day_of(one),
        "typed": one.is_typed,
        "source": one.source,
        "questionnaire": None if one.is_typed else one.questionnaire.reference,
        "people_asked": one.asked,
        "answers": barometer_reading.answered(one),
    }


def _line(shown: page.Shown) -> dict:
    line = shown.line
    return {
        "key": line.tracked.key,
        "question": line.text,
        "counted": line.tracked.counted_words,
        "core": line.tracked.is_core,
        "flat": line.is_flat,
        "summary": shown.words,
        "points": [_point(point, line) for point in line.points],
        "by_category": [_trend(one) for one in shown.by],
        "findings": [_finding(one) for one in shown.findings],
    }


def _point(point, line) -> dict:
    figures = [value if value != "" else None for value in page.figures_of(point)]
    *changes, verdict = page.changes_of(point, line)
    low = [value if value != "" else None for value in changes]
    return {
        "edition": point.edition.number,
        "percent": figures[0],
        "low": figures[1],
        "high": figures[2],
        "answers": figures[3],
        "comparable": not point.breaks,
        "change": low[0],
        "change_low": low[1],
        "change_high": low[2],
        "verdict": verdict,
        "note": page.note_of(point),
    }


def _trend(shown: category_page.Shown) -> dict:
    return {
        "by": shown.trend.axis,
        "categories": [
            {
                "category": one.category,
                "since_first": change_words(one.whole),
                "points": [
                    {"edition": told.point.edition.number, **category_page.figures_of(one, place)}
                    for place, told in enumerate(one.told)
                ],
            }
            for one in shown.trend.lines
        ],
        "not_shown": shown.left,
    }


def _finding(one: page.Answered) -> dict:
    return {
        "edition": one.finding.edition.number,
        "theme": one.about,
        "text": one.finding.text,
        "measures": [
            {
                "reference": measure.reference,
                "url": measure.url,
                "title": measure.title,
                "state": measure.state_label,
                "decided_on": measure.decided_on,
            }
            for measure in one.measures
        ],
    }
