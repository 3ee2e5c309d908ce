"""The draw: panels one by one, each serving those to whom the table owes most, until the table is the lottery.

The debt of a cell is what the target promised it so far, less the seats it got. With a target inside the hull of
whole panels and an oracle that serves debts at least as well as the target would, debts stay bounded (Blackwell, "An
analog of the minimax theorem for vector payoffs", 1956): after M panels every count is M times the target, give or
take a constant.
"""

import hashlib
import platform
import random
import sys
import time
from collections import Counter

import numpy as np

from . import checking, mixture, solver
from .cells import Cells
from .lottery import Cancelled, Lottery
from .oracle import Oracle, best_panel
from .pool import InvalidPool, Pool, problems
from .repair import Table, lift
from .target import Cut, Target, target

ENGINE = "1"
UNIT = 1_000_000  # Debts are whole millionths of a seat.
GUARD_EVERY = 150
OWED_TOO_MUCH = 4 * UNIT
MOST_CUTS = 60


class _Cut(Exception):
    """The target promises what no mixture of whole panels gives; the constraint that says so."""

    def __init__(self, cut: Cut):
        self.cut = cut


def draw(
    pool: Pool, *, panels: int = 1000, seed: bytes, progress=None, cancelled=None, prove: bool = False
) -> Lottery:
    """A table of ``panels`` panels of the pool, the same for the same pool, number and seed.

    ``progress(done, panels)`` is called after each panel (a cut of the target begins again from 0), ``cancelled()`` is
    asked before it. ``prove`` adds the best mixture of the table's own panels to the record: slow on large pools.
    Refuses with ``InvalidPool``, ``Infeasible``, ``Cancelled``.
    """
    if found := problems(pool):
        raise InvalidPool(found)
    clock = _Clock()
    cells = Cells.of(pool)
    aim, oracle, table, cuts, repaired = _table(cells, panels, seed, progress, cancelled, clock)
    rows = _sorted_rows(seed, _seated(cells, table, _dice(seed, "people")))
    clock.lap("people")
    if broken := checking.faults(pool, rows):
        raise RuntimeError(f"the table breaks its own rules {len(broken)} times, first {broken[0]}")
    clock.lap("check")
    counts = Counter(ticket for row in rows for ticket in row)
    counts = {person.ticket: counts[person.ticket] for person in pool.people}
    shut = {ticket for place in np.flatnonzero(aim.shut) for ticket in cells.cells[place].tickets}
    floor = min((count for ticket, count in counts.items() if ticket not in shut), default=0)
    result = {
        "engine": ENGINE,
        "seed": seed.hex(),
        "fingerprints": pool.fingerprints(),
        "people": len(pool.people),
        "seats": pool.seats,
        "panels": panels,
        "cells": len(cells),
        "bound": round(aim.bound, 9),
        "floor": floor,
        "aimed": _aimed(aim, panels),
        "limits": [[list(map(list, one.label)), one.side, round(one.rate, 9)] for one in aim.limits],
        "cuts": [[list(cut.weights), cut.most] for cut in cuts],
        "certain": sorted(ticket for ticket, count in counts.items() if count == panels),
        "without_chance": sorted(shut),
        "distinct_panels": len(set(rows)),
        "repair": repaired,
        "oracle": dict(oracle.counts),
        "table": table_digest(rows),
    }
    if prove:
        result["proof"] = mixture.proof(cells, table, ~aim.shut)
        clock.lap("proof")
    environment = {**solver.versions(), "python": platform.python_version(), "platform": platform.platform()}
    record = {"result": result, "environment": environment, "timings": clock.told()}
    return Lottery(pool, seed, rows, aim.bound, counts, floor, record)


def table_digest(rows) -> str:
    """SHA-256 of the table as text: one row a line, tickets between commas."""
    return hashlib.sha256("".join(",".join(row) + "\n" for row in rows).encode()).hexdigest()


def _table(cells, panels, seed, progress, cancelled, clock):
    """Target, oracle, seats of each panel, cuts and what the repair did: begun again each time a cut is found."""
    cuts: tuple[Cut, ...] = ()
    while True:
        try:
            return _attempt(cells, cuts, panels, seed, progress, cancelled, clock)
        except _Cut as found:
            cuts = (*cuts, found.cut)
            clock.lap("panels")


def _attempt(cells, cuts, panels, seed, progress, cancelled, clock):
    aim = target(cells, cuts)
    clock.lap("target")
    oracle = Oracle(cells)
    guarded = len(cuts) < MOST_CUTS
    seats = _follow_debt(cells, aim, oracle, panels, _dice(seed, "jitter"), guarded, progress, cancelled)
    clock.lap("panels")
    table = Table(cells, seats, np.where(aim.shut, 0, _aimed(aim, panels)) * cells.sizes)
    repaired = lift(
        table,
        oracle,
        _dice(seed, "repair"),
        checkpoint=lambda: _go_on(cancelled),
        doubt=lambda: guarded and _separate(cells, aim, table.needed - table.counts),
    )
    clock.lap("repair")
    return aim, oracle, table.seats, cuts, repaired


def _aimed(aim: Target, panels: int) -> int:
    """How many times everybody who has a chance should appear: the whole part of what the bound allows."""
    return int(panels * aim.bound + 1e-6)


def _follow_debt(cells, aim, oracle, panels, dice, guarded, progress, cancelled) -> np.ndarray:
    promised = np.rint(aim.seats * UNIT).astype(np.int64)
    debts = np.zeros(len(cells), dtype=np.int64)
    seats = np.zeros((panels, len(cells)), dtype=np.int32)
    for number in range(panels):
        _go_on(cancelled)
        debts += promised
        jitter = np.array([dice.random() for _cell in range(len(cells))])
        seats[number] = oracle.panel(debts / UNIT + jitter)
        debts -= seats[number] * np.int64(UNIT)
        if progress:
            progress(number + 1, panels)
        if guarded and ((number + 1) % GUARD_EVERY == 0 or number + 1 == panels):
            _guard(cells, aim, debts)
    return seats


def _guard(cells: Cells, aim: Target, debts: np.ndarray) -> None:
    """Whether debts grow because the target is outside the hull of whole panels."""
    each = debts / cells.sizes
    if each.max() > OWED_TOO_MUCH:
        _separate(cells, aim, np.where(each > OWED_TOO_MUCH / 2, np.rint(debts / UNIT), 0))


def _separate(cells: Cells, aim: Target, owed: np.ndarray) -> None:
    """Raise the cut that these weights prove, or plain ones on the same cells; nothing when whole panels can pay."""
    owed = np.maximum(owed, 0).astype(np.int64)
    for weights in ((owed > 0).astype(np.int64), owed):
        _panel, best = best_panel(cells, weights.astype(float))
        most = int(np.floor(best + 1e-6))
        if float(weights @ aim.seats) > most + 1e-5:
            places = np.flatnonzero(weights)
            raise _Cut(Cut(tuple(places.tolist()), tuple(weights[places].tolist()), most))


def _seated(cells: Cells, table: np.ndarray, dice: random.Random) -> list[tuple[str, ...]]:
    """People for the seats of their cell: the least seated so far, in an order drawn again at each panel."""
    used = [[0] * len(cell.tickets) for cell in cells.cells]
    rows = []
    for seats in table:
        row = []
        for place in np.flatnonzero(seats):
            tickets, times = cells.cells[place].tickets, used[place]
            order = sorted((times[one], dice.random(), one) for one in range(len(tickets)))
            for _times, _lot, one in order[: seats[place]]:
                times[one] += 1
                row.append(tickets[one])
        rows.append(tuple(sorted(row)))
    return rows


def _sorted_rows(seed: bytes, rows) -> tuple[tuple[str, ...], ...]:
    """The rows in the order of a hash, so that the place of a row tells nothing of how it was found."""
    return tuple(sorted(rows, key=lambda row: hashlib.sha256("|".join([seed.hex(), *row]).encode()).digest()))


def _dice(seed: bytes, purpose: str) -> random.Random:
    """Chance that the seed fixes, apart for each purpose; its ``random`` is the same on every Python."""
    return random.Random(hashlib.sha256(seed + b"|" + purpose.encode()).digest())  # noqa: S311 - replay is its purpose


def _go_on(cancelled) -> None:
    if cancelled and cancelled():
        raise Cancelled


class _Clock:
    """Seconds of each step, and the memory at the end; never in the part of a record that two runs share."""

    def __init__(self):
        self.laps: dict[str, float] = {}
        self.begun = self.last = time.perf_counter()
        self.processor = time.process_time()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = self.laps.get(name, 0.0) + now - self.last
        self.last = now

    def told(self) -> dict:
        return {
            "steps": {name: round(seconds, 3) for name, seconds in self.laps.items()},
            "seconds": round(time.perf_counter() - self.begun, 3),
            "processor_seconds": round(time.process_time() - self.processor, 3),
            "peak_megabytes": _peak_megabytes(),
        }


def _peak_megabytes() -> int | None:
    """The most memory this process ever held; unknown where the system doesn't tell."""
    if sys.platform == "win32":
        return None
    import resource  # it does not exist on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 * 1024 if sys.platform == "darwin" else 1024))
