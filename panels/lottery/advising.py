"""What may be told of a pool and its quotas before any draw, fast enough to be asked again at each edit."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from .cells import Cells
from .oracle import Oracle
from .pool import Infeasible, Label, Pool, Problem, contradictions, held_by, shortages
from .relaxing import Relaxation, Volunteers, conflict, relaxations, volunteers
from .target import NOTHING, Limit, target

EATS = 0.8
MOST_REASONS = 40  # Cells without a chance whose reason is looked for one by one.


@dataclass(frozen=True)
class Excluded:
    """People whom no panel can hold, and the bounds that keep them out."""

    tickets: tuple[str, ...]
    reasons: tuple[tuple[Label, str], ...]


@dataclass(frozen=True)
class Eaten:
    """A quota whose minimum takes more than four in five of those who hold its value."""

    label: Label
    minimum: int
    people: int


@dataclass(frozen=True)
class Advice:
    """Whether panels exist; if so what limits the least chance, if not what could be done.

    ``bound`` is the best least chance of any lottery, for all but those in ``without_chance``. ``certain`` sit in
    every panel there can be: they are told before. ``conflict`` is empty, though nothing is feasible, when only whole
    numbers are in the way.
    """

    feasible: bool
    problems: tuple[Problem, ...] = ()
    bound: float = 0.0
    limits: tuple[Limit, ...] = ()
    certain: tuple[str, ...] = ()
    without_chance: tuple[Excluded, ...] = ()
    eaten: tuple[Eaten, ...] = ()
    conflict: tuple[tuple[Label, str], ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    volunteers: Volunteers | None = None


def advice(pool: Pool, *, touch_protected: bool = False) -> Advice:
    """What the pool allows. With ``touch_protected``, relaxations may lower protected quotas, and say so."""
    if found := contradictions(pool):
        return Advice(feasible=False, problems=found)
    missing = shortages(pool)
    counts = held_by(pool)
    eaten = tuple(
        Eaten(rule.label, rule.minimum, counts[rule.label])
        for rule in pool.rules
        if rule.minimum > EATS * counts[rule.label]
    )
    cells = Cells.of(pool)
    try:
        aim = target(cells, first_only=True)
        Oracle(cells).panel(np.zeros(len(cells)))
    except Infeasible:
        return Advice(
            feasible=False,
            problems=missing,
            eaten=eaten,
            conflict=conflict(cells),
            relaxations=relaxations(cells, touch_protected=touch_protected),
            volunteers=volunteers(cells),
        )
    return Advice(
        feasible=True,
        bound=aim.bound,
        limits=aim.limits,
        certain=_certain(cells, aim.seats),
        without_chance=_excluded(cells, np.flatnonzero(aim.shut)),
        eaten=eaten,
    )


def _certain(cells: Cells, seats: np.ndarray) -> tuple[str, ...]:
    """People seated in every mixture of panels: their seats are lowered as far as rules let them, until none moves."""
    program = cells.program()
    suspects = (seats > cells.sizes - NOTHING) & (cells.caps == cells.sizes)
    while suspects.any():
        program.set_costs(np.where(suspects, -1.0, 0.0))
        moved = suspects & (program.solve() < cells.sizes - NOTHING)
        if not moved.any():
            break
        suspects &= ~moved
    return tuple(sorted(ticket for place in np.flatnonzero(suspects) for ticket in cells.cells[place].tickets))


def _excluded(cells: Cells, places: np.ndarray) -> tuple[Excluded, ...]:
    """The people of these cells by what shuts them out: the bounds that hold their most possible seats at none."""
    program = cells.program()
    found = defaultdict(list)
    for number, place in enumerate(places):
        reasons: tuple = ()
        if number < MOST_REASONS:
            costs = np.zeros(len(cells))
            costs[place] = 1.0
            program.set_costs(costs)
            program.solve()
            duals = program.duals()
            reasons = tuple(
                (label, "maximum" if duals[row] > 0 else "minimum")
                for row, label in enumerate(cells.labels)
                if label and abs(duals[row]) > 1e-9
            )
        found[reasons].extend(cells.cells[place].tickets)
    return tuple(Excluded(tuple(sorted(tickets)), reasons) for reasons, tickets in sorted(found.items()))
