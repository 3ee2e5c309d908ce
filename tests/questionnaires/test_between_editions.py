"""Two editions of a barometer, attacked together (T27) by somebody who assumes that nobody changed their mind.

They know every table of both editions with exact counts, how many people each category has and how many answered each
time; who answered both, the first alone or the second alone is what they look for, and what those few said. All of it
is one linear system in exact fractions. The naive way, each edition safe by itself, falls when nearly everybody answers.
"""

import random
from itertools import product

import pytest

from src.questionnaires import between_editions
from tests.questionnaires.simplex import bounds
from tests.questionnaires.test_differencing import (
    ALONE,
    SINGLE,
    City,
    K,
    cells,
    of,
    patterns_of,
    tell_breakdowns,
    tell_everybody,
    values_between,
)

SIDES = ("both", 0, 1)


@pytest.fixture(autouse=True)
def smallest(settings):
    settings.TERRAIN_K = settings.TERRAIN_K_FLOOR = settings.TERRAIN_K_SENSITIVE = K


class TwoEditions:
    """The unknowns: of each category and each answer, who answered both times, the first time alone, the second."""

    def __init__(self, questions, world, staff, *, naive=False):
        self.questions, self.world, self.staff = questions, world, staff
        self.patterns, self.atoms = patterns_of(questions), sorted(staff)
        self.place = {
            cell: number for number, cell in enumerate(product(self.atoms, range(len(self.patterns)), SIDES))
        }
        self.unknowns, self.equalities = len(self.place), []
        for atom in self.atoms:
            own = {self.place[atom, n, side]: 1 for n in range(len(self.patterns)) for side in SIDES}
            # One more unknown: those who never answered.
            self.equalities.append(({**own, self.unknowns: 1}, staff[atom]))
            self.unknowns += 1
        self.sides = [Side(self, edition, naive=naive) for edition in (0, 1)]

    def form(self, atoms, holds, sides):
        kept = [n for n, answers in enumerate(self.patterns) if holds(answers)]
        return {self.place[atom, n, side]: 1 for atom in atoms for n in kept for side in sides}

    def truth(self, form):
        return sum(number for cell, number in self.world.items() if self.place[cell] in form)

    def targets(self):
        """What somebody looks for: an answer of a category in an edition, and of those who came or went."""
        for atoms in [[atom] for atom in self.atoms] + [self.atoms]:
            for question, sides in product(self.questions, (("both", 0), ("both", 1), (0,), (1,))):
                for key in cells(question):
                    yield f"{atoms} {sides} {question.key}={key}", self.form(atoms, of(question, [key]), sides)

    def attacked(self):
        """The counts under k that are left fewer than k values, and had more before anything was told."""
        for side in self.sides:
            form = side.form(self.atoms)
            self.equalities.append((form, self.truth(form)))
        before = list(self.equalities)
        for side in self.sides:
            side.tell()
        found = []
        for name, form in self.targets():
            true = self.truth(form)
            if 0 < true < K:
                left = values_between(*bounds(self.equalities, self.unknowns, form))
                if left < K and left < values_between(*bounds(before, self.unknowns, form)):
                    found.append(name)
        return found


class Side:
    """What one edition tells, in the unknowns of both."""

    def __init__(self, both, edition, *, naive):
        self.both, self.edition, self.patterns = both, edition, both.patterns
        people = {
            atom: [
                answers
                for n, answers in enumerate(self.patterns)
                for side in ("both", edition)
                for _time in range(both.world[atom, n, side])
            ]
            for atom in both.atoms
        }
        missing = {atom: both.staff[atom] - len(people[atom]) for atom in both.atoms}
        self.city = City(both.questions, people, missing)
        self.atoms = both.atoms
        self.is_held = False
        if not naive:
            kept = between_editions.held(self.city.content, sum(both.staff.values()))
            self.is_held = any(one["withheld"] == "everybody" for one in kept["questions"])
            self.city.content = kept
            if self.is_held:
                self.city.told, self.city.groups = {}, []

    def form(self, atoms, holds=lambda answers: True):
        return self.both.form(atoms, holds, ("both", self.edition))

    def say(self, form, total):
        self.both.equalities.append((form, total))

    def truth(self, form):
        return self.both.truth(form)

    def tell(self):
        tell_everybody(self)
        tell_breakdowns(self)


def drawn(seed, atoms, absent, questions=SINGLE):
    """Most people answer both times, one or none comes or goes by answer, ``absent`` never answer in each category."""
    dice = random.Random(seed)  # noqa: S311 - the same worlds each time
    patterns = range(len(patterns_of(questions)))
    world = {
        (atom, n, side): dice.randrange(3, 10) if side == "both" else dice.randrange(2)
        for atom in atoms
        for n in patterns
        for side in SIDES
    }
    staff = {atom: absent + sum(number for cell, number in world.items() if cell[0] == atom) for atom in atoms}
    return world, staff


EVERYBODY = [("a", "")]


@pytest.mark.parametrize(("atoms", "seeds"), [(EVERYBODY, 8), (ALONE[:2], 1)], ids=["everybody", "by category"])
@pytest.mark.parametrize("absent", [0, K], ids=["all answered", "k absent"])
def test_two_editions_give_back_no_small_count(atoms, seeds, absent):
    ours, naive, held = [], [], 0
    for seed in range(seeds):
        world, staff = drawn(seed, atoms, absent)
        both = TwoEditions(SINGLE, world, staff)
        held += any(side.is_held for side in both.sides)
        ours += both.attacked()
        naive += TwoEditions(SINGLE, world, staff, naive=True).attacked()

    print(f"{seeds} pairs of editions, {held} held back: {len(ours)} counts recovered; naive way: {len(naive)}")
    assert ours == []
    if absent == 0 and atoms is EVERYBODY:
        assert naive and held
    if absent == K:
        # Nothing is held back where it needn't be.
        assert held == 0
