"""A plan of all rounds, and the same plan made again when somebody is missing."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from .blocks import Room, contradictions, room_of, unreadable
from .checking import faults
from .figures import Figures, Round, figures
from .search import Problem, Search
from .seating import Undecided, conflict, even, seat, shortage
from .setup import Clash, Impossible, Pin, Setup

# Pairs of blocks weighed for one plan, and weighings of all of them at most.
WORK, MOST_WEIGHINGS = 80_000_000, 8_000


@dataclass(frozen=True)
class Plan:
    """Who sits where: ``rounds[number][table]`` are names in order. ``figures`` counts rounds held before too."""

    setup: Setup
    seed: int
    rounds: tuple[Round, ...]
    figures: Figures


def plan(setup: Setup, seed: int = 0) -> Plan:
    """Every round's tables. Same setup and seed, same plan, whatever the order people and rules came in.

    Tables differ by one person at most, unless no such plan keeps the rules: then by as few as can be. Refuses with
    ``Impossible``, which has every clash found.
    """
    return Plan(setup, seed, *_rounds_of(setup, seed))


def replan(known: Plan, round_index: int, absent: Iterable[str], seed: int | None = None) -> Plan:
    """The plan with its rounds from ``round_index`` on made again without ``absent``: all those missing from then on.

    Rounds before stay, and whom people met there counts. Refuses with ``Impossible`` what can't be seated any more.
    """
    setup = known.setup
    if not 0 <= round_index < setup.rounds:
        raise ValueError("no such round")
    kept = known.rounds[:round_index]
    left = replace(
        setup,
        rounds=setup.rounds - round_index,
        pins=tuple(
            Pin(one.person, one.round - round_index, one.table) for one in setup.pins if one.round >= round_index
        ),
        held=(*setup.held, *(tuple(one.values()) for one in kept)),
        absent=frozenset(absent),
    )
    seed = known.seed if seed is None else seed
    try:
        rounds, _counts = _rounds_of(left, seed)
    except Impossible as refused:
        shifted = (
            replace(one, round=None if one.round is None else one.round + round_index) for one in refused.clashes
        )
        raise Impossible(shifted) from None
    return Plan(setup, seed, (*kept, *rounds), figures(setup, (*kept, *rounds), _joined(setup)))


def _rounds_of(setup: Setup, seed: int) -> tuple[tuple[Round, ...], Figures]:
    if clashes := unreadable(setup):
        raise Impossible(clashes)
    room = room_of(setup)
    clashes = contradictions(setup, room)
    if not clashes:
        short = [shortage(setup, room, number) for number in range(setup.rounds)]
        clashes = _once(one for one in short if one)
    if clashes:
        raise Impossible(clashes)
    dice = random.Random(seed)  # noqa: S311 - a plan that can be made again, not a secret
    begun, sizes = _begin(setup, room, dice)
    seats = _mixed(setup, room, begun, sizes, dice)
    rounds = tuple(_named(setup, room, one) for one in seats)
    if broken := faults(setup, rounds):
        raise AssertionError(f"a plan breaks its own rules: {broken[:3]}")
    return rounds, figures(setup, rounds, _joined(setup))


def _begin(setup: Setup, room: Room, dice: random.Random):
    """Rounds that keep every rule, with tables as even as can be, and between which sizes each table may be."""
    capacities = [table.seats for table in setup.tables]
    people, widest = len(setup.present), max(capacities)
    seats, sizes, clashes = [], [], []
    for number in range(setup.rounds):
        slack, proved = 0, True
        while slack <= widest:
            try:
                found = seat(setup, room, number, slack, dice)
            except Undecided:
                # A hard round: sizes don't matter any more, only whether it can be.
                found, proved, slack = None, slack < widest, widest - 1 if slack < widest else slack
            if found is not None:
                seats.append(found)
                sizes.append(even(capacities, people, slack))
                break
            slack += 1
        else:
            clashes.append(conflict(setup, number) if proved else Clash("undecided", round=number))
            if not proved:
                break
    if clashes:
        raise Impossible(_once(clashes))
    return seats, sizes


def _mixed(setup: Setup, room: Room, begun: list[list[int]], sizes: list, dice: random.Random) -> list[list[int]]:
    people, tables = setup.present, len(setup.tables)
    inside = np.zeros((len(room.blocks), len(people)))
    for rank, block in enumerate(room.blocks):
        inside[rank, list(block.members)] = 1
    place = {one.name: rank for rank, one in enumerate(people)}
    met = np.zeros((len(people), len(people)))
    for names in (names for one in setup.held for names in one):
        for one, other in combinations([place[name] for name in names if name in place], 2):
            met[one, other] += 1
            met[other, one] += 1
    met = inside @ met @ inside.T
    np.fill_diagonal(met, 0)
    values = sorted({pair for one in people for pair in one.traits.items()})
    traits = np.array([[one.traits.get(trait) == value for trait, value in values] for one in people], float)
    blocks = range(len(room.blocks))
    problem = Problem(
        met=met,
        people=np.array([block.size for block in room.blocks]),
        apart=np.array([[bool(room.enemies[one] >> other & 1) for other in blocks] for one in blocks]),
        traits=inside @ traits.reshape(len(people), len(values)),
        closed=[
            np.array([[not allowed >> t & 1 for t in range(tables)] for allowed in one_round])
            for one_round in room.allowed
        ],
        least=np.array([least for least, _most in sizes]),
        most=np.array([most for _least, most in sizes]),
    )
    search = Search(problem, begun, dice)
    return search.run(max(100, min(MOST_WEIGHINGS, WORK // search.blocks**2)))


def _named(setup: Setup, room: Room, seats: list[int]) -> Round:
    tables: Round = {table.name: () for table in setup.tables}
    for block, table in zip(room.blocks, seats, strict=True):
        name = setup.tables[table].name
        tables[name] += tuple(setup.present[member].name for member in block.members)
    return {name: tuple(sorted(names)) for name, names in tables.items()}


def _joined(setup: Setup) -> set[tuple[str, str]]:
    everybody = replace(setup, absent=frozenset())
    names = [one.name for one in everybody.present]
    blocks = room_of(everybody).blocks
    return {pair for block in blocks for pair in combinations(sorted(names[member] for member in block.members), 2)}


def _once(clashes: Iterable[Clash]) -> list[Clash]:
    """Clashes that every round has, told once, of no round; a conflict with no pin in it is of every round."""
    found: dict = {}
    for one in clashes:
        found.setdefault((one.code, one.people, one.tables, one.rules), []).append(one)
    return [same[0] if len(same) == 1 else replace(same[0], round=None) for same in found.values()]
