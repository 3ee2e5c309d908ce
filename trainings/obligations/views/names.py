"""Who is concerned, by name, in one's branches; each opening is written in the journal."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from src.foundations import clock, exports
from src.foundations.journal import record

from .. import following
from ..forms.following import NamesForm
from .gate import MovedOn, address, calm, common, of_obligation

EXPORT_MOST = 60_000


def _opened(request, obligation, asked: dict, shown: int, **more) -> None:
    record(
        "trainings.names_opened",
        actor=request.viewer.user,
        object_ref=f"obligation:{obligation.reference}",
        payload={"shown": shown, "unit": asked.get("service", ""), **more},
    )


def _found(request, obligation):
    if obligation.is_draft:
        raise MovedOn(_("This mandatory training isn’t active: nobody is asked anything yet."))
    units = following.units_of(request.viewer)
    form = NamesForm(request.GET, units=units)
    asked = form.asked
    return form, asked, following.names(request.viewer, obligation, asked, units)


@require_safe
@of_obligation
def names(request, obligation):
    """Names, page by page, as asked."""
    form, asked, found = _found(request, obligation)
    page = following.names_page(found, asked, request.GET.get("page") or "")
    _opened(request, obligation, asked, len(page.items))
    query = urlencode(asked)
    context = {
        **common(obligation),
        "page": page,
        "filter_form": form,
        "asked": asked,
        "reset_url": request.path if asked else "",
        "next_page": _page(asked, page.next_cursor),
        "previous_page": _page(asked, page.previous_cursor),
        "csv_url": address(obligation, "names_file", extension="csv") + (f"?{query}" if query else ""),
        "xlsx_url": address(obligation, "names_file", extension="xlsx") + (f"?{query}" if query else ""),
    }
    return render(request, "trainings_obligations/hr/names.html", context)


def _page(asked: dict, cursor: str) -> str:
    return "?" + urlencode({**asked, "page": cursor}) if cursor else ""


COLUMNS = (
    (pgettext_lazy("column", "Personnel number"), lambda row: row.agent.personnel_number or ""),
    (pgettext_lazy("column", "Last name"), lambda row: row.agent.last_name),
    (pgettext_lazy("column", "First name"), lambda row: row.agent.first_name),
    (pgettext_lazy("column", "Direction"), lambda row: _of_unit(row, "direction")),
    (pgettext_lazy("column", "Unit"), lambda row: _of_unit(row, "")),
    (pgettext_lazy("column", "State"), lambda row: row.get_state_display()),
    (pgettext_lazy("column", "To do before"), lambda row: row.due_on if row.is_asked_now else ""),
    (pgettext_lazy("column", "Done on"), lambda row: row.satisfied_on),
    (pgettext_lazy("column", "Holds until"), lambda row: row.valid_until),
)


def _of_unit(row, name: str) -> str:
    post = row.agent.current_affectation
    if post is None:
        return ""
    unit = post.unit.direction if name else post.unit
    return unit.name if unit is not None else ""


@require_safe
@of_obligation
def file(request, obligation, extension):
    """The same list, whole, as a file."""
    calm(request, "names", 20)
    _form, asked, found = _found(request, obligation)
    _opened(request, obligation, asked, found.count(), file=extension)
    rows = found.order_by(*following.ORDERS[asked.get("tri", "")])[:EXPORT_MOST].iterator(chunk_size=500)
    columns = [str(title) for title, _read in COLUMNS]
    name = f"formation-obligatoire-{obligation.reference}-{clock.today().isoformat()}"
    answer = exports.csv_response if extension == "csv" else exports.xlsx_response
    return answer(name, columns, ([read(row) for _title, read in COLUMNS] for row in rows))
