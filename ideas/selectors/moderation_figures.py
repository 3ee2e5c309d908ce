"""Moderation in figures, for every agent: what was read, kept, removed and shown again in twelve months."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.foundations import clock
from src.participation.enums import AppealState, CaseState, RemovalReason
from src.participation.small_numbers import Cell, publishable

from ..models import IdeaAppeal, IdeaCase, IdeaReport

MONTHS = 12
READ = (CaseState.KEPT, CaseState.REMOVED)


@dataclass(frozen=True)
class Table:
    """Lines of a table, each with its words and its count; empty when everything is too small to be told.

    ``merged`` is the count of the last line when it holds what is too small to be told apart, 0 otherwise.
    """

    rows: list[tuple[str, int]]
    merged: int = 0

    @property
    def total(self) -> int:
        return sum(count for _label, count in self.rows)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the page shows; each table stands alone, none is crossed with another."""

    since: date
    k: int
    outcomes: Table
    reasons: Table
    months: Table
    objections: Table
    reports: int | None


def moderation_figures() -> Figures:
    """Counts of the last twelve whole months and the present one, small ones merged. Five statements.

    They count texts of every box; no box, direction or unit is told apart.
    """
    since = _first_day()
    start = clock.start_of_day(since)
    read = IdeaCase.objects.filter(state__in=READ, decided_at__gte=start)
    reports = IdeaReport.objects.filter(made_at__gte=start).count()
    outcomes, reasons = decided(
        list(read.values_list("state").annotate(n=Count("pk"))),
        list(read.filter(state=CaseState.REMOVED).values_list("reason_code").annotate(n=Count("pk"))),
    )
    return Figures(
        since=since,
        k=settings.TERRAIN_K,
        outcomes=outcomes,
        reasons=reasons,
        months=_months(read),
        objections=_table(
            IdeaAppeal.objects.filter(made_at__gte=start).values_list("state").annotate(n=Count("pk")), _answers()
        ),
        reports=reports if reports >= settings.TERRAIN_K else None,
    )


def decided(outcomes, reasons) -> tuple[Table, Table]:
    """The tables of what was decided and of why texts were removed, from their counts.

    The reasons add up to the texts removed: they are told only when that count is, or one subtraction from the texts
    read would give back the few that were kept.
    """
    told = _table(outcomes, _outcomes())
    removed = str(_outcomes()[CaseState.REMOVED.value])
    if removed not in dict(told.rows) or told.merged:
        return told, Table([])
    # One reason is discrimination, which asks for more: the whole table does.
    return told, _table(reasons, dict(RemovalReason.choices), k=settings.TERRAIN_K_SENSITIVE)


def _outcomes() -> dict:
    return {CaseState.KEPT.value: _("Kept, or shown again"), CaseState.REMOVED.value: _("Removed, with a reason")}


def _answers() -> dict:
    return {
        AppealState.OPEN.value: _("Not answered yet"),
        AppealState.UPHELD.value: _("Removal upheld"),
        AppealState.RESTORED.value: _("Text shown again"),
    }


def _months(read) -> Table:
    counted = read.annotate(month=TruncMonth("decided_at")).values_list("month").annotate(n=Count("pk"))
    counts = {month.date().isoformat(): count for month, count in counted}
    labels = {key: date_format(date.fromisoformat(key), "F Y") for key in counts}
    return _table(counts.items(), labels, others=_("Other months"), in_order=True)


def _table(counted, labels: dict, *, k: int = 0, others: str = "", in_order: bool = False) -> Table:
    shown, together = publishable((Cell(key, count) for key, count in counted), k)
    if in_order:
        shown = sorted(shown, key=lambda cell: cell.key)
    rows = [(str(labels.get(cell.key, cell.key)), cell.count) for cell in shown]
    if together:
        rows.append((others or (_("Others, too few to be told apart") if rows else _("In all")), together))
    return Table(rows, together)


def published_counts() -> list[dict[str, int]]:
    """The tables as they are read, for the registry of what is published."""
    found = moderation_figures()
    tables = []
    for table in (found.outcomes, found.reasons, found.months, found.objections):
        told = table.rows[:-1] if table.merged else table.rows
        tables.append({**dict(told), **({"": table.merged} if table.merged else {})})
    return tables


def _first_day() -> date:
    day = clock.today().replace(day=1)
    for _month in range(MONTHS):
        day = (day - timedelta(days=1)).replace(day=1)
    return day
