"""Coverage as human resources follow it: by obligation, direction and service; targets; files and paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import clock, documents, exports
from src.foundations.gates import add_errors, see_other

from .. import rules, selectors
from ..forms import TargetForm
from ..models import CoverageTarget
from ..services import targets
from .gate import NAV, crumbs, followers, gate, of_obligation, setters

UNITS_A_PAGE = 50


def _columns() -> list[dict]:
    titles = [
        (pgettext("column", "Place"), False),
        (pgettext("coverage", "Covered"), True),
        (pgettext("coverage", "Up to date"), True),
        (pgettext("coverage", "Ends soon"), True),
        (pgettext("coverage", "To do"), True),
        (pgettext("coverage", "Late"), True),
        (pgettext("coverage", "Exempt"), True),
        (pgettext("coverage", "Paused"), True),
        (pgettext("coverage", "Hours to plan"), True),
        (pgettext("coverage", "Target"), True),
    ]
    return [{"label": label, "numeric": numeric} for label, numeric in titles]


def _cells(row: selectors.Row, url: str = "") -> list:
    count = row.count
    numbers = (count.up_to_date, count.soon, count.to_do, count.late, count.exempt, count.paused, count.hours)
    target = f"{row.target.percent}\u00a0%" if row.target else "–"
    return [
        {"text": row.name, "url": url},
        row.percent_words,
        *(number_format(number, force_grouping=True) for number in numbers),
        target,
    ]


def _crumbs(*more):
    return crumbs(
        {"url": reverse("trainings_coverage:overview"), "label": _("Coverage of mandatory trainings")}, *more
    )


def _page(obligation, direction=None) -> str:
    url = reverse("trainings_coverage:dashboard", kwargs={"reference": obligation.reference})
    return f"{url}?direction={direction}" if direction else url


@require_safe
@followers
def overview(request):
    """Each mandatory training with its figures."""
    rows = selectors.overview(request.viewer)
    context = {
        "nav_key": NAV,
        "crumbs": crumbs(),
        "rows": rows,
        "sets": rules.can_set_targets(request.viewer),
    }
    return render(request, "trainings_coverage/overview.html", context)


@require_safe
@of_obligation(followers)
def dashboard(request, obligation):
    """Curves and table by direction; the services of the one asked for."""
    found = selectors.dashboard(request.viewer, obligation, request.GET.get("direction", "")[:32])
    if found.direction is None:
        rows = [_cells(row, _page(obligation, row.code)) for row in found.rows]
    else:
        rows = [_cells(row) for row in found.services]
    chosen = next((row for row in found.rows if found.direction and row.code == found.direction.code), None)
    context = {
        "nav_key": NAV,
        "crumbs": _crumbs(*([{"url": _page(obligation), "label": obligation.track.title}] if chosen else [])),
        "obligation": obligation,
        "found": found,
        "chosen": chosen,
        "shown": chosen or found.whole,
        "columns": _columns(),
        "table_rows": [*rows, _cells(chosen or found.whole)] if rows else [],
        "sets": rules.can_set_targets(request.viewer),
    }
    return render(request, "trainings_coverage/dashboard.html", context)


@require_safe
@of_obligation(followers)
def export(request, obligation, extension):
    """The same figures as a file, direction by direction, then service by service."""
    gate.calm(request, "export", 20)
    found = selectors.dashboard(request.viewer, obligation)
    columns = [
        pgettext("column", "Level"), pgettext("column", "Code"), pgettext("column", "Place"),
        pgettext("coverage", "Asked"), pgettext("coverage", "Covered (%)"), pgettext("coverage", "Up to date"),
        pgettext("coverage", "Ends soon"), pgettext("coverage", "To do"), pgettext("coverage", "Late"),
        pgettext("coverage", "Exempt"), pgettext("coverage", "Paused"), pgettext("coverage", "Hours to plan"),
        pgettext("coverage", "Target (%)"), pgettext("coverage", "Target for"),
    ]  # fmt: skip
    levels = (
        (pgettext("level", "direction"), found.rows),
        (pgettext("level", "service"), found.services),
        (pgettext("level", "everybody"), [found.whole]),
    )
    rows = (_line(level, row) for level, group in levels for row in group)
    respond = exports.xlsx_response if extension == "xlsx" else exports.csv_response
    return respond(
        _("coverage-%(reference)s-%(day)s") % {"reference": obligation.reference, "day": clock.today().isoformat()},
        columns,
        rows,
    )


def _line(level: str, row: selectors.Row) -> list:
    count, target = row.count, row.target
    return [
        level, row.code, row.name, count.asked, count.percent, count.up_to_date, count.soon, count.to_do, count.late,
        count.exempt, count.paused, count.hours, target.percent if target else None, target.by_on if target else None,
    ]  # fmt: skip


@require_safe
@of_obligation(followers)
def paper(request, obligation):
    """The table on paper: a PDF where one can be made, else the page to print."""
    gate.calm(request, "paper", 20)
    found = selectors.dashboard(request.viewer, obligation)
    context = {
        "obligation": obligation,
        "whole": found.whole,
        "columns": _columns(),
        "tables": [(_("By direction"), [_cells(row) for row in found.rows])]
        + [(_("By service"), [_cells(row) for row in found.services])],
        "printed_on": clock.today(),
    }
    html = render_to_string("trainings_coverage/print/dashboard.html", context, request=request)
    return documents.pdf_or_html_response(html, f"couverture-{obligation.reference}")


@require_http_methods(["GET", "HEAD", "POST"])
@of_obligation(setters)
def target(request, obligation):
    """The targets of a training, and the form that sets one."""
    form = TargetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            targets.set_target(
                obligation=obligation,
                percent=data["percent"],
                by_on=data["by_on"],
                direction=form.chosen,
                actor=request.user,
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The target is set. It is drawn on the dashboard."))
            return see_other(_page(obligation))
    context = {
        "nav_key": NAV,
        "crumbs": _crumbs({"url": _page(obligation), "label": obligation.track.title}),
        "obligation": obligation,
        "form": form,
        "targets": CoverageTarget.objects.filter(obligation=obligation)
        .select_related("direction")
        .order_by("direction__name", "pk"),
    }
    return render(request, "trainings_coverage/target.html", context, status=422 if form.errors else 200)


@require_POST
@of_obligation(setters)
def remove_target(request, obligation, pk):
    """Take a target away."""
    found = (
        CoverageTarget.objects.filter(obligation=obligation, pk=pk).select_related("obligation", "direction").first()
    )
    if found is None:
        raise Http404(_("This target doesn’t exist any more."))
    targets.remove_target(target=found, actor=request.user)
    messages.success(request, _("The target is removed."))
    return see_other(reverse("trainings_coverage:target", kwargs={"reference": obligation.reference}))


@require_safe
@followers
def without_referent(request):
    """Services that no equality referent looks after."""
    rows = selectors.without_referent(request.viewer)
    page = Paginator(rows, UNITS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav_key": NAV,
        "crumbs": _crumbs(),
        "count_words": ngettext(
            "%(n)d service has no equality referent.", "%(n)d services have no equality referent.", len(rows)
        )
        % {"n": len(rows)},
        "columns": [
            {"label": pgettext("column", "Service")},
            {"label": pgettext("column", "Direction")},
            {"label": pgettext("column", "Agents"), "numeric": True},
            {"label": pgettext("column", "Below")},
        ],
        "rows": [
            [
                one.unit.name,
                one.unit.direction.name if one.unit.direction else "–",
                number_format(one.unit.headcount, force_grouping=True),
                _("some places have one") if one.partly else _("nobody"),
            ]
            for one in page
        ],
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "trainings_coverage/without_referent.html", context)
