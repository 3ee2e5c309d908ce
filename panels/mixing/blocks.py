"""People who always sit together are one block; what each block may do in each round, and what contradicts itself."""

from collections import Counter, deque
from dataclasses import dataclass

from .setup import Clash, Setup


@dataclass(frozen=True)
class Block:
    """Somebody alone, or people joined by pairs, by their places in the order of those present."""

    members: tuple[int, ...]

    @property
    def size(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Room:
    """The blocks of one setup: ``allowed[round][block]`` and ``enemies[block]`` are bits, of tables and of blocks."""

    blocks: tuple[Block, ...]
    allowed: tuple[tuple[int, ...], ...]
    enemies: tuple[int, ...]


def unreadable(setup: Setup) -> list[Clash]:
    """Names that aren't known or are borne twice, numbers that can't be: nothing is computed before they are right."""
    found = []
    names, tables = Counter(one.name for one in setup.people), Counter(one.name for one in setup.tables)
    found += [Clash("person_twice", (name,), figures={"times": times}) for name, times in names.items() if times > 1]
    found += [
        Clash("table_twice", tables=(name,), figures={"times": times}) for name, times in tables.items() if times > 1
    ]
    found += [Clash("no_seat_at_table", tables=(one.name,)) for one in setup.tables if one.seats < 1]
    if setup.rounds < 1:
        found.append(Clash("no_round"))
    if not setup.present:
        found.append(Clash("nobody"))
    if not setup.tables:
        found.append(Clash("no_table"))
    for code, pairs in (("together", setup.together), ("apart", setup.apart)):
        found += [Clash(f"{code}_with_oneself", (one,)) for one, other in pairs if one == other]
        unknown = sorted({name for pair in pairs for name in pair if name not in names})
        found += [Clash("unknown_person", (name,), rules=((code,),)) for name in unknown]
    for pin in setup.pins:
        if pin.person not in names:
            found.append(Clash("unknown_person", (pin.person,), rules=(("pin",),)))
        if pin.table not in tables:
            found.append(Clash("unknown_table", (pin.person,), (pin.table,), pin.round))
        if not 0 <= pin.round < setup.rounds:
            found.append(Clash("unknown_round", (pin.person,), (pin.table,), pin.round))
    return found


def room_of(setup: Setup, *, keep=None) -> Room:
    """The blocks and what binds them. ``keep`` limits the rules to some of ``rules_of(setup)``."""
    kept = set(rules_of(setup)) if keep is None else set(keep)
    place = {one.name: rank for rank, one in enumerate(setup.present)}
    leader = list(range(len(place)))

    def first(one: int) -> int:
        while leader[one] != one:
            one = leader[one]
        return one

    for _kind, one, other in (rule for rule in kept if rule[0] == "together"):
        low, high = sorted((first(place[one]), first(place[other])))
        leader[high] = low
    gathered: dict[int, list[int]] = {}
    for one in range(len(place)):
        gathered.setdefault(first(one), []).append(one)
    blocks = tuple(Block(tuple(members)) for _leader, members in sorted(gathered.items()))
    block_of = {member: rank for rank, block in enumerate(blocks) for member in block.members}
    bits = {table.name: 1 << rank for rank, table in enumerate(setup.tables)}
    everywhere = (1 << len(setup.tables)) - 1
    base = [everywhere] * len(blocks)
    for rule in kept:
        if rule[0] == "need":
            _kind, name, label = rule
            base[block_of[place[name]]] &= sum(bits[t.name] for t in setup.tables if label in t.offers)
    allowed = [list(base) for _round in range(setup.rounds)]
    for rule in kept:
        if rule[0] == "pin":
            _kind, name, number, table = rule
            allowed[number][block_of[place[name]]] &= bits[table]
    enemies = [0] * len(blocks)
    for _kind, one, other in (rule for rule in kept if rule[0] == "apart"):
        mine, theirs = block_of[place[one]], block_of[place[other]]
        enemies[mine] |= 1 << theirs
        enemies[theirs] |= 1 << mine
    return Room(blocks, tuple(map(tuple, allowed)), tuple(enemies))


def rules_of(setup: Setup) -> tuple[tuple, ...]:
    """Every rule that binds somebody present, as a tuple whose first word is its kind."""
    here = {one.name for one in setup.present}
    return (
        *(("together", *pair) for pair in setup.together if here.issuperset(pair)),
        *(("apart", *pair) for pair in setup.apart if here.issuperset(pair)),
        *(("need", one.name, label) for one in setup.present for label in sorted(one.needs)),
        *(("pin", pin.person, pin.round, pin.table) for pin in setup.pins if pin.person in here),
    )


def contradictions(setup: Setup, room: Room) -> list[Clash]:
    """What can't be, told by looking at each block, pair and pin: all at once."""
    found = []
    names = [one.name for one in setup.present]
    for rank, block in enumerate(room.blocks):
        members = tuple(names[member] for member in block.members)
        if room.enemies[rank] >> rank & 1:
            inside = [pair for pair in setup.apart if set(pair) <= set(members)]
            found += [
                Clash("apart_and_together", pair, rules=tuple(_chain(setup.together, *pair, members)))
                for pair in inside
            ]
        found += _of_block(setup, members)
    for number in range(setup.rounds):
        found += _of_pins(setup, number)
    return found


def _of_block(setup: Setup, members: tuple[str, ...]):
    needs = {one.name: one.needs for one in setup.present if one.name in members}
    wanted = frozenset().union(*needs.values())
    offering = [table for table in setup.tables if wanted <= table.offers]
    if not offering:
        who = tuple(name for name in members if needs[name])
        yield Clash("no_table_offers", who, labels=tuple(sorted(wanted)))
    elif max(table.seats for table in offering) < len(members):
        seats = max(table.seats for table in offering)
        yield Clash("group_too_large", members, figures={"people": len(members), "seats": seats})
    for number in range(setup.rounds):
        pins = [pin for pin in setup.pins if pin.round == number and pin.person in members]
        if len({pin.table for pin in pins}) > 1:
            who = tuple(sorted({pin.person for pin in pins}))
            yield Clash("pins_differ", who, tuple(sorted({pin.table for pin in pins})), number)
            continue
        table = next((one for one in setup.tables if pins and one.name == pins[0].table), None)
        if table and offering and not wanted <= table.offers:
            who = tuple(name for name in members if needs[name] - table.offers)
            yield Clash("pin_without_need", who, (table.name,), number, tuple(sorted(wanted - table.offers)))
        elif table and offering and table.seats < len(members):
            figures = {"people": len(members), "seats": table.seats}
            yield Clash("group_too_large", members, (table.name,), number, figures=figures)


def _of_pins(setup: Setup, number: int):
    here = {one.name for one in setup.present}
    pinned: dict[str, set[str]] = {}
    for pin in setup.pins:
        if pin.round == number and pin.person in here:
            pinned.setdefault(pin.table, set()).add(pin.person)
    for table in setup.tables:
        people = pinned.get(table.name, set())
        if len(people) > table.seats:
            figures = {"people": len(people), "seats": table.seats}
            yield Clash("pins_over_seats", tuple(sorted(people)), (table.name,), number, figures=figures)
        for pair in setup.apart:
            if people.issuperset(pair):
                yield Clash("pinned_and_apart", pair, (table.name,), number)


def _chain(pairs, start: str, end: str, members: tuple[str, ...]):
    """The fewest pairs that join two people."""
    before = {start: None}
    waiting = deque([start])
    while waiting and end not in before:
        name = waiting.popleft()
        for pair in pairs:
            if name in pair and set(pair) <= set(members):
                other = pair[1] if pair[0] == name else pair[0]
                if other not in before:
                    before[other] = (name, pair)
                    waiting.append(other)
    while before[end]:
        end, pair = before[end]
        yield ("together", *pair)
