"""The panel that serves a weight best: a linear program kept warm, then if need be a small one of whole numbers."""

import numpy as np

from .branching import WHOLE, TooMany, best_whole
from .cells import Cells
from .pool import Infeasible
from .solver import Matrix, NoSolution, Program

FEWEST_FREE = 30
EXACT = {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-6}
GAP = 1.0  # One appearance in the whole panel: debts stay as low as with half of it (docs/adr/0375).
MOST_SOLVES = 400
LOOSE = {"mip_rel_gap": 0.0, "mip_abs_gap": GAP}


class Oracle:
    """Answers of whole panels; ``counts`` tells how each was found."""

    def __init__(self, cells: Cells):
        self.cells = cells
        self.counts = {"linear": 0, "small": 0, "widened": 0, "general": 0}
        self._program = cells.program()
        self._lower, self._upper = cells.row_bounds
        self._table = cells.ruled.astype(float)
        self._household = cells.household_of

    def panel(self, weights: np.ndarray) -> np.ndarray:
        """Seats of each cell in a panel that meets every rule, near the best for these weights.

        Refuses with ``Infeasible`` when no whole panel exists at all.
        """
        self._program.set_costs(weights)
        try:
            values = self._program.solve()
        except NoSolution:
            raise Infeasible from None
        nearest = np.rint(values)
        fractional = np.flatnonzero(np.abs(values - nearest) > WHOLE)
        if not len(fractional):
            self.counts["linear"] += 1
            return nearest.astype(np.int64)
        distance = np.abs(self._program.reduced_costs())
        distance[fractional] = -1.0
        order = np.lexsort((np.arange(len(distance)), distance))
        free = len(fractional) + max(FEWEST_FREE, 2 * len(fractional))
        while True:
            found = self._small(weights, nearest.astype(np.int64), np.sort(order[:free]))
            if found is not None:
                self.counts["small"] += 1
                return found
            if free >= len(order):
                raise Infeasible
            self.counts["widened"] += 1
            free *= 4

    def _small(self, weights: np.ndarray, fixed: np.ndarray, free: np.ndarray) -> np.ndarray | None:
        """The best panel when only the free cells move; None when none of them gives one."""
        rest = fixed.copy()
        rest[free] = 0
        table = self._table[:, free]
        taken = self._table @ rest
        count = len(self._table)
        lower, upper = self._lower[:count] - taken, self._upper[:count] - taken
        touched = table.any(axis=1)
        if (lower[~touched] > 0).any() or (upper[~touched] < 0).any():
            return None
        rows = [(places := np.flatnonzero(row), np.ones(len(places))) for row in table[touched]]
        lower, upper = list(lower[touched]), list(upper[touched])
        caps = self.cells.caps[free].astype(float)
        houses = self._household[free]
        for house in np.unique(houses[houses >= 0]):
            places = np.flatnonzero(houses == house)
            room = 1 - int(rest[list(self.cells.households[house])].sum())
            if room < 1 or len(places) > 1:
                rows.append((places, np.ones(len(places))))
                lower.append(0.0)
                upper.append(float(room))
        small = {
            "costs": weights[free],
            "lower": np.zeros(len(free)),
            "upper": caps,
            "matrix": Matrix.of(rows),
            "row_lower": lower,
            "row_upper": upper,
        }
        try:
            try:
                seats = best_whole(Program(**small), caps, gap=GAP, most=MOST_SOLVES)
            except TooMany:
                self.counts["general"] += 1
                seats = Program(**small, whole=np.ones(len(free), dtype=bool), options=LOOSE).solve()
        except NoSolution:
            return None
        rest[free] = np.rint(seats).astype(np.int64)
        return rest


def best_panel(cells: Cells, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """The exact best panel and what it weighs: slow on large pools, for proofs and cuts."""
    program = cells.program(whole=True, options=EXACT)
    program.set_costs(weights)
    try:
        seats = np.rint(program.solve()).astype(np.int64)
    except NoSolution:
        raise Infeasible from None
    return seats, float(weights @ seats)
