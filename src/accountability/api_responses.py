"""Promised answers from another program: ``/api/v1/responses/``, the figures and the cases of the public pages."""

from datetime import date

from ninja import Query, Router, Schema

from .cases import CaseFilters, CaseRow, cases
from .figures import Line, answer_figures, told_directions

router = Router(tags=["responses"])


class LineOut(Schema):
    """One direction, the others together (``autres``), or the city (empty key). Delays in days."""

    key: str
    direction: str
    answered: int
    in_time_percent: int | None
    median_days: int | None
    waiting: int
    late: int
    oldest_waiting_since: date | None


class MonthOut(Schema):
    """Answers given in one month by the whole city."""

    month: date
    answered: int
    in_time_percent: int | None


class FiguresOut(Schema):
    """Twelve whole months and the present one; shares are null under ``smallest_count`` answers."""

    since: date
    smallest_count: int
    city: LineOut
    directions: list[LineOut]
    months: list[MonthOut]


class CaseOut(Schema):
    """One promise, as a stranger reads it; ``direction`` is empty when it is told with the others."""

    reference: str
    direction: str
    promised_since: date
    by_week: bool
    promised_for: date
    answered_on: date | None
    state: str
    title: str
    url: str


class CasePage(Schema):
    """One page of promises; ``next`` is the cursor of the following one, opaque and signed."""

    items: list[CaseOut]
    next: str | None


class CaseQuery(Schema):
    """What the address of the page takes: ``etat`` (a-temps, apres-la-date, en-attente, en-retard), ``mois``."""

    direction: str = ""
    mois: str = ""
    etat: str = ""
    cursor: str = ""


def _line(line: Line) -> dict:
    return {
        "key": line.key,
        "direction": line.label,
        "answered": line.answered,
        "in_time_percent": line.share,
        "median_days": line.median_days,
        "waiting": line.waiting,
        "late": line.late,
        "oldest_waiting_since": line.oldest,
    }


def _case(row: CaseRow) -> dict:
    return {
        "reference": row.reference,
        "direction": row.direction,
        "promised_since": row.started_on,
        "by_week": row.by_week,
        "promised_for": row.promised_on,
        "answered_on": row.answered_on,
        "state": row.state,
        "title": row.title,
        "url": row.url,
    }


@router.get("/figures/", response=FiguresOut, summary="Promised answers in figures")
def read_figures(request):
    """Shares, delays and what waits, for the city, by direction and by month. For everybody, like the page."""
    found = answer_figures()
    return {
        "since": found.since,
        "smallest_count": found.k,
        "city": _line(found.city),
        "directions": [_line(line) for line in found.directions],
        "months": [
            {"month": month.first, "answered": month.answered, "in_time_percent": month.share}
            for month in found.months
        ],
    }


@router.get("/", response=CasePage, summary="Promises, one by one")
def list_cases(request, question: Query[CaseQuery]):
    """The promises behind the figures, newest first; titles and addresses of the subjects the caller may read."""
    told = told_directions(answer_figures())
    filters = CaseFilters.read(question.dict())
    rows, page = cases(request.viewer, filters, told, cursor=question.cursor)
    return {"items": [_case(row) for row in rows], "next": page.next_cursor or None}
