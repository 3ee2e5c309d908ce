"""``/qualite/``: the public indicators of service quality, their method beside, and the same as files."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from src.foundations import clock, exports, references
from theme.charts import Series
from theme.figures import percent as written

from .. import reading, rules
from ..enums import Grade
from ..forms import QualityFilterForm, QualityFilters
from ..models import RatingPoint


@require_safe
def quality(request):
    """Points, directions, answers to reports. Statements don't grow with them."""
    found, filters = reading.quality(), QualityFilters.read(request.GET)
    lines = _chosen(found, filters)
    directions = sorted({reading.direction_of(line.point.unit) for line in found.points}, key=lambda one: one[1])
    shares = [(name, share.percent) for _code, name, share in found.directions]
    context = {
        "found": found,
        "filters": filters,
        "filter_form": QualityFilterForm(filters, directions=directions),
        "reset_url": request.path if filters.asked else "",
        "query": filters.query(),
        "period": period_words(found.since, found.until),
        "city_interval": interval(found.city),
        "columns": _columns(),
        "rows": [_row(line) for line in lines],
        "direction_columns": [{"label": _("Direction")}, *_numbers(_("Ratings"), _("Satisfied"), _("Interval"))],
        "direction_rows": [
            [name, number_words(share.answers), percent(share.percent), interval(share)]
            for _code, name, share in found.directions
        ],
        "series": Series(_("Satisfied, by direction"), shares, unit="%", maximum=100) if len(shares) > 1 else None,
        "answer_columns": [
            {"label": _("Direction")},
            *_numbers(_("Answers"), _("In time"), _("Median delay"), _("Waiting"), _("Late")),
        ],
        "answer_rows": [_answers_row(line) for line in [*found.answers, found.city_answers]],
        "json_url": reverse("api:list_quality"),
        "may_handle": rules.may_use_workshop(request.viewer),
    }
    return render(request, "ratings/quality.html", context)


def _chosen(found, filters):
    lines = found.points
    if filters.q:
        lines = [line for line in lines if filters.q.casefold() in line.point.name.casefold()]
    if filters.direction:
        lines = [line for line in lines if reading.direction_of(line.point.unit)[0] == filters.direction]
    if filters.kind:
        lines = [line for line in lines if line.point.kind == filters.kind]
    if filters.sort == "satisfaits":
        lines = sorted(lines, key=lambda line: -(line.share.low if line.share.answers else -1))
    elif filters.sort == "reponses":
        lines = sorted(lines, key=lambda line: -line.share.answers)
    return lines


@require_safe
def point(request, point):
    """One point: its periods, its evaluations, the reports it owes an answer to."""
    found = RatingPoint.objects.select_related("unit__direction")
    point = get_object_or_404(found, reference=references.normalise(point))
    quality, periods = reading.quality(), reading.periods_of(point)
    line = next(line for line in quality.points if line.point.pk == point.pk)
    shown = [period for period in reversed(periods)][-12:]
    shares = [(_short(period), period.share.percent) for period in shown]
    evaluations = list(reading.evaluations().filter(point=point).prefetch_related("criteria"))
    context = {
        "point": point,
        "line": line,
        "interval": interval(line.share),
        "k": quality.k,
        "period": period_words(quality.since, quality.until),
        "series": Series(_("Satisfied"), shares, unit="%", maximum=100) if len(shares) > 1 else None,
        "columns": [
            {"label": _("Months")},
            *_numbers(_("Ratings"), _("Satisfied"), _("Interval"), *_grade_labels()),
        ],
        "rows": [
            [period_words(p.first, p.last), number_words(p.share.answers), percent(p.share.percent), interval(p.share)]
            + [percent(round(100 * count / p.share.answers)) for count in p.totals.grades]
            for p in periods
        ],
        "flagged": [p for p in periods if p.flagged],
        "evaluations": evaluations,
        "waiting": reading.waiting_reports(point),
        "may_handle": rules.may_handle(request.viewer, point),
    }
    return render(request, "ratings/point.html", context)


@require_safe
def export(request):
    """The table of points as the page shows it."""
    found = reading.quality()
    rows = (
        [
            line.point.reference,
            line.point.name,
            line.point.get_kind_display(),
            reading.direction_of(line.point.unit)[1],
            line.share.answers or "",
            line.share.percent,
            line.share.low,
            line.share.high,
            line.late,
            line.evaluation.evaluator if line.evaluation else "",
            line.evaluation.get_result_display() if line.evaluation else "",
            line.evaluation.valid_until if line.evaluation else "",
        ]
        for line in _chosen(found, QualityFilters.read(request.GET))
    )
    columns = [_("Reference"), _("Point"), _("Kind"), _("Direction"), _("Ratings"), _("Satisfied (%)")]
    columns += [_("Interval, low (%)"), _("Interval, high (%)"), _("Reports late"), _("Evaluated by"), _("Result")]
    return exports.csv_response(_file(_("quality")), [*columns, _("Label valid until")], rows)


@require_safe
def export_periods(request):
    """Every released period of every point."""
    points = {point.pk: point for point in RatingPoint.objects.select_related("unit__direction")}
    rows = (
        [
            points[row.point_id].reference,
            points[row.point_id].name,
            f"{row.first:%Y-%m}",
            f"{row.last:%Y-%m}",
            share.answers,
            share.percent,
            share.low,
            share.high,
        ]
        for row in reading.RatingPeriod.objects.order_by("point_id", "first")
        for share in [reading.Share(row.total, row.satisfied)]
    )
    columns = [_("Reference"), _("Point"), _("First month"), _("Last month"), _("Ratings"), _("Satisfied (%)")]
    return exports.csv_response(
        _file(_("quality by month")), [*columns, _("Interval, low (%)"), _("Interval, high (%)")], rows
    )


def percent(share: int | None) -> str:
    """A share as people read it."""
    return "–" if share is None else written(share)


def interval(share: reading.Share) -> str:
    """The interval in words."""
    if not share.answers:
        return "–"
    return _("%(low)s to %(high)s %%") % {"low": share.low, "high": share.high}


def number_words(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", "\u202f")


def period_words(first, last) -> str:
    """Months of a period: “March 2026”, or “March to April 2026”."""
    begin, end = reading.months_words(first, last)
    if end is None:
        return date_format(begin, "F Y")
    start = date_format(begin, "F" if begin.year == end.year else "F Y")
    return _("%(first)s to %(last)s") % {"first": start, "last": date_format(end, "F Y")}


def _short(period) -> str:
    return date_format(period.last, "M Y")


def _numbers(*labels) -> list[dict]:
    return [{"label": label, "numeric": True} for label in labels]


def _columns() -> list[dict]:
    return [
        {"label": _("Point")},
        {"label": _("Direction")},
        *_numbers(_("Ratings"), _("Satisfied"), _("Interval"), _("Reports late")),
        {"label": _("Independent evaluation")},
    ]


def _grade_labels() -> list[str]:
    return [str(Grade(grade).label) for grade in (5, 4, 3, 2, 1)]


def _row(line) -> list:
    told = (
        number_words(line.share.answers) if line.share.answers else _("Fewer than %(k)s") % {"k": reading.smallest()}
    )
    evaluation = line.evaluation
    words = ""
    if evaluation is not None:
        words = str(evaluation.get_result_display())
        if evaluation.has_expired:
            words = _("%(result)s, label no longer valid") % {"result": words}
    return [
        {"text": line.point.name, "url": line.point.get_absolute_url()},
        reading.direction_of(line.point.unit)[1],
        told,
        percent(line.share.percent),
        interval(line.share),
        str(line.late),
        words or "–",
    ]


def _answers_row(line) -> list:
    label = line.label or (_("Other directions") if line.key == reading.OTHERS else _("The whole City"))
    delay = line.median_days
    return [
        label,
        str(line.answered) if line.in_time is not None else _("Fewer than %(k)s") % {"k": reading.smallest()},
        percent(line.in_time),
        "–" if delay is None else ngettext("%(n)d day", "%(n)d days", delay) % {"n": delay},
        str(line.waiting),
        str(line.late),
    ]


def _file(name: str) -> str:
    return f"{name}-{clock.today().isoformat()}"
