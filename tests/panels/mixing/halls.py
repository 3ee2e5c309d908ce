"""Halls for the tests and the bench, and an oracle that reads a plan by itself: it shares no line with the engine."""

import itertools
import random

from panels.mixing import Person, Pin, Setup, tables_for

STEP_FREE, INTERPRETER, LOOP = "sans marche", "interprète", "boucle"


def name(number: int) -> str:
    return f"P-{number:03}"


def hall(people: int = 100, seats: int = 8, rounds: int = 4) -> Setup:
    """A panel as it comes: eight people with a need, three kept together, five to keep apart, age and gender to spread."""
    dice = random.Random(20)
    needs = {3: [STEP_FREE], 7: [STEP_FREE], 11: [STEP_FREE], 30: [LOOP], 31: [STEP_FREE, LOOP]}
    needs |= {20: [INTERPRETER], 21: [INTERPRETER], 22: [INTERPRETER]}
    offers = [[STEP_FREE], [STEP_FREE], [STEP_FREE, LOOP], [STEP_FREE, INTERPRETER], [INTERPRETER]]
    return Setup(
        tuple(
            Person(name(n), frozenset(needs.get(n, ())), {"genre": dice.choice("fh"), "âge": dice.choice("abcd")})
            for n in range(people)
        ),
        tables_for(people, seats, offers),
        rounds,
        together=((name(3), name(40)), (name(20), name(41)), (name(12), name(13))),
        apart=((name(1), name(2)), (name(3), name(7)), (name(8), name(9)), (name(8), name(10)), (name(9), name(10))),
    )


def broken(setup: Setup, rounds, absent=None, first: int = 0) -> list[str]:
    """What a plan breaks, from names alone."""
    gone = setup.absent if absent is None else set(absent)
    here = {person.name: set(person.needs) for person in setup.people if person.name not in gone}
    said = []
    for number, tables in enumerate(rounds[first:], first):
        seated = list(itertools.chain.from_iterable(tables.values()))
        if sorted(seated) != sorted(here):
            said.append(f"{number}: not everybody once")
        for table in setup.tables:
            around = set(tables.get(table.name, ()))
            if len(around) > table.seats:
                said.append(f"{number}: {table.name} is full")
            for one in around:
                if here.get(one, set()) - table.offers:
                    said.append(f"{number}: {one} lacks something")
            said += [f"{number}: {pair} apart" for pair in setup.apart if set(pair) <= around]
            said += [
                f"{number}: {pair} together"
                for pair in setup.together
                if set(pair) <= set(here) and len(set(pair) & around) == 1
            ]
        for pin in setup.pins:
            if pin.round == number and pin.person in here and pin.person not in tables[pin.table]:
                said.append(f"{number}: {pin.person} not at {pin.table}")
    return said


def pairs_of(rounds) -> list[frozenset]:
    """Each meeting of each round, as a pair of names."""
    return [
        frozenset(pair)
        for tables in rounds
        for around in tables.values()
        for pair in itertools.combinations(around, 2)
    ]


def some_setup(dice: random.Random, people: int, tables: int, rounds: int = 2, *, rules: int = 3) -> Setup:
    """Anything: some of these can be seated, some can't."""
    from panels.mixing import Table

    labels = "xyz"[: dice.randint(1, 3)]
    names = [name(n) for n in range(people)]
    around = tuple(
        Table(f"T{t}", dice.randint(1, 2 + people // tables), frozenset(one for one in labels if dice.random() < 0.6))
        for t in range(tables)
    )

    def pairs():
        return tuple(tuple(dice.sample(names, 2)) for _pair in range(dice.randint(0, rules)) if people > 1)

    return Setup(
        tuple(
            Person(one, frozenset(label for label in labels if dice.random() < 0.15), {"g": dice.choice("ab")})
            for one in names
        ),
        around,
        rounds,
        together=pairs(),
        apart=pairs(),
        pins=tuple(
            Pin(dice.choice(names), dice.randrange(rounds), dice.choice(around).name)
            for _pin in range(dice.randint(0, rules - 1))
        ),
        absent=frozenset(one for one in names if dice.random() < 0.05),
    )
