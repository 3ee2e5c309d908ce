"""The yearly report of a plan: its page, its PDF and its file for everybody; writing and freezing it for some."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import clock, documents, exports
from src.foundations.gates import add_errors, see_other
from src.participation import neutral

from .. import report_reading as reading
from .. import rules, services
from ..models import Plan, PlanReport
from ..plan_forms import ReportForm
from .gate import calm, screen, signed_in, too_fast
from .planning import METHODS, followed


def told(view):
    """A report one doesn't see is 404, as if it didn't exist."""

    def found(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PlanReport.DoesNotExist:
            raise Http404(_("This report does not exist, or is not shown to you.")) from None

    return found


@require_safe
@screen
@told
def report(request, reference, year):
    """A year of a plan, beside the year before; a draft for those who follow the plan."""
    page = reading.read(request.viewer, reference, year)
    return render(request, "accountability/plan_report.html", {"nav_key": "measures", **_context(page)})


@require_safe
@screen
@told
def document(request, reference, year):
    """The report on paper: a PDF where one can be made, else the page to print."""
    if not calm(request):
        return too_fast(request)
    page = reading.read(request.viewer, reference, year)
    html = render_to_string("accountability/print/plan_report.html", _context(page), request=request)
    return documents.pdf_or_html_response(html, f"rapport-{page.plan.reference}-{page.report.year}")


def _context(page) -> dict:
    return {
        "page": page,
        "report": page.report,
        "plan": page.plan,
        "columns": compared_columns(page),
        "table": compared(page),
        "axis_columns": axis_columns(),
        "axis_table": axis_table(page),
    }


def compared_columns(page) -> list[dict]:
    """The year, and the one before when it was frozen."""
    years = [page.report.year] if page.before is None else [page.report.year, page.report.year - 1]
    last = [] if page.before is None else [{"label": _("Difference"), "numeric": True}]
    return [{"label": _("State")}, *({"label": str(year), "numeric": True} for year in years), *last]


def compared(page) -> list[list[str]]:
    """How many measures stood where; beside, a year before, and the difference."""

    def line(label, now, before):
        cells = [str(label), str(now)]
        if before is not None:
            gap = now - before
            cells += [str(before), f"+{gap}" if gap > 0 else str(gap).replace("-", "\u2212")]
        return cells

    before = page.before
    lines = [
        line(label, page.counts[name], None if before is None else before[name])
        for name, label in reading.LABELS.items()
    ]
    return [*lines, line(_("All measures"), page.total, None if before is None else reading.total(before))]


def axis_columns() -> list[dict]:
    """The states, in the order of a measure's life."""
    named = [{"label": str(label), "numeric": True} for label in reading.LABELS.values()]
    return [{"label": pgettext("of a plan", "Axis")}, *named, {"label": _("All measures"), "numeric": True}]


def axis_table(page) -> list[list[str]]:
    """One line an axis."""
    return [
        [f"{axis.number}. {axis.title}", *(str(axis.counts[name]) for name in reading.LABELS), str(axis.total)]
        for axis in page.axes
    ]


COLUMNS = (
    (pgettext_lazy("rank in a plan", "Number"), lambda axis, line: line.number),
    (pgettext_lazy("of a plan", "Axis"), lambda axis, line: f"{axis.number}. {axis.title}"),
    (pgettext_lazy("of a plan", "Orientation"), lambda axis, line: line.orientation),
    (pgettext_lazy("column", "Reference"), lambda axis, line: line.reference),
    (pgettext_lazy("column", "Title"), lambda axis, line: line.title),
    (pgettext_lazy("column", "Direction"), lambda axis, line: line.direction_label),
    (pgettext_lazy("column", "State"), lambda axis, line: line.state),
    (pgettext_lazy("column", "State a year before"), lambda axis, line: line.before),
    (pgettext_lazy("column", "Last news"), lambda axis, line: line.news_on),
)


@require_safe
@screen
@told
def export(request, reference, year):
    """The lines of the report as a CSV file."""
    if not calm(request):
        return too_fast(request)
    page = reading.read(request.viewer, reference, year)
    rows = ([value(axis, line) for _title, value in COLUMNS] for axis in page.axes for line in axis.lines)
    name = _("report-%(reference)s-%(year)d") % {"reference": page.plan.reference, "year": page.report.year}
    return exports.csv_response(f"{name}.csv", [str(title) for title, _value in COLUMNS], rows)


# -------------------------------------------------------------------------------------------------------- writing it
@require_http_methods(METHODS)
@screen
@signed_in
def create(request, reference):
    """Begin a year's report: the years that have none yet."""
    plan = followed(request.viewer, reference)
    today = clock.today()
    taken = set(plan.reports.values_list("year", flat=True))
    years = [year for year in range(today.year, plan.adopted_on.year - 1, -1) if year not in taken]
    # Of the last year that is over, if it has none.
    wanted = today.year - 1 if today.year - 1 in years else (years[0] if years else today.year)
    end = today.replace(year=wanted, month=12, day=31)
    return _write(request, plan, years, {"year": wanted, "figures_on": min(end, today)})


@require_http_methods(METHODS)
@screen
@signed_in
@told
def write(request, reference, year):
    """Write a draft again."""
    plan = followed(request.viewer, reference)
    found = _draft(plan, year)
    initial = {"year": year, "figures_on": found.figures_on, "introduction": found.introduction}
    initial |= {f"axis_{axis.number}": axis.text for axis in found.axes.all()}
    return _write(request, plan, [year], initial, back=found.of_the_plan)


def _write(request, plan: Plan, years: list[int], initial: dict, back: str = ""):
    form = ReportForm(request.POST if request.method == "POST" else None, plan=plan, years=years, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("year", "figures_on", "introduction")}
        try:
            written = services.write_report(plan, actor=request.user, axes=form.said, **answers)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The report is kept. Nobody else reads it until it is frozen."))
            return see_other(written.of_the_plan)
    context = {
        "nav_key": "measures",
        "title": _("The yearly report"),
        "submit": _("Keep the report"),
        "form": form,
        "back": back or plan.get_absolute_url(),
        "lede": plan.title,
    }
    return render(request, "accountability/plan_form.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@screen
@signed_in
@told
def freeze(request, reference, year):
    """Asked once more before figures and words are what they are, for good."""
    plan = followed(request.viewer, reference)
    if not rules.can_sign_report(request.viewer, plan):
        raise PermissionDenied(_("Whoever decides for the plan’s direction freezes the report and signs it."))
    found = _draft(plan, year)
    if request.method == "POST":
        services.freeze_report(found, actor=request.user)
        messages.success(request, _("The report is frozen, under your name. Everybody can read it."))
        return see_other(found.of_the_plan)
    period = neutral.current()
    confirm = {
        "held": neutral.held_words(period) if period else "",
        "title": _("Freeze the report and sign it"),
        "text": _("Its figures and its words no longer change, for anybody. Everybody reads them under your name."),
        "submit": _("Freeze the report and sign it"),
        "danger": True,
    }
    return _confirm(request, found, confirm)


@require_http_methods(METHODS)
@screen
@signed_in
@told
def discard(request, reference, year):
    """Throw away a report nobody has read."""
    plan = followed(request.viewer, reference)
    found = _draft(plan, year)
    if request.method == "POST":
        services.discard_report(found, actor=request.user)
        messages.success(request, _("The report is thrown away."))
        return see_other(plan.get_absolute_url())
    confirm = {
        "title": _("Throw this report away"),
        "text": _("What was written in it is lost."),
        "submit": _("Throw this report away"),
        "danger": True,
    }
    return _confirm(request, found, confirm)


def _draft(plan: Plan, year: int) -> PlanReport:
    """The draft of a year; a frozen one is refused in words by the services."""
    found = plan.reports.get(year=year)
    found.plan = plan
    if found.is_frozen:
        raise services.report_is_frozen()
    return found


def _confirm(request, found: PlanReport, confirm: dict):
    context = {"nav_key": "measures", "title": f"{found.plan.title} {found.year}", "back": found.of_the_plan}
    return render(request, "accountability/plan_confirm.html", {**context, "confirm": confirm})
