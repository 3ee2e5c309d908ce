"""``/reponses/``: what the City promised to answer and how it kept it, for everybody, with the cases behind."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from src.foundations import clock, exports
from src.foundations.keyset import BadCursor
from theme.charts import Series
from theme.figures import percent as written

from .. import cases as behind
from ..figures import NO_DIRECTION, OTHERS, Line, answer_figures, told_directions


@require_safe
def figures(request):
    """The figures of the last twelve months: the city, each direction, each month. Statements don't grow."""
    found = answer_figures()
    # With no direction standing alone, the others together are the city: one line says it.
    lines = [*(found.directions if told_directions(found) else []), found.city]
    shares = [(line_label(line), line.share) for line in found.directions if line.share is not None]
    months = [(date_format(month.first, "M Y"), month.share) for month in found.months if month.share is not None]
    context = {
        "figures": found,
        "city": found.city,
        "share_series": Series(_("Answers given in time"), shares, unit="%", maximum=100) if len(shares) > 1 else None,
        "month_series": Series(_("Answers given in time, by month"), months, unit="%", maximum=100)
        if len(months) > 1
        else None,
        "columns": [{"label": _("Direction")}, *({"label": label, "numeric": True} for label in _columns())],
        "rows": [[_told(line), *_cells(line)] for line in lines],
        "month_columns": [
            {"label": _("Month")},
            {"label": _("Answers"), "numeric": True},
            {"label": _("In time"), "numeric": True},
        ],
        "month_rows": [
            [
                date_format(month.first, "F Y").capitalize(),
                _linked(month.answered, mois=f"{month.first:%Y-%m}"),
                percent(month.share),
            ]
            for month in reversed(found.months)
        ],
        "all_url": _cases_url(),
        "late_url": _cases_url(etat="en-retard"),
        "waiting_url": _cases_url(etat="en-attente"),
    }
    return render(request, "accountability/responses.html", context)


@require_safe
def cases(request):
    """The promises behind a figure, fifty at a time; whoever may read the subject finds its title and its address."""
    found = answer_figures()
    told = told_directions(found)
    filters = behind.CaseFilters.read(request.GET)
    try:
        rows, page = behind.cases(request.viewer, filters, told, cursor=request.GET.get("page") or "")
    except BadCursor:
        return redirect(request.path)
    context = {
        "rows": [{"case": row, "state": behind.STATES[row.state]} for row in rows],
        "filters": filters,
        "states": _choices(filters, "etat", filters.state, list(behind.STATES.items())),
        "directions": _choices(
            filters, "direction", filters.direction, [(line.key, line_label(line)) for line in found.directions]
        ),
        "month": filters.month,
        "reset_url": _cases_url() if filters.query() else "",
        "query": filters.query(),
        "next_page": f"?{filters.query(page=page.next_cursor)}" if page.next_cursor else "",
        "previous_page": f"?{filters.query(page=page.previous_cursor)}" if page.previous_cursor else "",
    }
    return render(request, "accountability/response_cases.html", context)


@require_safe
def export_figures(request):
    """The table of directions as a file: what the page shows, nothing more."""
    found = answer_figures()
    rows = (
        [
            line_label(line),
            line.answered,
            "" if line.share is None else line.share,
            "" if line.median_days is None else line.median_days,
            line.waiting,
            line.late,
            line.oldest,
        ]
        for line in [*found.directions, found.city]
    )
    return exports.csv_response(_file(_("answers")), [_("Direction"), *_columns()], rows)


@require_safe
def export_cases(request):
    """The cases asked for as a file, as a stranger reads them: reference, direction and dates."""
    told = told_directions(answer_figures())
    filters = behind.CaseFilters.read(request.GET)
    columns = [_("Reference"), _("Direction"), _("Promise made on"), _("Promised for"), _("Answered on"), _("State")]
    rows = (
        [
            row.reference,
            row.direction or _("Other directions"),
            row.started_on,
            row.promised_on,
            row.answered_on,
            str(behind.STATES[row.state]),
        ]
        for row in behind.every_case(filters, told)
    )
    return exports.csv_response(_file(_("promises")), columns, rows)


def line_label(line: Line) -> str:
    """The words of a line: a direction, the others together, or the whole city."""
    if line.key == OTHERS:
        return _("Other directions")
    if line.key == NO_DIRECTION:
        return _("Not with a direction yet")
    return line.label or _("The whole City")


def percent(share: int | None) -> str:
    """A share as people read it; under the smallest number of answers, a dash with its words elsewhere."""
    return "–" if share is None else written(share)


def _columns() -> list[str]:
    return [
        _("Answers"),
        _("In time"),
        _("Median delay"),
        _("Waiting"),
        _("Late"),
        _("Oldest waiting since"),
    ]


def _told(line: Line) -> dict:
    return {"text": line_label(line), "url": _cases_url(direction=line.key)}


def _cells(line: Line) -> list:
    days = line.median_days
    return [
        str(line.answered),
        percent(line.share),
        "–" if days is None else ngettext("%(n)d day", "%(n)d days", days) % {"n": days},
        _linked(line.waiting, direction=line.key, etat="en-attente"),
        _linked(line.late, direction=line.key, etat="en-retard"),
        date_format(line.oldest, "d/m/Y") if line.oldest else "–",
    ]


def _linked(count: int, **query: str):
    return {"text": str(count), "url": _cases_url(**query), "numeric": True} if count else "0"


def _cases_url(**query: str) -> str:
    asked = behind.CaseFilters.read(query).query()
    return reverse("accountability:response_cases") + (f"?{asked}" if asked else "")


def _choices(filters, name: str, chosen: str, offered: list) -> list[dict]:
    """Links of a facet: each keeps the rest of the question; the chosen one takes itself off."""
    return [
        {
            "label": label,
            "url": "?" + filters.query(**{name: "" if value == chosen else value}),
            "chosen": value == chosen,
            "count": "",
        }
        for value, label in offered
    ]


def _file(name: str) -> str:
    return f"{name}-{clock.today().isoformat()}"
