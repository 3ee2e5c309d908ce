"""Queues of the workshop: reports to answer, suggestions, unusual series."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import clock, exports, keyset
from src.foundations.gates import see_other
from src.foundations.keyset import BadCursor
from src.participation import suggestions as taking
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, services
from .. import workshop_reading as reading
from ..enums import ReportState, SuggestionState
from ..forms import AnswerForm, AsideForm, IdeaForm, NoteForm, QueueFilterForm, QueueFilters
from ..models import AnomalyFlag, ProblemReport, Suggestion
from .gate import handler
from .workshop import tabs

PAGE_SIZE = 30
FLAG_STATES = (("a-voir", gettext_lazy("To look at")), ("vues", gettext_lazy("Looked at")))


def _asked(rows, filters, words="text"):
    if filters.q:
        rows = rows.filter(**{f"{words}__icontains": filters.q}) | rows.filter(point__name__icontains=filters.q)
    return rows


def _page(request, rows, filters, order):
    page = keyset.paginate(rows, order=order, cursor=request.GET.get("page") or "", size=PAGE_SIZE)
    links = {
        "next_page": f"?{filters.query(page=page.next_cursor)}" if page.next_cursor else "",
        "previous_page": f"?{filters.query(page=page.previous_cursor)}" if page.previous_cursor else "",
    }
    return page.items, links


def _queue(request, template, name, rows, filters, states, order, read=list, **more):
    try:
        items, links = _page(request, rows, filters, order)
    except BadCursor:
        return redirect(request.path)
    context = {
        "tabs": tabs(request, name),
        "items": read(items),
        "filters": filters,
        "filter_form": QueueFilterForm(filters, states=states),
        "reset_url": request.path if filters.asked else "",
        "query": filters.query(),
        **links,
        **more,
    }
    return render(request, template, context)


def _reports(request):
    filters = QueueFilters.read(request.GET, ReportState.values)
    rows = ProblemReport.objects.handled_by(request.viewer).select_related("point__unit")
    rows = rows.filter(state=filters.state) if filters.state else rows
    return filters, _asked(rows, filters)


@require_safe
@handler
def reports(request):
    """Problem reports of one's points: those to answer, the oldest first."""
    filters, rows = _reports(request)
    states = ReportState.choices
    template = "ratings/workshop/reports.html"
    return _queue(request, template, "reports", rows, filters, states, ("-state", "week", "pk"), reading.report_rows)


@require_safe
@handler
def reports_export(request):
    """The queue as a file: no contact is in it."""
    _filters, rows = _reports(request)
    found = reading.every_report_row(rows)
    lines = (
        [
            row.report.reference,
            row.report.point.name,
            row.report.week,
            row.promised_on,
            row.report.get_state_display(),
            row.days_late,
            row.report.text,
            row.report.answer,
            row.report.answered_on,
        ]
        for row in found
    )
    columns = [
        _("Reference"),
        _("Point"),
        _("Week of"),
        _("Promised for"),
        _("State"),
        _("Days late"),
        _("What happened"),
    ]
    columns += [_("Answer"), _("Answered on")]
    return exports.csv_response(f"signalements-{clock.today().isoformat()}", columns, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@handler
def answer(request, report):
    """One report, and its answer."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and report.state == ReportState.OPEN and form.is_valid():
        try:
            services.answer_report(report=report, actor=request.user, text=form.cleaned_data["answer"])
        except ValidationError as refusal:
            form.add_error(None if not hasattr(refusal, "error_dict") else "answer", _words(refusal))
        except TransitionNotAllowed as refusal:
            messages.error(request, str(refusal))
            return see_other(request.path)
        else:
            messages.success(request, _("Answered. Its author reads it with their code; the contact left is erased."))
            return see_other(reverse("ratings:reports"))
    row = reading.report_rows([report])[0]
    status = 422 if form.errors else 409 if request.method == "POST" else 200
    return render(request, "ratings/workshop/report.html", {"row": row, "report": report, "form": form}, status=status)


def _words(refusal: ValidationError) -> str:
    return " ".join(refusal.messages)


@require_safe
@handler
def suggestions(request):
    """Suggestions of one's points: those to read first."""
    filters = QueueFilters.read(request.GET, SuggestionState.values)
    rows = Suggestion.objects.handled_by(request.viewer).select_related("point__unit")
    rows = rows.filter(state=filters.state) if filters.state else rows
    template, states = "ratings/workshop/suggestions.html", SuggestionState.choices
    return _queue(request, template, "suggestions", _asked(rows, filters), filters, states, ("state", "week", "pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@handler
def suggestion(request, suggestion):
    """One suggestion: an idea in one gesture, or set aside."""
    may_make = rules.may_make_idea(request.viewer, suggestion.point)
    boxes = taking.boxes(request.viewer) if may_make else []
    aside = request.method == "POST" and request.POST.get("geste") == "ecarter"
    make = request.method == "POST" and not aside
    idea_form = IdeaForm(request.POST if make else None, boxes=boxes)
    aside_form = AsideForm(request.POST if aside else None)
    form = aside_form if aside else idea_form
    if request.method == "POST" and form.is_valid():
        try:
            if aside:
                services.set_aside(suggestion=suggestion, actor=request.user, reason=form.cleaned_data["reason"])
                messages.success(request, _("Set aside, with its reason."))
            else:
                services.make_idea(suggestion=suggestion, actor=request.user, box=form.cleaned_data["box"])
                messages.success(request, _("It is an idea now, without its author."))
            return see_other(reverse("ratings:suggestion", args=[suggestion.reference]))
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
            return see_other(request.path)
        except ValidationError as refusal:
            form.add_error(None, _words(refusal))
    context = {
        "suggestion": suggestion,
        "may_make": may_make,
        "boxes": boxes,
        "idea_form": idea_form,
        "aside_form": aside_form,
        "form": form,
    }
    return render(request, "ratings/workshop/suggestion.html", context, status=422 if form.errors else 200)


@require_safe
@handler
def flags(request):
    """Unusual series of one's points: those to look at first."""
    filters = QueueFilters.read(request.GET, dict(FLAG_STATES))
    rows = AnomalyFlag.objects.handled_by(request.viewer).select_related("point", "looked_by")
    if filters.state:
        rows = rows.filter(looked_on__isnull=filters.state == "a-voir")
    rows = _asked(rows, filters, words="note")
    template = "ratings/workshop/flags.html"
    return _queue(request, template, "flags", rows, filters, FLAG_STATES, ("-day", "-pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@handler
def flag(request, flag):
    """One unusual series, and what it was."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if services.look_at(flag=flag, actor=request.user, note=form.cleaned_data["note"]):
            messages.success(request, _("Noted. The ratings stay counted."))
        else:
            messages.info(request, _("Somebody has already said what it was."))
        return see_other(reverse("ratings:flags"))
    return render(
        request, "ratings/workshop/flag.html", {"flag": flag, "form": form}, status=422 if form.errors else 200
    )
