"""The fair target: the chance each cell should have, by linear programs, the least favoured raised first.

The least chance z is raised as far as the rules let it; cells that hold it there (a dual above zero) are fixed at that
level, and what is left is raised again, until every cell is fixed: the leximin of Flanigan, Gölz, Gupta, Hennig and
Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596 (2021), on the linear hull of the panels.
The first z is a bound that no lottery over whole panels can pass.
"""

from dataclasses import dataclass

import numpy as np

from .cells import Cells
from .pool import Infeasible, Label
from .solver import Matrix, NoSolution, Program, infinity

HOLDS = 1e-9
NOTHING = 1e-7
SLACK = 1e-9
PRIMAL = {"simplex_strategy": 4}  # Half the time of the dual simplex on 3,000 cells.


@dataclass(frozen=True)
class Limit:
    """A quota that keeps the least chance down: how far that chance would rise if its bound moved by one seat."""

    label: Label
    side: str
    rate: float


@dataclass(frozen=True)
class Cut:
    """A sum of seats that no whole panel passes, though the linear target did: Σ weights · seats ≤ most."""

    places: tuple[int, ...]
    weights: tuple[int, ...]
    most: int


@dataclass(frozen=True)
class Target:
    """Expected seats a panel of each cell.

    ``shut`` are the cells that no panel can hold; ``bound`` the best least chance of all others, ``limits`` the quotas
    that hold it. ``levels`` is each cell's chance, as far as it was computed.
    """

    seats: np.ndarray
    levels: np.ndarray
    shut: np.ndarray
    bound: float
    limits: tuple[Limit, ...]


def target(cells: Cells, cuts: tuple[Cut, ...] = (), *, first_only: bool = False) -> Target:
    """The target of a pool, every cut respected; with ``first_only`` it stops once the bound is known.

    Refuses with ``Infeasible`` when no mixture of panels exists.
    """
    program, fair = _program(cells, cuts)
    free = np.ones(len(cells), dtype=bool)
    levels, seats = np.zeros(len(cells)), None
    shut = np.zeros(len(cells), dtype=bool)
    bound, limits = 0.0, ()
    while free.any():
        try:
            solution = program.solve()
        except NoSolution:
            if seats is None:
                raise Infeasible from None
            break  # the last levels lie within the tolerance of the solver: what they share is already fair
        level = max(0.0, min(1.0, float(solution[-1])))
        seats = solution[:-1]
        duals = program.duals()
        held = free & (np.abs(duals[fair : fair + len(cells)]) > HOLDS)
        held = held if held.any() else free.copy()
        levels[held] = level
        free &= ~held
        if level <= NOTHING:
            shut |= held
        elif not bound:
            bound, limits = level, _limits(cells, duals)
            if first_only:
                break
        for place in np.flatnonzero(held):
            program.set_row_bounds(fair + place, -infinity(), infinity())
            floor = max(0.0, level * cells.sizes[place] - SLACK)
            program.set_bounds(place, min(floor, cells.caps[place]), cells.caps[place])
    return Target(np.clip(seats, 0, cells.caps), levels, shut, bound, limits)


def first_level(cells: Cells) -> tuple[float, int]:
    """The bound of a pool, and how many people no panel can hold, as ``target`` finds them, in a tenth of the time.

    Seats are written as an even chance and what comes above it, so that fairness is a bound of a column instead of a
    row a cell; the most a cell may hold is added where a solution passes it. Refuses with ``Infeasible``.
    """
    many, sizes = len(cells), np.asarray(cells.sizes, dtype=float)
    lower, upper = cells.row_bounds
    free = np.ones(many, dtype=bool)
    while True:
        even = [float(np.dot(values, np.where(free[columns], sizes[columns], 0.0))) for columns, values in cells.rows]
        program = Program(
            costs=np.append(np.zeros(many), 1.0),
            lower=np.zeros(many + 1),
            upper=np.append(cells.caps, 1.0),
            matrix=Matrix.of(
                (np.append(columns, many), np.append(values, share))
                for (columns, values), share in zip(cells.rows, even, strict=True)
            ),
            row_lower=lower,
            row_upper=upper,
        )
        solution = _within(program, cells.caps, np.where(free, sizes, 0.0))
        level = float(solution[-1])
        if level > NOTHING:
            return min(1.0, level), int(cells.sizes[~free].sum())
        held = free & (solution[:-1] < NOTHING) & (np.abs(program.reduced_costs()[:-1]) > HOLDS)
        free &= ~(held if held.any() else free.copy())
        if not free.any():
            return 0.0, int(cells.sizes.sum())


def _within(program: Program, caps, even) -> np.ndarray:
    """The optimum of such a program in which no cell holds more than it may."""
    many, capped = len(caps), np.zeros(len(caps), dtype=bool)
    while True:
        try:
            solution = program.solve()
        except NoSolution:
            raise Infeasible from None
        over = ~capped & (solution[:-1] + even * solution[-1] > caps + SLACK)
        if not over.any():
            return solution
        capped |= over
        for place in np.flatnonzero(over):
            program.add_row(-infinity(), float(caps[place]), [place, many], [1.0, float(even[place])])


def _program(cells: Cells, cuts) -> tuple[Program, int]:
    """The program and the first of its rows of fairness, one a cell."""
    many = len(cells)
    lower, upper = cells.row_bounds
    rows = [*cells.rows, *((np.array(cut.places), np.array(cut.weights, dtype=float)) for cut in cuts)]
    fairness = [(np.array([place, many]), np.array([1.0, -float(size)])) for place, size in enumerate(cells.sizes)]
    program = Program(
        costs=np.append(np.zeros(many), 1.0),
        lower=np.zeros(many + 1),
        upper=np.append(cells.caps, 1.0),
        matrix=Matrix.of([*rows, *fairness]),
        row_lower=np.concatenate([lower, np.full(len(cuts), -infinity()), np.zeros(many)]),
        row_upper=np.concatenate([upper, [cut.most for cut in cuts], np.full(many, infinity())]),
        options=PRIMAL,
    )
    return program, len(rows)


def _limits(cells: Cells, duals: np.ndarray) -> tuple[Limit, ...]:
    """The quotas whose bounds hold the least chance, the strongest first."""
    found = [
        Limit(label, "maximum" if dual > 0 else "minimum", abs(float(dual)))
        for label, dual in zip(cells.labels[1:], duals[1:], strict=False)
        if abs(dual) > HOLDS
    ]
    return tuple(sorted(found, key=lambda limit: (-limit.rate, limit.label)))
