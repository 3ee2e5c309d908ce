"""``/engagements/plans/``: the plans, for everybody, each with where its measures stand, and the same as files."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from src.foundations import clock, exports
from theme.charts import Series

from .. import plan_reading as reading
from ..measure_reading import SILENT
from ..plan_files import full_plan_as_dict
from ..plan_forms import PlanFilterForm
from ..report_reading import reports_of
from ..rules import may_prepare_plans
from .gate import calm, screen, too_fast


@require_safe
@screen
def plans(request):
    """The plans one may see, the latest first. Two statements at most, beside the viewer's."""
    page = reading.plan_list(request.viewer, cursor=request.GET.get("page") or "")
    context = {
        "nav_key": "measures",
        "rows": page.items,
        "next_page": "?" + urlencode({"page": page.next_cursor}) if page.next_cursor else "",
        "previous_page": "?" + urlencode({"page": page.previous_cursor}) if page.previous_cursor else "",
        "may_prepare": may_prepare_plans(request.viewer),
    }
    return render(request, "accountability/plans.html", context)


@require_safe
@screen
def plan(request, reference):
    """A plan: where its measures stand, axis by axis, then the measures asked for in their order."""
    question = reading.PlanQuestion.read(request.GET)
    page = reading.read(request.viewer, reference, question)
    asked = urlencode(question.asked)
    context = {
        "nav_key": "measures",
        "page": page,
        "row": page.row,
        "reports": reports_of(request.viewer, page.plan, may_follow=page.may_follow),
        "question": question,
        "blocks": [block for block in page.axes if block.shown] if question.asked else page.axes,
        "shown": ngettext("%(n)d measure", "%(n)d measures", page.shown) % {"n": page.shown},
        "chart": picture(page.row.standing),
        "columns": columns(pgettext("of a plan", "Axis")),
        "table": table(page),
        "filter_form": PlanFilterForm(question, page),
        "reset_url": page.row.url if question.asked else "",
        "asked": f"?{asked}" if asked else "",
    }
    return render(request, "accountability/plan.html", context)


def picture(standing) -> Series:
    """How many measures of a plan stand where; those without news are told beside."""
    points = [(str(label), standing.counts.get(word, 0)) for word, label in reading.COLUMNS if word != SILENT]
    return Series(_("Where the measures of the plan stand"), points)


def columns(first: str) -> list[dict]:
    """The columns of a table of where measures stand."""
    named = [
        {"label": _("of which without news") if word == SILENT else str(label), "numeric": True}
        for word, label in reading.COLUMNS
    ]
    return [{"label": first}, *named, {"label": _("All measures"), "numeric": True}]


def table(page) -> list[list]:
    """One line an axis, and the whole: each figure opens the measures behind it."""
    lines = []
    for block in page.axes:
        asked = {"axe": block.part.number}
        lines.append([str(block.part), *_cells(block.standing, page.row.url, asked)])
    if len(page.axes) > 1:
        lines.append([_("The whole plan"), *_cells(page.row.standing, page.row.url, {})])
    return lines


def _cells(standing, url: str, asked: dict) -> list:
    def linked(count: int, **more):
        query = urlencode({**asked, **more})
        return {"text": str(count), "url": f"{url}?{query}#mesures" if query else url} if count else "0"

    counts = [linked(standing.counts.get(word, 0), etat=word) for word, _label in reading.COLUMNS]
    return [*counts, linked(standing.total)]


COLUMNS = (
    (pgettext_lazy("rank in a plan", "Number"), lambda axis, block, entry: entry.number),
    (pgettext_lazy("of a plan", "Axis"), lambda axis, block, entry: str(axis.part)),
    (pgettext_lazy("of a plan", "Orientation"), lambda axis, block, entry: orientation_label(axis, block)),
    (pgettext_lazy("column", "Reference"), lambda axis, block, entry: entry.row.reference),
    (pgettext_lazy("column", "Title"), lambda axis, block, entry: entry.row.title),
    (pgettext_lazy("column", "State"), lambda axis, block, entry: entry.row.status_label),
    (pgettext_lazy("column", "Direction"), lambda axis, block, entry: entry.row.direction_label),
    (pgettext_lazy("column", "Planned end"), lambda axis, block, entry: entry.row.due_on),
    (pgettext_lazy("column", "Last news"), lambda axis, block, entry: entry.row.news_on),
    (pgettext_lazy("column", "Days without news"), lambda axis, block, entry: entry.row.silent_days or None),
)


def orientation_label(axis, block) -> str:
    """ "2.1 Des bâtiments plus sobres"."""
    return f"{axis.part.number}.{block.part.number} {block.part.title}"


@require_safe
@screen
def export(request, reference, extension):
    """The measures of the plan as asked, as a CSV or JSON file."""
    if not calm(request):
        return too_fast(request)
    page = reading.read(request.viewer, reference, reading.PlanQuestion.read(request.GET))
    name = _("plan-%(reference)s-%(day)s") % {"reference": page.row.reference, "day": clock.today().isoformat()}
    if extension == "csv":
        rows = (
            [value(axis, block, entry) for _title, value in COLUMNS]
            for axis in page.axes
            for block in axis.orientations
            for entry in block.entries
        )
        return exports.csv_response(f"{name}.csv", [str(title) for title, _value in COLUMNS], rows)
    body = json.dumps(full_plan_as_dict(page), ensure_ascii=False, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
