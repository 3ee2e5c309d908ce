"""The proof beside a table: how even its panels could be made, and whether other whole panels could do better.

A master linear program gives each panel of the table its best weight; its duals price every panel there could be, and
the exact best one enters until none is worth more (column generation, as in "Fair algorithms", see ``target.py``).
"""

import numpy as np

from .cells import Cells
from .oracle import best_panel
from .solver import Matrix, Program, infinity

GAP = 1e-6
MOST_ENTRIES = 200


def proof(cells: Cells, table: np.ndarray, reachable: np.ndarray) -> dict:
    """The best least chance a mixture of the table's panels gives, and the true one over all whole panels.

    ``true`` is None when 200 panels entered and a better mixture might still exist; ``at_most`` holds in every case.
    """
    panels = np.unique(table, axis=0)
    own = None
    entries = 0
    at_most = 1.0
    while True:
        least, prices = _master(cells, panels, reachable)
        own = least if own is None else own
        panel, worth = best_panel(cells, prices)
        at_most = min(at_most, worth)
        if worth - least <= GAP:
            return _told(own, least, at_most, entries)
        if entries == MOST_ENTRIES:
            return _told(own, None, at_most, entries)
        panels = np.vstack([panels, panel.astype(panels.dtype)])
        entries += 1


def _told(own: float, true: float | None, at_most: float, entries: int) -> dict:
    return {
        "mixture": round(own, 9),
        "true": None if true is None else round(true, 9),
        "at_most": round(at_most, 9),
        "panels_entered": entries,
    }


def _master(cells: Cells, panels: np.ndarray, reachable: np.ndarray) -> tuple[float, np.ndarray]:
    """Weights of panels that raise the least chance z, and what one seat of each cell is worth to it.

    The prices y sum to one over people, and z ≤ max y · panel over all panels: the bound ``at_most``.
    """
    many = len(panels)
    places = np.flatnonzero(reachable)
    rows = [(np.arange(many), np.ones(many))]
    for place in places:
        holding = np.flatnonzero(panels[:, place])
        rows.append(
            (np.append(holding, many), np.append(panels[holding, place].astype(float), -float(cells.sizes[place])))
        )
    program = Program(
        costs=np.append(np.zeros(many), 1.0),
        lower=np.zeros(many + 1),
        upper=np.append(np.full(many, infinity()), 1.0),
        matrix=Matrix.of(rows),
        row_lower=np.append(1.0, np.zeros(len(places))),
        row_upper=np.append(1.0, np.full(len(places), infinity())),
    )
    least = float(program.solve()[-1])
    prices = np.zeros(len(cells))
    prices[places] = np.abs(program.duals()[1:])
    return least, prices
