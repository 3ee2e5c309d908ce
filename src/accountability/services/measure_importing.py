"""Brings in another platform's projects as measures: nothing owed until an owner adopts them, undone whole."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.models import Unit
from src.foundations import clock
from src.search import freshness

from ..measure_file import Problem, ProjectFile, ProjectRow
from ..models import ColumnMapping, Measure, MeasureImport, MeasureOrigin, Milestone
from .measures import FOUND_AS

CHUNK = 500
ORIGIN_KIND = "import"


@dataclass
class Report:
    """What a run did, or would do."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    batch: MeasureImport | None = None

    @property
    def counts(self) -> dict[str, int]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": len(self.problems),
        }


class _Undo(Exception):
    """Takes a dry run back."""


def keep_mapping(name: str, rules: dict) -> ColumnMapping:
    """Keep a mapping for the next file; under a name already taken, it replaces the former one."""
    kept, _created = ColumnMapping.objects.update_or_create(
        name=name, defaults={"rules": rules, "changed_at": clock.now()}
    )
    return kept


def import_measures(
    file: ProjectFile,
    *,
    mapping: str,
    rules: dict,
    source_name: str,
    data: bytes,
    licence_note: str = "",
    actor=None,
    dry_run: bool = False,
    skip_errors: bool = False,
) -> Report:
    """Write the rows of a file; run again, it changes nothing but what the file changed.

    A measure somebody took in hand is theirs: no file rewrites it. With faults and without ``skip_errors`` nothing
    is written. ``dry_run`` does everything, then takes it back.
    """
    report = Report(read=file.read, problems=sorted(file.problems))
    try:
        with transaction.atomic():
            batch = MeasureImport.objects.create(
                source_name=source_name[:200],
                sha256=hashlib.sha256(data).hexdigest(),
                mapping=mapping,
                licence_note=licence_note,
                started_at=clock.now(),
                run_by=actor,
            )
            _write(file.rows, batch, mapping, _units(file.rows, rules), report)
            if dry_run or (report.problems and not skip_errors):
                raise _Undo
            keep_mapping(mapping, rules)
            if report.created:
                MeasureImport.objects.filter(pk=batch.pk).update(counts=report.counts)
                report.batch = batch
            else:
                batch.delete()
    except _Undo:
        if report.problems and not skip_errors:
            report.created = report.updated = report.unchanged = 0
    return report


def undo_import(batch_id: int) -> dict[str, int]:
    """Take away what a batch created, but for what somebody took in hand since. Refuses a batch that isn't there."""
    with transaction.atomic():
        batch = MeasureImport.objects.filter(pk=batch_id).first()
        if batch is None:
            raise ValidationError(_("There is no import %(number)s.") % {"number": batch_id})
        waiting = Measure.objects.filter(import_batch=batch, adopted_on__isnull=True)
        counts = {"measures": waiting.count(), "kept": Measure.objects.filter(import_batch=batch).count()}
        counts["kept"] -= counts["measures"]
        waiting.delete()
        if not counts["kept"]:
            batch.delete()
    return counts


def _units(rows: list[ProjectRow], rules: dict) -> dict[str, Unit]:
    """The city's directions by the names the file gives them: by the mapping's codes, else by their own name."""
    codes = rules.get("directions") or {}
    current = list(Unit.objects.current(clock.today()).filter(Q(parent__isnull=False) | Q(kind="direction")))
    by_code = {unit.code: unit for unit in current}
    by_name = {unit.name.casefold(): unit for unit in current if unit.kind == "direction"}
    found = {}
    for name in {row.columns["direction_label"] for row in rows}:
        unit = by_code.get(codes.get(name, "")) or by_name.get(name.casefold())
        if unit is not None:
            found[name] = unit
    return found


def _write(rows, batch: MeasureImport, mapping: str, units: dict[str, Unit], report: Report) -> None:
    keys = [_key(mapping, row) for row in rows]
    known = {
        measure.import_key: measure
        for number in range(0, len(keys), CHUNK)
        for measure in Measure.objects.filter(import_key__in=keys[number : number + CHUNK]).prefetch_related(
            "milestones", "origins"
        )
    }
    fresh = [row for row in rows if _key(mapping, row) not in known]
    for number in range(0, len(fresh), CHUNK):
        _create(fresh[number : number + CHUNK], batch, mapping, units)
    report.created = len(fresh)
    for row in rows:
        measure = known.get(_key(mapping, row))
        if measure is not None:
            changed = _bring_in_line(measure, row, units)
            report.updated += changed
            report.unchanged += not changed


def _key(mapping: str, row: ProjectRow) -> str:
    return f"{mapping[:38]}:{row.key}"


def _columns(row: ProjectRow, units: dict[str, Unit]) -> dict:
    unit = units.get(row.columns["direction_label"])
    return {**row.columns, "unit": unit, "direction": (unit.direction or unit) if unit else None}


def _create(rows: list[ProjectRow], batch, mapping: str, units) -> None:
    today = clock.today()
    made = Measure.objects.bulk_create(
        [
            Measure(
                **_columns(row, units),
                created_on=date(row.columns["year"], 1, 1),
                published_on=today,
                # Nobody owes news of it, and no sample is drawn, until an owner takes it in hand.
                heard_on=None,
                changes_daily_work=False,
                import_batch=batch,
                import_key=_key(mapping, row),
            )
            for row in rows
        ]
    )
    pairs = list(zip(made, rows, strict=True))
    MeasureOrigin.objects.bulk_create([_origin(measure, row) for measure, row in pairs])
    Milestone.objects.bulk_create([each for measure, row in pairs for each in _milestones(measure, row)])
    freshness.changed(FOUND_AS, *(measure.pk for measure in made))


def _origin(measure: Measure, row: ProjectRow) -> MeasureOrigin:
    return MeasureOrigin(measure=measure, subject_kind=ORIGIN_KIND, label=row.origin or _("Another platform"))


def _milestones(measure: Measure, row: ProjectRow) -> list[Milestone]:
    return [
        Milestone(measure=measure, title=title, planned_on=planned, done_on=done)
        for title, planned, done in row.milestones
    ]


def _bring_in_line(measure: Measure, row: ProjectRow, units) -> bool:
    """Rewrite what the other platform changed since; True when something did. What was adopted stays."""
    if measure.adopted_on is not None:
        return False
    columns = _columns(row, units)
    different = {name: value for name, value in columns.items() if getattr(measure, name) != value}
    steps = {(one.title, one.planned_on, one.done_on) for one in measure.milestones.all()}
    moved = steps != set(row.milestones)
    if different:
        Measure.objects.filter(pk=measure.pk).update(**different)
        freshness.changed(FOUND_AS, measure.pk)
    if moved:
        measure.milestones.all().delete()
        Milestone.objects.bulk_create(_milestones(measure, row))
    return bool(different) or moved
