"""What handlers read: counts of their queues, the words of a point told together."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Count, Q

from src.accountability.models import ResponseOwed
from src.foundations import clock, together

from .enums import ReportState, SuggestionState
from .models import AnomalyFlag, ProblemReport, Rating, RatingMonth, RatingPoint, Suggestion
from .months import month_of
from .services.figures import smallest


@dataclass(frozen=True)
class Queues:
    """How many wait in each queue of somebody."""

    reports: int
    suggestions: int
    flags: int


@together.reading
def queues(viewer):
    """One statement."""
    counts = yield (
        together.counted(ProblemReport.objects.handled_by(viewer).filter(state=ReportState.OPEN)),
        together.counted(Suggestion.objects.handled_by(viewer).filter(state=SuggestionState.NEW)),
        together.counted(AnomalyFlag.objects.handled_by(viewer).filter(looked_on__isnull=True)),
    )
    return Queues(*counts)


def points(viewer):
    """Points somebody handles, with what waits at each; one statement."""
    waiting = Count("reports", filter=Q(reports__state=ReportState.OPEN), distinct=True)
    found = RatingPoint.objects.handled_by(viewer).select_related("unit__direction")
    return found.annotate(waiting=waiting).order_by("name", "pk")


@dataclass(frozen=True)
class ReportRow:
    """A report in its queue, with its promise."""

    report: ProblemReport
    promised_on: date
    days_late: int


def report_rows(reports: list[ProblemReport], day: date | None = None) -> list[ReportRow]:
    """Promises of these reports; one statement."""
    day = day or clock.today()
    references = [report.reference for report in reports]
    owed = {
        row.subject_reference: row
        for row in ResponseOwed.objects.filter(
            subject_kind=ProblemReport.SUBJECT, subject_reference__in=references
        ).order_by("pk")
    }
    found = [(report, owed.get(report.reference)) for report in reports]
    return [ReportRow(report, row.promised(day), row.days_late(day)) for report, row in found if row is not None]


def every_report_row(reports, size: int = 500):
    """Every report of a queryset with its promise, the oldest first: one statement each ``size`` rows, for a file."""
    ordered = reports.order_by("week", "pk").iterator(chunk_size=size)
    while chunk := list(islice(ordered, size)):
        yield from report_rows(chunk)


def words_of(point: RatingPoint, months: int = 3) -> list[tuple[date, list[str]]]:
    """What was added to ratings, month by month: only months that are over and hold the smallest number of ratings.

    Lines come in alphabetical order, without day nor face: nobody is told from the hour of their visit.
    """
    this_month = month_of(clock.today())
    rows = RatingMonth.objects.filter(point=point, month__lt=this_month).order_by("-month")
    told = [row.month for row in rows if row.total >= smallest()][:months]
    if not told:
        return []
    lines = defaultdict(list)
    written = Rating.objects.filter(point=point, day__gte=min(told), day__lt=this_month).exclude(words="")
    for day, words in written.order_by("words", "pk").values_list("day", "words"):
        if month_of(day) in told:
            lines[month_of(day)].append(words)
    return [(month, lines[month]) for month in told if lines[month]]
