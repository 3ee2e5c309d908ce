"""Reads of a plan's yearly report, frozen or still a draft, beside last year's."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from src.directory.viewer import as_viewer
from src.participation import neutral

from . import rules
from .enums import MeasureStatus
from .models import Plan, PlanReport
from .models.plan_report import COUNTS
from .plan_figures import counted, stood

LABELS = {
    "to_come": MeasureStatus.PLANNED.label,
    "under_way": pgettext_lazy("measures", "Under way"),
    "silent": lazy("of which without news"),
    "to_confirm": MeasureStatus.DELIVERED.label,
    "confirmed": MeasureStatus.VERIFIED.label,
    "stopped": MeasureStatus.STOPPED.label,
}


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A measure on the day, and where it stood a year before ("" when it wasn't there)."""

    number: int
    reference: str
    url: str
    title: str
    orientation: str
    direction_label: str
    state: str
    before: str
    news_on: date | None
    news: str


@dataclass(frozen=True, kw_only=True)
class ReportAxis:
    """An axis on the day."""

    number: int
    title: str
    text: str
    counts: dict[str, int]
    ground_answers: int
    lines: list[ReportLine]

    @property
    def total(self) -> int:
        return total(self.counts)


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """Everything a report's page shows. ``before``: the counts of last year's frozen report, None without one."""

    report: PlanReport
    plan: Plan
    axes: list[ReportAxis]
    counts: dict[str, int]
    before: dict[str, int] | None
    may_follow: bool
    may_sign: bool
    # Why its words aren't shown, in a pre-electoral period; empty otherwise.
    held: str

    @property
    def total(self) -> int:
        return total(self.counts)

    @property
    def ground_answers(self) -> int:
        return sum(axis.ground_answers for axis in self.axes)


def total(counts: dict[str, int]) -> int:
    """Every measure, once: silent ones are counted where they stand."""
    return sum(count for name, count in counts.items() if name != "silent")


def reports_of(viewer, plan: Plan, *, may_follow: bool) -> list[PlanReport]:
    """The reports of a plan, the latest first: frozen ones, and drafts for those who follow it; one statement."""
    found = PlanReport.objects.filter(plan=plan).order_by("-year")
    return list(found if may_follow else found.filter(frozen_at__isnull=False))


def read(viewer, reference: str, year: int) -> ReportPage:
    """A report; Plan.DoesNotExist or PlanReport.DoesNotExist when the viewer doesn't see it.

    Seven statements once frozen, whatever its length.
    """
    viewer = as_viewer(viewer)
    plan = Plan.objects.visible_to(viewer).select_related("unit").get(reference=reference)
    may_follow = rules.can_follow_plan(viewer, plan)
    found = PlanReport.objects.filter(plan=plan)
    report = (found if may_follow else found.filter(frozen_at__isnull=False)).get(year=year)
    report.plan = plan
    last = found.filter(year=year - 1, frozen_at__isnull=False).prefetch_related("lines").first()
    old = list(last.lines.all()) if last else []
    stood_before = {line.reference: _state(line.status, line.silent_days) for line in old}
    said = {axis.number: axis for axis in report.axes.all()}
    if report.is_frozen:
        lines = list(report.lines.all())
        parts = [
            (axis.number, axis.title, {name: getattr(axis, name) for name in COUNTS}, axis.ground_answers)
            for axis in said.values()
        ]
    else:
        drawn = stood(plan, report.figures_on)
        lines = [line for axis in drawn for line in axis.lines]
        parts = [(axis.number, axis.title, counted(axis.lines), axis.ground_answers) for axis in drawn]
    axes = [
        ReportAxis(
            number=number,
            title=title,
            text=said[number].text if number in said else "",
            counts=counts,
            ground_answers=answers,
            lines=[_line(line, stood_before) for line in lines if line.axis_number == number],
        )
        for number, title, counts, answers in parts
    ]
    period = neutral.current()
    # What came out before the period stays as it is; a draft is read by those who write it alone.
    held = period is not None and report.is_frozen and timezone.localdate(report.frozen_at) >= period.starts_on
    return ReportPage(
        report=report,
        plan=plan,
        axes=axes,
        counts={name: sum(axis.counts[name] for axis in axes) for name in COUNTS},
        before=counted(old) if last else None,
        may_follow=may_follow,
        may_sign=rules.can_sign_report(viewer, plan),
        held=neutral.held_words(period) if held else "",
    )


def _line(line, stood_before: dict[str, str]) -> ReportLine:
    return ReportLine(
        number=line.number,
        reference=line.reference,
        url=f"/engagements/{line.reference}/",
        title=line.title,
        orientation=f"{line.axis_number}.{line.orientation_number} {line.orientation_title}",
        direction_label=line.direction_label,
        state=_state(line.status, line.silent_days),
        before=stood_before.get(line.reference, ""),
        news_on=line.news_on,
        news=line.news,
    )


def _state(status: str, silent_days: int) -> str:
    if silent_days:
        return _("Without news for %(days)d days") % {"days": silent_days}
    return str(MeasureStatus(status).label)
