"""The list of sheets: printing several at once, and the list as a file."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from src.foundations import clock, documents, exports, keyset, references

from .. import printing, selectors, services
from ..forms import SHEETS_AT_ONCE, SheetFilterForm, SheetFilters
from ..models import Sheet
from .gate import back, poster

PAGE_SIZE = SHEETS_AT_ONCE


@require_safe
@poster
def sheets(request):
    """A week's sheets of one's places, by name."""
    filters = SheetFilters.read(request.GET)
    page = keyset.paginate(
        selectors.sheets(request.viewer, filters),
        order=selectors.ORDER,
        cursor=request.GET.get("page") or "",
        size=PAGE_SIZE,
    )
    context = {
        "sheets": page.items,
        "week_words": selectors.week_words(filters.monday),
        "shown": ngettext("%(n)d sheet", "%(n)d sheets", len(page.items)) % {"n": len(page.items)},
        "filters": filters,
        "filter_form": SheetFilterForm(
            filters, directions=selectors.directions(request.viewer), week_words=selectors.week_words
        ),
        "reset_url": reverse("wall:list") if filters.asked else "",
        "here": request.get_full_path(),
        "query": filters.query(),
        "next_page": f"?{filters.query(page=page.next_cursor)}" if page.next_cursor else "",
        "previous_page": f"?{filters.query(page=page.previous_cursor)}" if page.previous_cursor else "",
    }
    return render(request, "wall/list.html", context)


@require_POST
@poster
def print_chosen(request):
    """The sheets ticked in the list as one document; they are then known as printed."""
    typed = (references.normalise(one[:20]) for one in request.POST.getlist("affiche"))
    wanted = [reference for reference in typed if references.is_reference(reference)]
    chosen = list(
        Sheet.objects.visible_to(request.viewer)
        .filter(reference__in=wanted[:SHEETS_AT_ONCE])
        .select_related("unit__direction")
        .order_by("unit__name", "pk")
    )
    if not chosen:
        messages.error(request, _("Tick at least one sheet to print."))
        return back(request)
    if len(wanted) > SHEETS_AT_ONCE:
        messages.error(request, _("Print at most %(n)d sheets at once.") % {"n": SHEETS_AT_ONCE})
        return back(request)
    size = selectors.paper_size(request.POST.get("format", ""))
    html = printing.sheets_html(chosen, size)
    services.mark_printed(actor=request.user, sheets=chosen)
    name = slugify(chosen[0].unit.name) if len(chosen) == 1 else str(len(chosen))
    return documents.pdf_or_html_response(html, f"affiches-{name}-{chosen[0].week:%Y-%m-%d}-{size.value}")


COLUMNS = (
    (pgettext_lazy("column", "Place"), lambda sheet: sheet.unit.name),
    (pgettext_lazy("column", "Direction"), lambda sheet: sheet.unit.direction.name if sheet.unit.direction else ""),
    (pgettext_lazy("column", "Week of"), lambda sheet: sheet.week),
    (pgettext_lazy("column", "State"), lambda sheet: sheet.state.label),
    (pgettext_lazy("column", "Printed on"), lambda sheet: sheet.printed_on),
    (pgettext_lazy("column", "On the wall since"), lambda sheet: sheet.posted_on),
)


@require_safe
@poster
def export(request, extension):
    """The list as one sees it, whole: places and days, without the names of who printed or posted."""
    found = selectors.sheets(request.viewer, SheetFilters.read(request.GET)).order_by(*selectors.ORDER)
    columns = [str(title) for title, _read in COLUMNS]
    rows = ([read(sheet) for _title, read in COLUMNS] for sheet in found.iterator(chunk_size=500))
    name = _("wall-sheets-%(day)s") % {"day": clock.today().isoformat()}
    answer = exports.csv_response if extension == "csv" else exports.xlsx_response
    return answer(name, columns, rows)
