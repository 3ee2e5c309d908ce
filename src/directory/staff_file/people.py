"""The people a file describes: every row checked against the others, the accounts and the units."""

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations import clock

from ..enums import AccountKind, UnitKind
from ..models import JobFamily, User
from . import cells, columns
from .reading import Table
from .units import UnitPlan, UnitRow, check_tree
from .units import code as unit_code


@dataclass(slots=True)
class PersonRow:
    """One person as the file wants them. ``None`` means the file has no such column: leave what is there."""

    line: int
    number: str
    first_name: str
    last_name: str
    unit: str
    email: str | None = None
    username: str = ""
    job_title: str | None = None
    job_family: str | None = None
    contact: bool | None = None
    manager: bool | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass(slots=True)
class Account:
    """What the database holds of an account, read once for all rows."""

    pk: int
    number: str | None
    username: str
    email: str | None
    first_name: str
    last_name: str
    kind: str
    is_active: bool
    post: int | None
    unit: str | None
    job_title: str | None
    job_family: str | None
    contact: bool | None
    manager: bool | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None


@dataclass
class PeoplePlan:
    """What the people of a file change."""

    columns: frozenset[str]
    by_number: dict[str, Account]
    create: list[PersonRow] = field(default_factory=list)
    identity: list[tuple[Account, PersonRow]] = field(default_factory=list)
    moved: list[tuple[Account, PersonRow]] = field(default_factory=list)
    corrected: list[tuple[Account, PersonRow]] = field(default_factory=list)
    leaving: list[tuple[Account, datetime.date]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def counts(self) -> dict[str, int]:
        """How many people are created, updated and left as they are."""
        created = len(self.create)
        missing = len({account.number for account, _day in self.leaving} - self.seen)
        return {
            "created": created,
            "updated": len(self.touched) + missing,
            "unchanged": len(self.seen) - created - len(self.touched),
        }


_FIELDS = (
    "pk", "personnel_number", "username", "email", "first_name", "last_name", "kind", "is_active",
    "current_affectation_id", "current_affectation__unit__code", "current_affectation__job_title",
    "current_affectation__job_family__name", "current_affectation__in_contact_with_public",
    "current_affectation__is_manager", "current_affectation__starts_on", "current_affectation__ends_on",
)  # fmt: skip


def check_table(table: Table, plan: UnitPlan) -> PeoplePlan:
    """Check all the rows of a file of people; problems go to the table, the changes to the plan returned."""
    accounts = [Account(*values) for values in User.objects.values_list(*_FIELDS).iterator(chunk_size=5000)]
    people = PeoplePlan(table.columns, {one.number: one for one in accounts if one.number})
    if "unit" not in table.columns and "direction_code" not in table.columns:
        table.refuse(1, _("the column “unit” is missing, and no column gives the direction's code."))
        return people
    levels = _Levels(table, plan) if "direction_code" in table.columns else None
    rows = _read_rows(table, levels)
    if levels is not None:
        levels.finish()
    _check_unique(table, rows, accounts)
    for row in rows:
        _check_place(table, row, plan)
        people.seen.add(row.number)
        _compare(table, row, people)
    return people


def _read_rows(table: Table, levels) -> list[PersonRow]:
    rows = []
    for line, row in table.rows:
        try:
            rows.append(_person(line, row, levels))
        except ValidationError as error:
            table.refuse(line, " ".join(error.messages))
    return rows


def _person(line: int, row: dict[str, str], levels) -> PersonRow:
    unit = levels.unit_of(line, row) if levels is not None else unit_code(row["unit"])
    person = PersonRow(
        line=line,
        number=cells.number(row["number"]),
        first_name=cells.name(row["first_name"], 80),
        last_name=cells.name(row["last_name"], 80),
        unit=unit,
        email=cells.email(row.get("email", "")),
        username=cells.username(row["username"]) if row.get("username") else "",
        job_title=cells.short(row["job_title"], 120) if "job_title" in row else None,
        job_family=cells.short(row["job_family"], 120) if "job_family" in row else None,
        contact=cells.yes(row["contact"]) if "contact" in row else None,
        manager=cells.yes(row["manager"]) if "manager" in row else None,
        starts_on=cells.day(row.get("starts_on", "")),
        ends_on=cells.day(row.get("ends_on", "")),
    )
    if person.starts_on and person.ends_on and person.ends_on < person.starts_on:
        raise ValidationError(_("the end comes before the start."))
    return person


def _check_unique(table: Table, rows: list[PersonRow], accounts: list[Account]) -> None:
    """No number, e-mail or identifier twice, in the file or with an account the file doesn't speak of."""
    in_file = {row.number for row in rows}
    outside = [one for one in accounts if one.number not in in_file]
    own_names = {one.number: one.username for one in accounts if one.number}
    taken_emails = {one.email.lower(): 0 for one in outside if one.email}
    taken_names = {one.username: 0 for one in outside}
    numbers: dict[str, int] = {}
    for row in rows:
        if row.number in numbers:
            message = _("the number “%(value)s” is already on line %(line)d.")
            table.refuse(row.line, message % {"value": row.number, "line": numbers[row.number]})
            continue
        numbers[row.number] = row.line
        row.username = own_names.get(row.number) or row.username or row.number.lower()
        if row.email:
            _claim(
                table,
                row,
                row.email,
                taken_emails,
                _("the e-mail “%(value)s” is already on line %(line)d."),
                _("the e-mail “%(value)s” belongs to another account."),
            )
        _claim(
            table,
            row,
            row.username,
            taken_names,
            _("the identifier “%(value)s” is already on line %(line)d."),
            _("the identifier “%(value)s” belongs to another account."),
        )


def _claim(table: Table, row: PersonRow, value: str, taken: dict[str, int], in_file: str, held: str) -> None:
    """Keep a value for this line, or tell who has it: another line (its number) or an account (zero)."""
    if value not in taken:
        taken[value] = row.line
        return
    message = in_file if taken[value] else held
    table.refuse(row.line, message % {"value": value, "line": taken[value]})


def _check_place(table: Table, row: PersonRow, plan: UnitPlan) -> None:
    if not plan.knows(row.unit):
        table.refuse(row.line, _("the unit “%(code)s” is unknown.") % {"code": row.unit})
        return
    closed = plan.closes_on(row.unit)
    if closed and not (row.ends_on and row.ends_on <= closed):
        table.refuse(row.line, _("the unit “%(code)s” is closed.") % {"code": row.unit})


def _compare(table: Table, row: PersonRow, people: PeoplePlan) -> None:
    account = people.by_number.get(row.number)
    if account is None:
        people.create.append(row)
        return
    if account.kind != AccountKind.AGENT:
        table.refuse(row.line, _("this number belongs to an external participant."))
        return
    left = row.ends_on is not None and row.ends_on < clock.today()
    if left:
        if account.is_active or account.post:
            people.leaving.append((account, row.ends_on))
            people.touched.add(row.number)
        if _identity_differs(row, account, people.columns, active=False):
            people.identity.append((account, row))
            people.touched.add(row.number)
        return
    if _identity_differs(row, account, people.columns, active=True):
        people.identity.append((account, row))
        people.touched.add(row.number)
    if account.unit != row.unit:
        if account.starts_on and row.starts_on and row.starts_on < account.starts_on:
            table.refuse(row.line, _("the current post starts later than this one: check the date."))
            return
        people.moved.append((account, row))
        people.touched.add(row.number)
    elif _post_differs(row, account):
        people.corrected.append((account, row))
        people.touched.add(row.number)


def _identity_differs(row: PersonRow, account: Account, present: frozenset[str], *, active: bool) -> bool:
    return (
        row.first_name != account.first_name
        or row.last_name != account.last_name
        or ("email" in present and row.email != account.email)
        or (active and not account.is_active)
    )


def _post_differs(row: PersonRow, account: Account) -> bool:
    return (
        (row.job_title is not None and row.job_title != account.job_title)
        or (row.job_family is not None and row.job_family != (account.job_family or ""))
        or (row.contact is not None and row.contact != account.contact)
        or (row.manager is not None and row.manager != account.manager)
        or row.ends_on != account.ends_on
    )


class _Levels:
    """Units written in the file of people itself: the code and name of each level, from the direction down."""

    def __init__(self, table: Table, plan: UnitPlan):
        self.table, self.plan = table, plan
        self.described: dict[str, UnitRow] = {}

    def unit_of(self, line: int, row: dict[str, str]) -> str:
        """The deepest unit the row names; each level it names becomes a row of the plan of units."""
        parent = ""
        for level in columns.LEVELS:
            text = row.get(f"{level}_code", "")
            if not text:
                continue
            code = unit_code(text)
            self._describe(line, code, row.get(f"{level}_name", ""), UnitKind(level), parent)
            parent = code
        if not parent:
            raise ValidationError(_("no unit: neither direction, service nor site."))
        return parent

    def _describe(self, line: int, code: str, name: str, kind: str, parent: str) -> None:
        known = self.described.get(code)
        if known is None:
            existing = self.plan.existing.get(code)
            self.described[code] = UnitRow(
                line=line,
                code=code,
                name=cells.short(name, 200) or (existing.name if existing else code),
                kind=kind,
                parent=parent or (existing.parent.code if existing and existing.parent_id else ""),
                acronym=existing.acronym if existing else (code if kind == UnitKind.DIRECTION else "")[:16],
            )
        elif (known.kind, known.parent) != (kind, parent or known.parent):
            raise ValidationError(
                _("the unit “%(code)s” isn't where line %(line)d puts it.") % {"code": code, "line": known.line}
            )

    def finish(self) -> None:
        """Add the units to the plan, unless a file of units already describes them, and check the tree."""
        for code, row in self.described.items():
            self.plan.rows.setdefault(code, row)
        check_tree(self.table, self.plan)


def missing_people(people: PeoplePlan) -> list[Account]:
    """Agents with a number who are posted today and whom the file doesn't name."""
    return [one for number, one in people.by_number.items() if number not in people.seen and one.post]


def job_families(names: set[str]) -> dict[str, JobFamily]:
    """Families by name, the missing ones created."""
    known = {family.name: family for family in JobFamily.objects.filter(name__in=names)}
    codes = set(JobFamily.objects.values_list("code", flat=True))
    for name in sorted(names - set(known)):
        base = columns.plain(name)[:28] or "metier"
        code = next(c for c in [base, *(f"{base}-{n}" for n in range(2, 1000))] if c not in codes)
        codes.add(code)
        known[name] = JobFamily.objects.create(code=code, name=name)
    return known
