"""Figures over any journal: how far subjects went, how long they waited, and which wait too long."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Lag
from django.utils import timezone

from src.foundations import clock

from .enums import ADOPTION_SLUG, ProcessStatus, StageKind
from .models import Stage
from .time_rules import automatic_since

# The latest entries a report reads: about twenty thousand walks.
ENTRY_LIMIT = 200_000


@dataclass(frozen=True)
class FunnelRow:
    """A kind of stage: subjects that were ever there, their share of all in hundredths, those there now."""

    kind: str
    label: str
    reached: int
    share: int
    here: int


@dataclass(frozen=True)
class WaitRow:
    """A kind of stage that was left: how often, and the days spent there."""

    kind: str
    label: str
    count: int
    median_days: float
    slowest_tenth_days: float


def funnel(subjects: QuerySet) -> list[FunnelRow]:
    """Count, kind by kind in the order of the enum, the subjects that were ever there. Four statements.

    A subject was where its journal says it left, and where it is.
    """
    relation = subjects.model.journal_relation()
    journal, link = relation.related_model._base_manager, relation.field.name
    left = (
        journal.filter(**{f"{link}__in": subjects.order_by().values("pk")})
        .order_by()
        .values("from_kind")
        .annotate(count=Count(link, distinct=True))
        .values_list("from_kind", "count")
    )
    came_back = journal.filter(**{link: OuterRef("pk")}, from_kind=OuterRef("stage_kind"))
    first_time = _by_kind(subjects.filter(~Exists(came_back)))
    here = _by_kind(subjects)
    total = sum(here.values())
    reached = defaultdict(int, first_time)
    for kind, count in left:
        reached[kind] += count
    return [
        FunnelRow(kind.value, kind.label, reached[kind], round(100 * reached[kind] / total), here.get(kind, 0))
        for kind in StageKind
        if reached[kind]
    ]


def _by_kind(subjects: QuerySet) -> dict[str, int]:
    rows = subjects.order_by().values("stage_kind").annotate(count=Count("pk"))
    return {row["stage_kind"]: row["count"] for row in rows}


def time_in_stage(
    subjects: QuerySet,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    entered_first: str | None = None,
    limit: int = ENTRY_LIMIT,
) -> list[WaitRow]:
    """Days spent in each kind of stage left between two moments, from the latest ``limit`` entries. One statement.

    ``entered_first`` names the subject's column that dates its first stage; without it, the first stage of each walk
    isn't counted. Corrections within a stage and adoptions that kept the kind don't cut a wait.
    """
    relation = subjects.model.journal_relation()
    link = relation.field.name
    passages = (
        relation.related_model._base_manager.filter(**{f"{link}__in": subjects.order_by().values("pk")})
        .exclude(from_stage=F("to_stage"))
        .exclude(transition_slug=ADOPTION_SLUG, from_kind=F("to_kind"))
        .annotate(entered=Window(Lag("at"), partition_by=F(f"{link}_id"), order_by="id"))
        .order_by("-id")
    )
    first = F(f"{link}__{entered_first}") if entered_first else F("entered")
    waits: dict[str, list[float]] = defaultdict(list)
    for kind, at, entered, fallback in (
        passages.annotate(first_entered=first)
        .values_list("from_kind", "at", "entered", "first_entered")[:limit]
        .iterator(chunk_size=2000)
    ):
        entered = entered or fallback
        if entered and not (since and at < since) and not (until and at >= until):
            # A sealed author's move keeps only its Monday: a wait is never less than nothing.
            waits[kind].append(max((at - entered) / timedelta(days=1), 0.0))
    return [_wait_row(kind, waits[kind]) for kind in StageKind if waits[kind]]


def _wait_row(kind: StageKind, days: list[float]) -> WaitRow:
    slowest = quantiles(days, n=10, method="inclusive")[-1] if len(days) > 1 else days[0]
    return WaitRow(kind.value, kind.label, len(days), round(median(days), 1), round(slowest, 1))


def overstaying(subjects: QuerySet, now: datetime | None = None) -> QuerySet:
    """Those that rest in their stage longer than its working days allow, to be paged by ``(stage_since, pk)``."""
    today = timezone.localdate(now or clock.now())
    limits: dict[int, list[int]] = defaultdict(list)
    stages = Stage.objects.filter(default_days__isnull=False).exclude(process__status=ProcessStatus.DRAFT)
    for stage_id, days in stages.values_list("pk", "default_days"):
        limits[days].append(stage_id)
    late = Q(pk__in=[])
    for days, stage_ids in limits.items():
        # Due the day the delay is over, late the day after.
        latest = automatic_since(today - timedelta(days=1), days)
        late |= Q(stage_id__in=stage_ids, stage_since__lt=clock.start_of_day(latest + timedelta(days=1)))
    return subjects.filter(late).order_by("stage_since", "pk")
