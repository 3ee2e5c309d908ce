"""A small program of whole numbers, by splitting a warm linear one: depth first, the nearest whole number first.

Land and Doig, "An automatic method of solving discrete programming problems", Econometrica 28 (1960). On the few dozen
columns that the oracle leaves free it takes about ten linear solves, where a general solver spends its time preparing.
"""

import numpy as np

from .solver import NoSolution, Program

WHOLE = 1e-6


class TooMany(ArithmeticError):
    """The search was cut: a general solver has to answer."""


def best_whole(program: Program, upper: np.ndarray, *, gap: float, most: int) -> np.ndarray:
    """Whole values within ``gap`` of the best, for a linear program whose columns go from 0 to ``upper``.

    Refuses with ``NoSolution``, or with ``TooMany`` once ``most`` linear programs were solved.
    """
    best, worth = None, -np.inf
    moved: dict[int, tuple[float, float]] = {}
    waiting: list[tuple[dict[int, tuple[float, float]], float]] = [({}, np.inf)]
    solved = 0
    while waiting:
        bounds, promised = waiting.pop()
        if promised <= worth + gap:
            continue
        _move(program, moved, bounds, upper)
        moved = bounds
        if solved == most:
            raise TooMany
        solved += 1
        try:
            values = program.solve()
        except NoSolution:
            continue
        reached = program.objective
        if reached <= worth + gap:
            continue
        distance = np.abs(values - np.rint(values))
        column = int(np.argmax(distance))
        if distance[column] <= WHOLE:
            best, worth = np.rint(values), reached
            continue
        below, (least, most_here) = np.floor(values[column]), bounds.get(column, (0.0, float(upper[column])))
        down = {**bounds, column: (least, below)}
        up = {**bounds, column: (below + 1, most_here)}
        nearest_last = [down, up] if values[column] - below >= 0.5 else [up, down]
        waiting.extend((one, reached) for one in nearest_last)
    if best is None:
        raise NoSolution
    return best


def _move(program: Program, before: dict, after: dict, upper: np.ndarray) -> None:
    for column in before.keys() - after.keys():
        program.set_bounds(column, 0.0, upper[column])
    for column, bounds in after.items():
        if before.get(column) != bounds:
            program.set_bounds(column, *bounds)
