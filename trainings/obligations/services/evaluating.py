"""The nightly evaluation: what each person owes on a day, decided slice by slice; a second run writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from src.directory.models import Affectation
from src.foundations import clock, statistics
from trainings.ledger.models import Completion

from .. import facts, writing
from ..cycles import Cycle, advance
from ..models import Obligation, Requirement

# Any number, as long as it is this room's alone.
_LOCK = 0x7261696E
# Every so many slices of a large city the server counts its tables again: this work fills one of them.
_COUNTED_AGAIN = 8
_READ = ("pk", "agent_id", "obligation_id", *writing.COLUMNS)


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
    for number, agents in enumerate(facts.slices(agent_ids)):
        if len(agents) == facts.SLICE and number % _COUNTED_AGAIN == 0:
            statistics.refresh(Affectation, Completion, Requirement)
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
    opened: list[tuple[int, int, bool, Cycle]] = []
    changed: list[tuple[int, bool, Cycle, Cycle]] = []
    for agent in agents:
        person = read.people[agent]
        for obligation, one in terms.items():
            pk, last = stored.get((agent, obligation), (None, None))
            cycles = advance(one, person, last, day, read.decided(agent, obligation, pk))
            fresh = cycles
            if cycles and last is not None:
                if cycles[0] != last or len(cycles) > 1:
                    changed.append((pk, len(cycles) == 1, last, cycles[0]))
                fresh = cycles[1:]
            opened += [(agent, obligation, cycle is cycles[-1], cycle) for cycle in fresh]
    # Changes first: a cycle that opens takes the place of the one that is no longer the last.
    writing.updated(changed)
    writing.inserted(opened)
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
        (agent, obligation): (pk, Cycle(**dict(zip(writing.COLUMNS.values(), values, strict=True))))
        for pk, agent, obligation, *values in rows
    }
