"""The nightly evaluation: what each person owes on a day, decided slice by slice; a second run writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from src.foundations import clock

from .. import facts
from ..cycles import Cycle, advance
from ..models import Obligation, Requirement

# Any number, as long as it is this room's alone.
_LOCK = 0x7261696E
# Column of the table → value of the engine.
COLUMNS = {
    "cycle_no": "number",
    "rule_id": "rule",
    "assigned_on": "assigned_on",
    "told_on": "told_on",
    "due_on": "due_on",
    "expires_on": "expires_on",
    "renews_id": "renews",
    "satisfied_by_id": "satisfied_by",
    "satisfied_on": "satisfied_on",
    "valid_until": "valid_until",
    "window_opens_on": "renews_from",
    "left_on": "left_on",
    "lacks_anchor": "lacks_anchor",
    "state": "state",
    "explanation": "explanation",
}
# What an evaluation may change of a cycle that is already there.
CHANGING = [name.removesuffix("_id") for name in COLUMNS if name not in ("cycle_no", "assigned_on")]
_READ = ("pk", "agent_id", "obligation_id", *COLUMNS)


@dataclass
class Evaluated:
    """What one run did: people looked at, cycles opened, cycles that changed."""

    people: int = 0
    opened: int = 0
    changed: int = 0


def evaluate(
    day: date | None = None,
    *,
    agent_ids: Iterable[int] | None = None,
    progress: Callable[[int], None] = lambda people: None,
) -> Evaluated:
    """Decide what everybody, or some people, owe to the obligations in force on a day.

    Each slice is one transaction: a run that is cut goes on the next time. Twice the same day writes nothing more.
    """
    day = day or clock.today()
    run = Evaluated()
    obligations = list(Obligation.objects.filter(activated_at__isnull=False).prefetch_related("equivalences"))
    if not obligations:
        return run
    units = facts.map_of_units()
    terms = facts.terms_in_force(day, obligations, units)
    for agents in facts.slices(agent_ids):
        if agents:
            _evaluate_slice(agents, day, terms, units, run)
            progress(run.people)
    return run


def evaluate_people(agent_ids: Iterable[int]) -> Evaluated:
    """What these people owe today, in the caller's transaction: something was just recorded about them."""
    return evaluate(agent_ids=agent_ids)


@transaction.atomic
def _evaluate_slice(agents: list[int], day: date, terms, units, run: Evaluated) -> None:
    _alone()
    read = facts.read_slice(agents, day, terms, units)
    stored = _stored(agents, terms)
    opened: list[Requirement] = []
    changed: list[Requirement] = []
    for agent in agents:
        person = read.people[agent]
        for obligation, one in terms.items():
            pk, last = stored.get((agent, obligation), (None, None))
            cycles = advance(one, person, last, day, read.decided(agent, obligation, pk))
            if not cycles:
                continue
            rows = [_row(agent, obligation, cycle, is_last=cycle is cycles[-1]) for cycle in cycles]
            if last is not None:
                if cycles[0] != last or len(cycles) > 1:
                    rows[0].pk = pk
                    changed.append(rows[0])
                rows = rows[1:]
            opened += rows
    _write(opened, changed)
    run.people += len(agents)
    run.opened += len(opened)
    run.changed += len(changed)


def _alone() -> None:
    """One evaluation at a time, until the transaction ends; on SQLite every transaction is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _stored(agents: list[int], terms) -> dict[tuple[int, int], tuple[int, Cycle]]:
    rows = Requirement.objects.current().filter(facts.within(agents), obligation__in=terms).values_list(*_READ)
    return {
        (agent, obligation): (pk, Cycle(**dict(zip(COLUMNS.values(), values, strict=True))))
        for pk, agent, obligation, *values in rows
    }


def _row(agent: int, obligation: int, cycle: Cycle, *, is_last: bool) -> Requirement:
    values = {column: getattr(cycle, name) for column, name in COLUMNS.items()}
    return Requirement(agent_id=agent, obligation_id=obligation, is_current=is_last, **values)


def _write(opened: list[Requirement], changed: list[Requirement]) -> None:
    if changed:
        Requirement.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=[*CHANGING, "is_current"],
            batch_size=1000,
        )
    if opened:
        Requirement.objects.bulk_create(opened, batch_size=1000)
