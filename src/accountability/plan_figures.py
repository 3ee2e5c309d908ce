"""Each measure of a plan as it stood on a day, read from its history: what a yearly report freezes."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from .enums import RUNNING, MeasureStatus
from .models import Measure, Plan, PlanMeasure, PlanReportAxis
from .models.plan_report import COUNTS

COUNT_OF = {
    MeasureStatus.PLANNED: "to_come",
    MeasureStatus.STUDIES: "under_way",
    MeasureStatus.PROCEDURE: "under_way",
    MeasureStatus.WORKS: "under_way",
    MeasureStatus.DELIVERED: "to_confirm",
    MeasureStatus.VERIFIED: "confirmed",
    MeasureStatus.STOPPED: "stopped",
}


@dataclass(frozen=True, kw_only=True)
class StoodLine:
    """A measure on the day, under the columns of ``PlanReportLine``."""

    axis_number: int
    orientation_number: int
    orientation_title: str
    number: int
    reference: str
    title: str
    direction_label: str
    status: str
    silent_days: int
    news_on: date | None
    news: str


@dataclass
class StoodAxis:
    """An axis on the day."""

    number: int
    title: str
    lines: list[StoodLine] = field(default_factory=list)
    ground_answers: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Under the columns of ``PlanReportAxis``."""
        return counted(self.lines) | {"ground_answers": self.ground_answers}


def counted(lines) -> dict[str, int]:
    """How many measures stand where; a silent one is counted where it stands, and among the silent ones."""
    counts = dict.fromkeys(COUNTS, 0)
    for line in lines:
        counts[COUNT_OF[MeasureStatus(line.status)]] += 1
        counts["silent"] += line.silent_days > 0
    return counts


def stood(plan: Plan, day: date) -> list[StoodAxis]:
    """The axes of a plan and its measures on the evening of ``day``; six statements, whatever their number.

    A measure decided after that day isn't there. One that came from another platform without a history stands where
    its platform says.
    """
    axes = [StoodAxis(axis.number, axis.title) for axis in plan.axes.all()]
    by_number = {axis.number: axis for axis in axes}
    entries = (
        PlanMeasure.objects.filter(plan=plan)
        .select_related("measure__direction", "orientation__axis")
        .prefetch_related("measure__steps", "measure__notes", "measure__checks")
        .order_by("number")
    )
    for entry in entries:
        if entry.measure.created_on <= day:
            axis = by_number[entry.orientation.axis.number]
            axis.lines.append(_line(entry, day))
            axis.ground_answers += _told_answers(entry.measure, day)
    return axes


def _line(entry: PlanMeasure, day: date) -> StoodLine:
    measure, orientation = entry.measure, entry.orientation
    status = status_on(measure, day)
    news = [note for note in measure.notes.all() if note.on <= day]
    last = max(news, key=lambda note: (note.on, note.pk), default=None)
    return StoodLine(
        axis_number=orientation.axis.number,
        orientation_number=orientation.number,
        orientation_title=orientation.title,
        number=entry.number,
        reference=measure.reference,
        title=measure.title,
        direction_label=measure.direction.name if measure.direction else measure.direction_label,
        status=status,
        silent_days=_silent_days(measure, status, day),
        news_on=last.on if last else None,
        news=last.text if last else "",
    )


def status_on(measure: Measure, day: date) -> str:
    """Where a measure stood on the evening of a day, by its history; as it stands now without one."""
    steps = [step for step in measure.steps.all() if step.on <= day]
    last = max(steps, key=lambda step: (step.on, step.pk), default=None)
    if last is not None:
        return last.to_status
    return measure.status if measure.is_imported else MeasureStatus.PLANNED


def _silent_days(measure: Measure, status: str, day: date) -> int:
    if status not in RUNNING or measure.heard_on is None:
        return 0
    told = [measure.created_on, measure.adopted_on, measure.heard_on]
    told += [note.on for note in measure.notes.all()] + [step.on for step in measure.steps.all()]
    heard = max(one for one in told if one is not None and one <= day)
    days = (day - heard).days
    return days if days > Measure.SILENCE.days else 0


def _told_answers(measure: Measure, day: date) -> int:
    """Answers of the ground whose figures the measure's own page tells: the others can't be told by subtraction."""
    smallest = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    closed = [check for check in measure.checks.all() if check.closed_on is not None and check.closed_on <= day]
    return sum(check.answers for check in closed if check.answers >= smallest)


def published_answers() -> list[dict[str, int]]:
    """Answers of the ground as reports tell them, axis by axis, for the registry of what is published."""
    tables: dict[int, dict[str, int]] = {}
    rows = PlanReportAxis.objects.filter(report__frozen_at__isnull=False, ground_answers__gt=0)
    for report, number, answers in rows.order_by("report_id", "number").values_list(
        "report_id", "number", "ground_answers"
    ):
        tables.setdefault(report, {})[str(number)] = answers
    return list(tables.values())
