"""``/engagements/``: every measure, for everybody, and the same list as a file."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from src.foundations import clock, exports
from theme.charts import Series

from .. import measure_reading as reading
from ..forms import STATES, MeasureFilterForm
from ..measure_files import measure_as_dict
from ..rules import may_work_on_measures
from .gate import calm, screen, too_fast

EXPORT_LIMIT, EXPORT_STEP = 20_000, 1_000


@require_safe
@screen
def measures(request):
    """The measures one may see, as asked, with the picture of where they stand. Eight statements at most."""
    question = reading.MeasureQuestion.read(request.GET)
    page = reading.measure_list(request.viewer, question, cursor=request.GET.get("page") or "")
    progress = reading.progress(request.viewer, question)
    asked, choices = urlencode(question.asked), reading.choices(request.viewer)
    context = {
        "nav_key": "measures",
        "question": question,
        "rows": page.items,
        "shown": _shown(page, progress, question),
        "chart": picture(progress),
        "silent": progress.silent,
        "filter_form": MeasureFilterForm(question, choices),
        "reset_url": reverse("accountability:measures") if question.asked else "",
        "next_page": _page(question, page.next_cursor),
        "previous_page": _page(question, page.previous_cursor),
        "asked": f"?{asked}" if asked else "",
        "may_work": may_work_on_measures(request.viewer, has_own=choices.has_own),
    }
    return render(request, "accountability/measures.html", context)


def picture(progress: reading.Progress) -> Series:
    """How many measures stand where, in the words of the filter; those without news are told beside."""
    points = []
    for word, label in STATES:
        if word != reading.SILENT:
            points.append((str(label), sum(progress.counts[status] for status in reading.STATUS_WORDS[word])))
    return Series(_("Where the measures stand"), points)


def _shown(page, progress, question) -> str:
    """How many measures answer the question, whatever the page; without a state asked, no count is read again."""
    if question.status and question.status != reading.SILENT:
        count = sum(progress.counts[status] for status in reading.STATUS_WORDS[question.status])
    else:
        count = progress.silent if question.status else progress.total
    return ngettext("%(n)d measure", "%(n)d measures", count) % {"n": count}


def _page(question, cursor: str) -> str:
    return "?" + urlencode({**question.asked, "page": cursor}) if cursor else ""


COLUMNS = (
    (pgettext_lazy("column", "Reference"), lambda row: row.reference),
    (pgettext_lazy("column", "Title"), lambda row: row.title),
    (pgettext_lazy("column", "State"), lambda row: row.status_label),
    (pgettext_lazy("column", "Direction"), lambda row: row.direction_label),
    (pgettext_lazy("column", "Year"), lambda row: row.year),
    (pgettext_lazy("column", "Theme"), lambda row: row.theme),
    (pgettext_lazy("column", "Place"), lambda row: row.place),
    (pgettext_lazy("column", "Budget (euros)"), lambda row: row.budget),
    (pgettext_lazy("column", "Planned end"), lambda row: row.due_on),
    (pgettext_lazy("column", "Last news"), lambda row: row.news_on),
    (pgettext_lazy("column", "Born of an idea of"), lambda row: ", ".join(row.credits)),
    (pgettext_lazy("column", "Days without news"), lambda row: row.silent_days or None),
)


@require_safe
@screen
def export(request, extension):
    """The list as one sees it, whole, as a CSV or JSON file."""
    if not calm(request):
        return too_fast(request)
    rows = _all_rows(request.viewer, reading.MeasureQuestion.read(request.GET))
    name = _("measures-%(day)s") % {"day": clock.today().isoformat()}
    if extension == "csv":
        columns = [str(title) for title, _read in COLUMNS]
        return exports.csv_response(f"{name}.csv", columns, ([read(row) for _title, read in COLUMNS] for row in rows))
    body = json.dumps({"measures": [measure_as_dict(row) for row in rows]}, ensure_ascii=False, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _all_rows(viewer, question):
    """The whole list through the same gate, page after page; stops at the limit."""
    cursor, left = "", EXPORT_LIMIT
    while left > 0:
        page = reading.measure_list(viewer, question, cursor=cursor, size=min(EXPORT_STEP, left))
        yield from page.items
        left -= len(page.items)
        cursor = page.next_cursor
        if not cursor:
            return
