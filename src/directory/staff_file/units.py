"""The units a file describes: checked as a tree, then opened, renamed, moved or closed."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations import clock

from ..models import Unit
from ..services.units import ALLOWED_PARENTS, ROOT_KINDS, close_unit, move_unit, open_unit
from . import cells, columns
from .reading import Table

_DEFAULT_START = datetime.date(2000, 1, 1)


@dataclass
class UnitRow:
    """One unit as the file wants it."""

    line: int
    code: str
    name: str
    kind: str
    parent: str = ""
    acronym: str = ""
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    successor: str = ""


class UnitPlan:
    """What the units of a file change; empty problems in the table means it can be applied."""

    def __init__(self, existing: dict[str, Unit]):
        self.existing = existing
        self.rows: dict[str, UnitRow] = {}

    def knows(self, code: str) -> bool:
        return code in self.rows or code in self.existing

    def closes_on(self, code: str) -> datetime.date | None:
        """The last day of the unit once the file is applied, or None while it is open."""
        if code in self.rows and self.rows[code].valid_until:
            return self.rows[code].valid_until
        return self.existing[code].valid_until if code in self.existing else None

    def kind(self, code: str) -> str:
        return self.rows[code].kind if code in self.rows else self.existing[code].kind

    def parent(self, code: str) -> str:
        if code in self.rows:
            return self.rows[code].parent
        unit = self.existing[code]
        return unit.parent.code if unit.parent_id else ""

    def counts(self, listed: set[str]) -> dict[str, int]:
        """How many units listed in their own file are created, updated and left as they are."""
        rows = {code: row for code, row in self.rows.items() if code in listed}
        created = sum(code not in self.existing for code in rows)
        updated = sum(code in self.existing and self._differs(row) for code, row in rows.items())
        return {"created": created, "updated": updated, "unchanged": len(rows) - created - updated}

    def _differs(self, row: UnitRow) -> bool:
        unit = self.existing[row.code]
        return (
            unit.name != row.name
            or (row.acronym and unit.acronym != row.acronym)
            or self._moves(row)
            or self._closes(row)
        )

    def _moves(self, row: UnitRow) -> bool:
        unit = self.existing[row.code]
        return (unit.parent.code if unit.parent_id else "") != row.parent

    def _closes(self, row: UnitRow) -> bool:
        return row.valid_until is not None and self.existing[row.code].valid_until is None

    def apply(self, actor=None) -> dict[str, Unit]:
        """Open the missing units (parents first), rename and move the others. Closings wait for the people."""
        units = dict(self.existing)
        for code in self._parents_first():
            row = self.rows[code]
            parent = units.get(row.parent)
            if parent is not None and parent.code in self.existing:
                parent.refresh_from_db()
            if code not in units:
                units[code] = open_unit(
                    code=code,
                    name=row.name,
                    kind=row.kind,
                    parent=parent,
                    acronym=row.acronym,
                    valid_from=row.valid_from or _DEFAULT_START,
                )
                continue
            unit = units[code]
            if unit.name != row.name or (row.acronym and unit.acronym != row.acronym):
                unit.name, unit.acronym = row.name, row.acronym or unit.acronym
                unit.save(update_fields=["name", "acronym"])
            if self._moves(row):
                units[code] = move_unit(unit, parent=parent, actor=actor)
        if any(self._moves(row) for row in self.rows.values() if row.code in self.existing):
            units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        return units

    def close(self, units: dict[str, Unit], actor=None) -> None:
        """Close the units the file ends, the lowest first, once their people are posted where the file says."""
        closing = [row for row in self.rows.values() if row.valid_until and units[row.code].valid_until is None]
        for row in sorted(closing, key=lambda row: -units[row.code].path.count("/")):
            units[row.code].refresh_from_db()
            successor = units.get(row.successor)
            if successor is not None:
                successor.refresh_from_db()
            close_unit(units[row.code], successor=successor, on=row.valid_until, actor=actor)

    def _parents_first(self) -> list[str]:
        done: list[str] = []
        seen: set[str] = set()
        for code in self.rows:
            chain = []
            while code in self.rows and code not in seen:
                seen.add(code)
                chain.append(code)
                code = self.rows[code].parent
            done.extend(reversed(chain))
        return done


def existing_units() -> dict[str, Unit]:
    """All units by code."""
    return {unit.code: unit for unit in Unit.objects.select_related("parent")}


def check_table(table: Table, plan: UnitPlan) -> None:
    """Read the rows of a file of units into the plan; problems go to the table."""
    for line, row in table.rows:
        try:
            unit = _unit_row(line, row)
        except ValidationError as error:
            table.refuse(line, " ".join(error.messages))
            continue
        if unit.code in plan.rows:
            first = plan.rows[unit.code].line
            table.refuse(
                line, _("the unit “%(code)s” is already on line %(first)d.") % {"code": unit.code, "first": first}
            )
            continue
        plan.rows[unit.code] = unit
    check_tree(table, plan)


def _unit_row(line: int, row: dict[str, str]) -> UnitRow:
    kind = columns.kind_of(row["kind"])
    if kind is None:
        raise ValidationError(_("“%(text)s” isn't a kind of unit.") % {"text": row["kind"][:40]})
    unit = UnitRow(
        line=line,
        code=code(row["code"]),
        name=cells.name(row["name"], 200),
        kind=kind,
        parent=code(row["parent"]) if row.get("parent") else "",
        acronym=cells.short(row.get("acronym", ""), 16),
        valid_from=cells.day(row.get("valid_from", "")),
        valid_until=cells.day(row.get("valid_until", "")),
        successor=code(row["successor"]) if row.get("successor") else "",
    )
    if unit.valid_from and unit.valid_until and unit.valid_until < unit.valid_from:
        raise ValidationError(_("the unit ends before it starts."))
    if unit.successor and not unit.valid_until:
        raise ValidationError(_("a successor needs the day the unit ends."))
    if unit.valid_until and unit.valid_until > clock.today():
        raise ValidationError(_("the unit ends in the future: import it again when the day has come."))
    return unit


def code(text: str) -> str:
    """A unit's code: as written, in capitals, 32 signs at most."""
    kept = text.upper()
    if not kept:
        raise ValidationError(_("the unit's code is empty."))
    return cells.short(kept, 32)


def check_tree(table: Table, plan: UnitPlan) -> None:
    """Every parent and successor is known, kinds go together, and nobody is their own ancestor."""
    for row in plan.rows.values():
        for other in filter(None, (row.parent, row.successor)):
            if not plan.knows(other):
                table.refuse(row.line, _("the unit “%(code)s” is unknown.") % {"code": other})
        if row.successor and row.successor == row.code:
            table.refuse(row.line, _("a unit can't be its own successor."))
        existing = plan.existing.get(row.code)
        if existing is not None and existing.kind != row.kind:
            table.refuse(row.line, _("the kind of “%(code)s” can't change.") % {"code": row.code})
        if existing is None and row.valid_until:
            table.refuse(row.line, _("“%(code)s” is closed before it ever existed here.") % {"code": row.code})
        _check_parent(table, plan, row)
    _check_cycles(table, plan)


def _check_parent(table: Table, plan: UnitPlan, row: UnitRow) -> None:
    if not row.parent:
        if row.kind not in ROOT_KINDS:
            table.refuse(row.line, _("only a city or a direction can stand without a parent unit."))
    elif plan.knows(row.parent):
        if plan.kind(row.parent) not in ALLOWED_PARENTS[row.kind]:
            table.refuse(row.line, _("this kind of unit can't stand under “%(code)s”.") % {"code": row.parent})
        elif plan.closes_on(row.parent) and not plan.closes_on(row.code):
            table.refuse(row.line, _("the parent “%(code)s” is closed.") % {"code": row.parent})


def _check_cycles(table: Table, plan: UnitPlan) -> None:
    sound: set[str] = set()
    for start, row in plan.rows.items():
        trail, current = [], start
        while current and current not in sound and plan.knows(current) and current not in trail:
            trail.append(current)
            current = plan.parent(current)
        if current in trail:
            table.refuse(row.line, _("“%(code)s” stands under itself.") % {"code": start})
        else:
            sound.update(trail)
