"""Everything told of one questionnaire, attacked by subtraction (T27).

The adversary knows every table, with exact counts (what is shown is rounded besides), how many people each category
has, how many answered in each category, who can't have answered what, and solves it all as one linear system. A cell
under k is recovered when the system leaves it fewer than k values. The naive way (each table alone, small cells hidden,
totals printed) is attacked by the same arithmetic beside it, and falls.
"""

import os
import random
from itertools import product
from math import ceil, floor
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from src.questionnaires import asking, axes, breakdowns, figures, people_tree, representativeness
from src.questionnaires.partitions import OTHERS
from tests.questionnaires.simplex import bounds
from tests.questionnaires.test_figures import asked

K = 4
# More with TERRAIN_CITIES=500: the figures of docs/adr/0305.
CITIES = int(os.environ.get("TERRAIN_CITIES", "12"))
NOTHING = None


@pytest.fixture(autouse=True)
def smallest(settings):
    settings.TERRAIN_K = settings.TERRAIN_K_FLOOR = settings.TERRAIN_K_SENSITIVE = K


class City:
    """People who answered, by pair of categories and whole answers; ``frame`` says how many were asked.

    Categories of fewer than k people go with the others, as when the people of a questionnaire are counted.
    """

    def __init__(self, questions, people, missing, k=K):
        people, missing = with_the_others(people, missing, k)
        self.questions, self.people, self.k = questions, people, k
        revision = SimpleNamespace(pk=1, number=1, ordered=questions)
        sets = {atom: [(1, one) for one in answers] for atom, answers in people.items()}
        every = [one for answers in sets.values() for one in answers]
        self.counts = figures.count([revision], every)
        self.content = figures.release(self.counts, len(every))
        self.by_atom = {atom: figures.count([revision], own) for atom, own in sets.items()}
        self.answered = {atom: len(own) for atom, own in sets.items() if own}
        self.frame = {atom: len(sets[atom]) + missing.get(atom, 0) for atom in sets}
        self.frame = {atom: number for atom, number in self.frame.items() if number}
        self.groups = people_tree.tree(self.answered, self.frame, k)
        self.told = {}
        if self.content["answers"] is not None:
            self.told = breakdowns.told(self.counts, self.by_atom, self.content, self.groups)


def with_the_others(people, missing, k):
    """The same people, in the categories that a questionnaire would know."""
    codes = ("first", "second") if any(atom[1] for atom in people) else ("first",)
    asked_of = {atom[: len(codes)]: len(people[atom]) + missing[atom] for atom in people}
    cells = axes.fold({cell: number for cell, number in asked_of.items() if number}, k)
    known, absent = {}, {}
    for atom, answers in people.items():
        segment = dict(zip(codes, axes.fitting(cells, list(atom[: len(codes)])), strict=False))
        place = representativeness.atom_of(codes, segment, OTHERS)
        known.setdefault(place, []).extend(answers)
        absent[place] = absent.get(place, 0) + missing[atom]
    return known, absent


def patterns_of(questions):
    """Every way to answer these questions, with what is shown and hidden; ``must`` says nothing is left blank."""
    specs = [question.spec for question in questions]
    offered = []
    for spec in specs:
        choices = list(spec.choices)
        if spec.kind == asking.MULTIPLE:
            choices = [
                [choice for choice, ticked in zip(spec.choices, ticks, strict=True) if ticked]
                for ticks in product((False, True), repeat=len(spec.choices))
                if any(ticks) and (spec.least or 1) <= sum(ticks) <= (spec.most or len(spec.choices))
            ]  # fmt: skip
        offered.append(choices if question_must(spec, questions) else [*choices, NOTHING])
    found = []
    for values in product(*offered):
        answers = {spec.key: value for spec, value in zip(specs, values, strict=True) if value is not NOTHING}
        kept = asking.check(specs, answers).answers
        if kept == answers:
            found.append(answers)
    return found


def question_must(spec, questions) -> bool:
    return any(getattr(question, "must", False) for question in questions if question.key == spec.key)


class System:
    """The linear system of an adversary: unknowns are how many of a pair of categories answered so."""

    def __init__(self, city: City):
        self.city = city
        self.patterns = patterns_of(city.questions)
        self.atoms = sorted(set(city.frame) | set(city.answered))
        self.place = {cell: n for n, cell in enumerate(product(self.atoms, range(len(self.patterns))))}
        self.unknowns = len(self.place)
        self.equalities = []

    def form(self, atoms, holds=lambda answers: True):
        """How many of these people gave answers that ``holds`` accepts."""
        kept = [n for n, answers in enumerate(self.patterns) if holds(answers)]
        return {self.place[atom, n]: 1 for atom in atoms if atom in self.city.frame for n in kept}

    def say(self, form, total):
        self.equalities.append((form, total))

    def frame(self):
        """Nobody answered who isn't there: at most as many as were asked (one more unknown each, those who didn't)."""
        for atom, number in self.city.frame.items():
            self.say({**self.form([atom]), self.unknowns: 1}, number)
            self.unknowns += 1

    def truth(self, form):
        return sum(
            1
            for atom, answers in self.city.people.items()
            for one in answers
            if self.place.get((atom, self.patterns.index(one))) in form
        )


def value_is(key, value):
    """Whether an answer set is in a cell of a table of everybody."""

    def holds(answers, question):
        spec = question.spec
        earlier = {question.key: spec}
        if question.condition and not shown(question, answers):
            return False
        given_value = answers.get(key)
        if value == figures.BLANK:
            return given_value is None
        if value == figures.GIVEN:
            return given_value is not None
        if spec.kind == asking.MULTIPLE:
            return given_value is not None and value in given_value
        return given_value == value and bool(earlier)

    return holds


def shown(question, answers):
    condition = question.condition
    if not condition:
        return True
    given_value = answers.get(condition["question"])
    values = given_value if isinstance(given_value, list) else [given_value]
    return any(one in condition["values"] for one in values)


def cells(question):
    """The keys of a question's cells."""
    return [*(choice["key"] for choice in question.choices), figures.BLANK]


def of(question, keys):
    tests = [value_is(question.key, key) for key in keys]
    return lambda answers: any(test(answers, question) for test in tests)


def tell_everybody(system: System):
    """What the tables of everybody say."""
    city = system.city
    if city.content["answers"] is None:
        return
    system.say(system.form(system.atoms), city.content["answers"])
    for question, told in zip(city.questions, city.content["questions"], strict=True):
        if told["asked"] is not None:
            system.say(system.form(system.atoms, lambda one, q=question: shown(q, one)), told["asked"])
        for table in told["tables"]:
            known = [key for key, _label, _number in table["rows"]]
            for key, _label, number in table["rows"]:
                if key in (*cells(question), figures.GIVEN):
                    system.say(system.form(system.atoms, of(question, [key])), number)
            if table["together"]:
                every = (
                    [figures.GIVEN, figures.BLANK] if figures.GIVEN in known or told["options"] else cells(question)
                )
                rest = [key for key in every if key not in known]
                system.say(system.form(system.atoms, of(question, rest)), table["together"])
        for key, _label, number in told["options"]:
            system.say(system.form(system.atoms, of(question, [key])), number)


def tell_breakdowns(system: System):
    """What the tables by axis say, and how many answered in each category told."""
    for group in system.city.groups if len(system.city.groups) > 1 else []:
        for part in [group, *group.inside]:
            system.say(system.form(part.atoms), sum(system.city.answered.get(atom, 0) for atom in part.atoms))
    for question in system.city.questions:
        broken = system.city.told.get((question.key, 1))
        for table in broken.tables if broken else []:
            for group, base, numbers in zip(table.groups, table.bases, table.counts, strict=True):
                system.say(system.form(group.atoms, lambda one, q=question: shown(q, one)), base)
                for column, number in zip(table.columns, numbers, strict=True):
                    if column.cells != (breakdowns.NOT_TICKED,):
                        system.say(system.form(group.atoms, of(question, column.cells)), number)


def tell_naively(system: System):
    """Each table alone: by the first axis, by the second, and crossed; cells under k hidden, totals printed."""
    city = system.city
    first = sorted({atom[0] for atom in system.atoms})
    both = sorted({atom[1] for atom in system.atoms})
    parts = [[atom for atom in system.atoms if atom[0] == code] for code in first]
    parts += [[atom for atom in system.atoms if atom[1] == code] for code in both]
    parts += [[atom] for atom in system.atoms]
    for part in parts:
        people = sum(city.answered.get(atom, 0) for atom in part)
        if people >= city.k:
            system.say(system.form(part), people)
        for question in city.questions:
            for key in cells(question):
                form = system.form(part, of(question, [key]))
                if system.truth(form) >= city.k:
                    system.say(form, system.truth(form))


def targets(system: System):
    """Counts somebody would look for: each answer of each category, pair of categories, or everybody; and who is there."""
    first = sorted({atom[0] for atom in system.atoms})
    both = sorted({atom[1] for atom in system.atoms})
    people = [[atom for atom in system.atoms if atom[0] == code] for code in first]
    people += [[atom for atom in system.atoms if atom[1] == code] for code in both if len(both) > 1]
    people += [[atom] for atom in system.atoms if len(both) > 1] + [system.atoms]
    for part in people:
        yield f"{part}", system.form(part)
        for question in system.city.questions:
            for key in cells(question):
                yield f"{part} {question.key}={key}", system.form(part, of(question, [key]))


def recovered(system: System, before: System):
    """Cells under k that the tables leave fewer than k values, and that weren't so from the people asked alone."""
    found = []
    for name, form in targets(system):
        true = system.truth(form)
        if not 0 < true < system.city.k:
            continue
        low, high = bounds(system.equalities, system.unknowns, form)
        assert low <= true <= high
        left = values_between(low, high)
        if left < system.city.k and left < values_between(*bounds(before.equalities, before.unknowns, form)):
            found.append((name, true, low, high))
    return found


def values_between(low, high) -> int:
    """How many whole numbers there are between two bounds."""
    return floor(high) - ceil(low) + 1


def attacked(city: City, *tell):
    """What is recovered from what was told, beside what the people asked and those who answered give."""
    before = System(city)
    before.frame()
    before.say(before.form(before.atoms), sum(city.answered.values()))
    system = System(city)
    system.frame()
    for telling in tell:
        telling(system)
    return recovered(system, before)


def question(key, n=3, **fields):
    return asked(key, n=n, **fields)


def drawn(questions, atoms, weights):
    """People of these categories, from a list of numbers drawn."""
    patterns = patterns_of(questions)
    people, missing = {}, {}
    number = iter(weights)
    for atom in atoms:
        people[atom] = [one for one in patterns for _time in range(next(number))]
        missing[atom] = next(number)
    return people, missing


SINGLE, THREE = [question("q1", 2)], [question("q1", 3)]
CONDITION = [question("q1", 2), question("q2", 2, condition={"question": "q1", "values": ["c2"]})]
SEVERAL = [asked("q1", "multiple", n=2)]
ONE_OF_TWO = [asked("q1", "multiple", n=2, settings={"most": 1}, must=True)]
CROSSED, ALONE = tuple(product("ab", "xy")), tuple(product("abc", [""]))


def width_of(questions, atoms):
    return len(atoms) * (len(patterns_of(questions)) + 1)


def city_of(questions, atoms):
    width = width_of(questions, atoms)
    numbers = st.lists(st.integers(0, 7), min_size=width, max_size=width)
    return numbers.map(lambda one: City(questions, *drawn(questions, atoms, one)))


@pytest.mark.parametrize(
    ("questions", "atoms"),
    [(SINGLE, CROSSED), (THREE, ALONE), (CONDITION, ALONE), (SEVERAL, CROSSED), (ONE_OF_TWO, CROSSED)],
    ids=["crossed", "alone", "condition", "several", "one of two"],
)
def test_no_small_count_is_recovered_from_everything_told(questions, atoms):
    told = []

    @hypothesis_settings(max_examples=CITIES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(city_of(questions, atoms))
    def attack(city):
        told.append(len(city.told))
        assert attacked(city, tell_everybody, tell_breakdowns) == []

    attack()
    # The same cities for everybody, beside the naive way.
    ours, naive = 0, 0
    for seed in range(CITIES // 4):
        dice = random.Random(seed)  # noqa: S311 - the same cities each time
        city = City(
            questions, *drawn(questions, atoms, [dice.randrange(8) for _n in range(width_of(questions, atoms))])
        )
        told.append(len(city.told))
        ours += len(attacked(city, tell_everybody, tell_breakdowns))
        naive += len(attacked(city, tell_everybody, tell_naively))
    print(f"{len(told)} cities, {sum(map(bool, told))} told by category: {ours} cells recovered; naive way: {naive}")
    assert any(told) and ours == 0 and naive > 0
