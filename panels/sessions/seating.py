"""Who sits where, read for pages and paper: round by round, and person by person."""

from dataclasses import dataclass

from panels.enums import Need

from .models import Table, TablePlan, TableSeat


@dataclass(frozen=True)
class Around:
    """A table in one round: who sits there."""

    table: Table
    offers: list[str]
    members: list


def rounds_of(plan: TablePlan) -> list[tuple[int, list[Around]]]:
    """Every round with its tables, in order; two statements."""
    tables = list(plan.tables.all())
    found = {(number, one.pk): [] for number in range(1, plan.rounds + 1) for one in tables}
    for one in plan.seat_rows.select_related("membership").order_by("membership__number"):
        found[one.round, one.table_id].append(one.membership)
    return [
        (number, [Around(one, offered(one), found[number, one.pk]) for one in tables])
        for number in range(1, plan.rounds + 1)
    ]


def offered(table: Table) -> list[str]:
    """What a table offers, in words."""
    return [str(Need(one).label) for one in table.offers]


def people_of(plan: TablePlan) -> list[tuple]:
    """Each member with the numbers of their tables, round by round; one statement."""
    found: dict = {}
    rows = plan.seat_rows.select_related("membership", "table").order_by("membership__number", "round")
    for one in rows:
        found.setdefault(one.membership, {})[one.round] = one.table.number
    return [(member, [at.get(number) for number in range(1, plan.rounds + 1)]) for member, at in found.items()]


def tables_of(viewer, session, membership_id: int | None):
    """The tables of whoever reads, once they are shown."""
    found = TableSeat.objects.visible_to(viewer).filter(
        plan__session=session, plan__shown_at__isnull=False, membership_id=membership_id
    )
    return found.select_related("table").order_by("round")
