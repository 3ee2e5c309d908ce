"""A plan against its rules, from names alone, by code that shares nothing with what made it.

A plan moved by hand is read here too.
"""

from collections import Counter
from dataclasses import dataclass

from .setup import Setup


@dataclass(frozen=True)
class Fault:
    """What is broken: ``missing``, ``twice``, ``stranger``, ``seats``, ``need``, ``together``, ``apart``, ``pin``."""

    round: int
    code: str
    what: tuple[str, ...] = ()


def faults(setup: Setup, rounds) -> list[Fault]:
    """Everything that rounds (table → names) break; an empty list for a plan that may be used."""
    tables = {table.name: table for table in setup.tables}
    people = {person.name: person for person in setup.people if person.name not in setup.absent}
    found = []
    for number, seated in enumerate(rounds):
        places = Counter(name for names in seated.values() for name in names)
        where = {name: table for table, names in seated.items() for name in names}
        found += [Fault(number, "missing", (name,)) for name in people if name not in places]
        found += [Fault(number, "twice", (name,)) for name, times in places.items() if times > 1]
        found += [Fault(number, "stranger", (name,)) for name in places if name not in people]
        for table, names in seated.items():
            if table not in tables or len(names) > tables[table].seats:
                found.append(Fault(number, "seats", (table,)))
        for name, person in people.items():
            offers = tables[where[name]].offers if where.get(name) in tables else frozenset()
            if not person.needs <= offers:
                found.append(Fault(number, "need", (name, *sorted(person.needs - offers))))
        for code, pairs, same in (("together", setup.together, True), ("apart", setup.apart, False)):
            for one, other in pairs:
                if one in people and other in people and (where.get(one) == where.get(other)) is not same:
                    found.append(Fault(number, code, (one, other)))
        for pin in setup.pins:
            if pin.round == number and pin.person in people and where.get(pin.person) != pin.table:
                found.append(Fault(number, "pin", (pin.person, pin.table)))
    return found
