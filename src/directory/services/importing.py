"""Imports the staff file: everything is checked before anything is written, and all errors are told at once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import clock, journal, runs
from src.foundations.imports import Unreadable

from ..staff_file import columns, people, reading, units, writing

# What the passages of the staff file are called among the runs; a page tells the last one.
FEED = "directory.import"
# Closing more than one post in five is more often a truncated file than a reform.
LARGEST_CLOSING = 0.2


@dataclass
class Report:
    """What an import read, changed and refused."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[reading.Problem] = field(default_factory=list)
    closed: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The five numbers another program reads."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": len(self.problems),
        }


def import_directory(data: bytes, *, dry_run: bool = False, **options) -> Report:
    """Bring units and people in line with one or two CSV files, and keep the outcome for those who follow the feed.

    Writes nothing when a single line is wrong, or in a dry run; the same file twice changes nothing. People the
    file doesn't name stay, unless ``close_missing``: then their posts, roles and accounts end today. Raises
    ``Unreadable`` when a file isn't a table. Options: see ``_import``.
    """
    if dry_run:
        return _import(data, dry_run=True, **options)
    try:
        report = _import(data, dry_run=False, **options)
    except Unreadable as refusal:
        runs.note(FEED, error=str(refusal))
        raise
    except Exception as failure:
        # What was under way is undone by now; the page must not tell the passage before as the last one.
        runs.note(FEED, error=failure)
        raise
    # Lines are told without their words: a fault may quote somebody's name.
    faults = ""
    if report.problems:
        lines = sorted({problem.line for problem in report.problems})
        faults = ngettext("%(count)d fault, lines: %(lines)s.", "%(count)d faults, lines: %(lines)s.", len(lines)) % {
            "count": len(report.problems),
            "lines": ", ".join(map(str, lines[:20])),
        }
    runs.note(FEED, result={**report.counts, "closed": report.closed}, error=faults)
    return report


def _import(
    data: bytes,
    *,
    units_data: bytes | None = None,
    mapping: dict[str, str] | None = None,
    dry_run: bool = False,
    close_missing: bool = False,
    force_closing: bool = False,
    actor=None,
    names: tuple[str, str] = ("", ""),
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> Report:
    mapping = mapping or {}
    plan = units.UnitPlan(units.existing_units())
    report = Report()
    if units_data is not None:
        table = reading.read(units_data, names[1], columns.UNITS, columns.UNITS_REQUIRED, {})
        units.check_table(table, plan)
        report.read += table.read
        report.problems += table.problems
    listed = set(plan.rows)
    table = reading.read(data, names[0], columns.PEOPLE, columns.PEOPLE_REQUIRED, mapping)
    report.read += table.read
    if any(problem.line == 1 for problem in table.problems):
        report.problems += table.problems
        return report
    staff = people.check_table(table, plan)
    if close_missing and not table.problems:
        _close_missing(table, staff, force=force_closing)
    report.problems += sorted(table.problems, key=lambda problem: problem.line)
    report.closed = len(staff.leaving)
    if not report.problems:
        for counts in (plan.counts(listed), staff.counts()):
            report.created += counts["created"]
            report.updated += counts["updated"]
            report.unchanged += counts["unchanged"]
    if report.problems or dry_run:
        return report
    _apply(plan, staff, report, data, actor=actor, progress=progress)
    return report


def _close_missing(table, staff: people.PeoplePlan, *, force: bool) -> None:
    missing = people.missing_people(staff)
    posted = sum(1 for one in staff.by_number.values() if one.post)
    if missing and not force and len(missing) > max(LARGEST_CLOSING * posted, 5):
        table.refuse(
            1,
            _("%(count)d of %(total)d people would be closed: is the file whole? Force it if it is.")
            % {"count": len(missing), "total": posted},
        )
        return
    today = clock.today()
    staff.leaving += [(account, today) for account in missing]


@transaction.atomic
def _apply(plan, staff, report: Report, data: bytes, *, actor, progress) -> None:
    known = plan.apply(actor=actor)
    writing.write_people(staff, known, actor=actor, progress=progress)
    plan.close(known, actor=actor)
    if report.created or report.updated:
        journal.record(
            "directory.imported",
            actor=actor,
            object_ref=f"file:{hashlib.sha256(data).hexdigest()[:16]}",
            payload={**report.counts, "closed": report.closed},
        )
