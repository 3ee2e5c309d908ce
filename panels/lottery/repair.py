"""Lifting everybody to the floor of the table once the panels are drawn, without breaking a rule of any of them."""

import random

import numpy as np

from .cells import Cells
from .oracle import Oracle

REDRAWS = 600
SWAP_EVERY = 40


class Table:
    """Panels × cells, what each rule holds in each panel, and how many appearances each cell must have."""

    def __init__(self, cells: Cells, seats: np.ndarray, needed: np.ndarray):
        self.cells, self.seats, self.needed = cells, seats, needed
        self.ruled = cells.ruled.astype(np.float32)
        count = len(self.ruled)
        self.lower, self.upper = (bounds[:count] for bounds in cells.row_bounds)
        self.counts = seats.sum(axis=0)

    @property
    def shortfall(self) -> int:
        """How many appearances are missing in all."""
        return int(np.maximum(self.needed - self.counts, 0).sum())

    def replace(self, panel: int, seats: np.ndarray) -> None:
        """Another whole panel in the place of one."""
        self.counts += seats - self.seats[panel]
        self.seats[panel] = seats

    def swap(self) -> int:
        """Give the seats of cells that have some to spare to cells that miss some, wherever no rule breaks."""
        done = 0
        short = np.flatnonzero(self.counts < self.needed)
        for gaining in sorted(short, key=lambda place: (self.counts[place] - self.needed[place], place)):
            done += self._serve(int(gaining))
        return done

    def _serve(self, gaining: int) -> int:
        panels = np.flatnonzero(self.seats[:, gaining] < self.cells.caps[gaining])
        losing = np.flatnonzero(self.counts > self.needed)
        if not len(panels) or not len(losing):
            return 0
        possible = self._possible(panels, losing, gaining)
        done = 0
        while self.counts[gaining] < self.needed[gaining] and possible.any():
            spare = self.counts[losing] - self.needed[losing]
            column = int(np.argmax(np.where(possible.any(axis=0) & (spare > 0), spare, 0)))
            if spare[column] <= 0 or not possible[:, column].any():
                break
            line = int(np.argmax(possible[:, column]))
            panel = panels[line]
            self.seats[panel, losing[column]] -= 1
            self.seats[panel, gaining] += 1
            self.counts[losing[column]] -= 1
            self.counts[gaining] += 1
            possible[line] = self._possible(panels[line : line + 1], losing, gaining)[0]
            done += 1
        return done

    def _possible(self, panels: np.ndarray, losing: np.ndarray, gaining: int) -> np.ndarray:
        """Panels × losing cells: whether one seat may pass to the gaining cell. Products of 0 and 1 are exact."""
        seats = self.seats[panels]
        held = seats @ self.ruled.T
        full, tight = (held >= self.upper).astype(np.float32), (held <= self.lower).astype(np.float32)
        gains, loses = self.ruled[:, gaining], self.ruled[:, losing]
        broken = (full * gains) @ (1 - loses) + (tight * (1 - gains)) @ loses
        possible = (broken == 0) & (seats[:, losing] > 0)
        possible &= (seats[:, gaining] < self.cells.caps[gaining])[:, None]
        house = self.cells.household_of[gaining]
        if house >= 0:
            at_home = seats[:, list(self.cells.households[house])].sum(axis=1) > 0
            possible[at_home] &= self.cells.household_of[losing] == house
        return possible


def lift(table: Table, oracle: Oracle, dice: random.Random, *, checkpoint, doubt) -> dict[str, int]:
    """Swap, then redraw panels one by one, until nothing is missing or 600 panels were redrawn.

    ``checkpoint()`` comes before each redraw; ``doubt()`` once, when the first forty didn't do: what is missing may
    be what no whole panel can give.
    """
    swaps, redraws = table.swap(), 0
    order: list[int] = []
    while table.shortfall and redraws < REDRAWS:
        checkpoint()
        if not order:
            order = list(range(len(table.seats)))
            dice.shuffle(order)
        _redraw(table, order.pop(), oracle, dice)
        redraws += 1
        if redraws % SWAP_EVERY == 0:
            swaps += table.swap()
        if redraws == SWAP_EVERY and table.shortfall:
            doubt()
    swaps += table.swap()
    return {"swaps": swaps, "redraws": redraws, "missing": table.shortfall}


def _redraw(table: Table, panel: int, oracle: Oracle, dice: random.Random) -> None:
    """One panel anew for those who would be short without it; kept unless more would be missing than before."""
    without = table.counts - table.seats[panel]
    wanted = (table.needed > without).astype(float)
    spare = np.clip(table.counts - table.needed, 0, 10)
    noise = np.array([dice.random() for _cell in range(len(wanted))])
    seats = oracle.panel(4 * (wanted - 0.02 * spare + 0.05 * noise))
    before = np.maximum(table.needed - table.counts, 0).sum()
    if np.maximum(table.needed - (without + seats), 0).sum() <= before:
        table.replace(panel, seats)
