"""Reports for the administration: where ideas stand, how long they wait, which are late. All through the gate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from src.accountability.load import load_by_direction
from src.accountability.models import ResponseOwed
from src.accountability.selectors import owed_by_direction
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.notices.todo import TodoItem
from src.participation.enums import Channel
from src.participation.models import Space
from src.workflow import process_cache
from src.workflow.enums import StageKind
from src.workflow.selectors import time_in_stage

from .models import AssessorSeat, Idea, IdeaComment

OVERDUE_SHOWN = 2_000
# A stage where an idea has rested for longer is shown apart.
OLD = timedelta(days=30)


@dataclass(frozen=True)
class Report:
    """A report: its columns, and the rows a given viewer may read."""

    name: str
    title: str
    description: str
    icon: str
    columns: tuple
    rows: Callable


def _owed(viewer):
    """Ideas that entered the promise, imported ones left out."""
    return Idea.objects.visible_to(as_viewer(viewer)).filter(is_imported=False, owed__isnull=False)


def funnel(viewer) -> list[list]:
    """One line a stage, in the order of the process: how many ideas stand there now, and since when. One statement."""
    now = clock.now()
    found = {
        (row["process_id"], row["stage_id"]): row
        for row in _owed(viewer)
        .order_by()
        .values("process_id", "stage_id")
        .annotate(count=Count("pk"), oldest=Count("pk", filter=Q(stage_since__lt=now - OLD)))
    }
    lines = []
    for process_id in sorted({process for process, _stage in found}):
        graph = process_cache.graph(process_id)
        for stage in graph.stages:
            row = found.get((process_id, stage.pk))
            lines.append(
                [str(graph.process), stage.staff_text, row["count"] if row else 0, row["oldest"] if row else 0]
            )
    return lines


def delays(viewer) -> list[list]:
    """One line a direction: owed, late, paused, answered, and the share answered in time above the smallest number."""
    return [
        [
            rate.direction or _("No direction yet"),
            rate.open,
            rate.late,
            rate.paused,
            rate.answered,
            _("%(share)d %%") % {"share": rate.in_time_share}
            if rate.in_time_share is not None
            else _("fewer than 11"),
        ]
        for rate in owed_by_direction(subject_kind=Idea.subject_kind)
    ]


def channels(viewer) -> list[list]:
    """One line a channel: ideas and comments that came by it, and their total, imported ones aside."""
    ideas = Idea.objects.visible_to(as_viewer(viewer)).filter(is_imported=False)
    comments = IdeaComment.objects.visible_to(as_viewer(viewer)).filter(is_imported=False)

    def counted(found) -> dict:
        rows = found.order_by().values("channel").annotate(count=Count("pk"))
        return {row["channel"]: row["count"] for row in rows}

    by_idea, by_comment = counted(ideas), counted(comments)
    lines = [
        [Channel(code).label, by_idea.get(code, 0), by_comment.get(code, 0)]
        for code in Channel.values
        if by_idea.get(code) or by_comment.get(code)
    ]
    return [*lines, [_("In all"), sum(by_idea.values()), sum(by_comment.values())]]


def waits(viewer) -> list[list]:
    """One line a space and kind of step: how often it was left, the median days there, the slowest tenth.

    One statement a space. The week a sealed author moved in counts from its Monday.
    """
    lines = []
    for space in Space.objects.filter(is_archive=False).order_by("name", "pk"):
        ideas = _owed(viewer).filter(space=space)
        lines += [
            [space.name, row.label, row.count, row.median_days, row.slowest_tenth_days] for row in time_in_stage(ideas)
        ]
    return lines


def load(viewer) -> list[list]:
    """One line a direction: what waits, the pace of two months, and the dates that will slip at that pace."""
    return [
        [
            direction or _("No direction yet"),
            one.waiting,
            one.late,
            _("too few answers to tell") if one.per_week is None else one.per_week,
            "–" if one.slipping is None else one.slipping,
            one.first_slip or "–",
        ]
        for direction, one in load_by_direction()
    ]


def assessors(viewer) -> list[list]:
    """One line an assessor: what they are asked now, what is past its day, what they gave in a year. One statement."""
    today = clock.today()
    year = clock.now() - timedelta(days=365)
    asked = Q(assessment__isnull=True, is_declined=False, is_late=False, idea__stage_kind=StageKind.IN_REVIEW)
    found = (
        AssessorSeat.objects.order_by()
        .values("user_id", "user__first_name", "user__last_name")
        .annotate(
            asked=Count("pk", filter=asked),
            late=Count("pk", filter=asked & Q(due_on__lt=today)),
            given=Count("pk", filter=Q(assessment__submitted_at__gte=year)),
        )
        .filter(Q(asked__gt=0) | Q(given__gt=0))
    )
    rows = sorted(found, key=lambda row: (-row["asked"], row["user__last_name"], row["user_id"]))
    return [
        [f"{row['user__first_name']} {row['user__last_name']}", row["asked"], row["late"], row["given"]]
        for row in rows
    ]


def overdue(viewer) -> list[list]:
    """Each late answer, the oldest promise first: who owes it, since when, and who was reminded. One statement."""
    today = clock.today()
    ideas = (
        _owed(viewer)
        .filter(owed__in=ResponseOwed.objects.late(today))
        .select_related("owed", "direction", "service", "unit", "owner")
        .order_by("owed__promised_on", "reference")[:OVERDUE_SHOWN]
    )
    return [
        [
            idea.reference,
            idea.title,
            idea.unit.name if idea.unit else "",
            idea.owner.get_full_name() if idea.owner else "",
            idea.owed.promised(today),
            idea.owed.days_late(today),
            idea.owed.last_reminder_on,
        ]
        for idea in ideas
    ]


def next_promises(viewer, limit: int) -> list[TodoItem]:
    """The answers promised soonest, late ones first, for whoever watches over all of them. One statement."""
    ideas = (
        _owed(viewer)
        .filter(owed__answered_on__isnull=True, owed__cancelled_on__isnull=True)
        .select_related("owed", "unit")
        .order_by("owed__promised_on", "reference")[:limit]
    )
    return [
        TodoItem(
            title=idea.title,
            url=idea.get_absolute_url(),
            verb=str(_("Answer promised")),
            detail=idea.unit.name if idea.unit else "",
            due_on=idea.owed.promised_on,
        )
        for idea in ideas
    ]


REPORTS = {
    report.name: report
    for report in (
        Report(
            "funnel",
            _("Where ideas stand"),
            _("How many ideas rest at each step, and how many for over thirty days."),
            "tasks",
            (_("Process"), _("Step"), _("Ideas"), _("For over 30 days")),
            funnel,
        ),
        Report(
            "delays",
            _("Answers in time"),
            _("By direction: what is owed, late, paused and answered. Under eleven answers, no share is shown."),
            "time",
            (_("Direction"), _("Owed"), _("Late"), _("Paused"), _("Answered"), _("In time")),
            delays,
        ),
        Report(
            "waits",
            _("Time at each step"),
            _("By space: how long ideas rest at each step before they leave it, in days."),
            "history",
            (_("Space"), _("Step"), _("Left"), _("Median days"), _("Slowest tenth, days")),
            waits,
        ),
        Report(
            "load",
            _("Load and dates that will slip"),
            _("At the pace of the last sixty days, the promised dates that pass before their turn."),
            "warning",
            (
                _("Direction"),
                _("Waiting"),
                _("Late"),
                _("Answers a week"),
                _("Dates that will slip"),
                _("The first one"),
            ),
            load,
        ),
        Report(
            "assessors",
            _("Load of assessors"),
            _("Who is asked to assess now, and what they gave in twelve months."),
            "group",
            (_("Assessor"), _("Asked now"), _("Past their day"), _("Given in twelve months")),
            assessors,
        ),
        Report(
            "channels",
            _("By which channel"),
            _("Web, telephone, paper, kiosk: ideas and comments, apart and in all."),
            "list-ul",
            (_("Channel"), _("Ideas"), _("Comments")),
            channels,
        ),
        Report(
            "overdue",
            _("Overdue answers"),
            _("Each answer whose promised date has passed, the oldest first."),
            "warning",
            (
                _("Reference"),
                _("Title"),
                _("Owed by"),
                _("Looked after by"),
                _("Promised for"),
                _("Days late"),
                _("Last reminder"),
            ),
            overdue,
        ),
    )
}
