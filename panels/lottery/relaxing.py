"""When no panel meets every quota: which ones contradict each other, what could give way, and who is missing.

Protected quotas never give way unless asked. Proposals are found by programs in which quotas may move by whole seats,
and each is tried: a panel of whole people that meets the relaxed quotas was found before it is proposed.
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from .cells import Cells
from .oracle import Oracle
from .pool import Infeasible, Label, Person, Pool
from .solver import Matrix, NoSolution, Program, infinity
from .target import first_level

TOUCHING = 1000.0  # What touching one more quota costs beside one seat, when the fewest quotas are wanted.
TINY = 1e-3
FAIR = 0.25


@dataclass(frozen=True)
class Change:
    """One bound of a quota that would move."""

    label: Label
    side: str
    before: int
    after: int
    protected: bool = False


@dataclass(frozen=True)
class Relaxation:
    """Bounds that would move together, by how many seats in all, and the best least chance after that.

    ``without_chance`` is how many people no panel could hold all the same; the bound is of the others.
    """

    changes: tuple[Change, ...]
    seats_moved: int
    bound: float
    without_chance: int

    @property
    def protected(self) -> bool:
        """Whether a protected quota would give way: only ever when that was asked."""
        return any(change.protected for change in self.changes)


@dataclass(frozen=True)
class Volunteers:
    """The fewest more people with whom a panel exists, quotas as they are.

    ``needs`` says how many of them must hold a value whatever the rest; ``example`` is people who would do.
    """

    people: int
    needs: tuple[tuple[Label, int], ...]
    example: tuple[tuple[Label, int], ...]


def conflict(cells: Cells) -> tuple[tuple[Label, str], ...]:
    """Bounds that contradict each other, none of which is in excess: without any one of them the others can be met.

    Empty when only whole numbers are in the way.
    """
    sides = _suspects(cells)
    if not sides:
        return ()
    program = cells.program()
    lower, upper = cells.row_bounds

    def bounds(row: int, active) -> tuple[float, float]:
        least = lower[row] if (row, "minimum") in active else -infinity()
        return least, upper[row] if (row, "maximum") in active else infinity()

    active = set(sides)
    for row in range(1, len(cells.labels)):
        program.set_row_bounds(row, *bounds(row, active))
    if _solvable(program):
        return ()
    for side in sides:
        program.set_row_bounds(side[0], *bounds(side[0], active - {side}))
        if _solvable(program):
            program.set_row_bounds(side[0], *bounds(side[0], active))
        else:
            active.discard(side)
    return tuple((cells.labels[row], side) for row, side in sorted(active))


def relaxations(cells: Cells, *, touch_protected: bool = False, most: int = 4) -> tuple[Relaxation, ...]:
    """Distinct sets of changes that let a panel exist, those that move the fewest seats first; none may exist."""
    rules = [rule for rule in cells.pool.rules if touch_protected or not rule.protected]
    found: dict[tuple[Change, ...], Relaxation] = {}

    def try_with(allowed, **wanted) -> None:
        if one := _relaxation(cells, allowed, **wanted):
            found.setdefault(one.changes, one)

    try_with(rules)
    if found:
        try_with(rules, few=True)
        try_with(rules, fair=True)
    tried: set[Label] = set()
    for one in list(found.values()):
        largest = max(one.changes, key=lambda change: (abs(change.after - change.before), change.label)).label
        if largest not in tried and len(found) < most:
            tried.add(largest)
            try_with([rule for rule in rules if rule.label not in tried])
    return tuple(sorted(found.values(), key=lambda one: (one.seats_moved, len(one.changes), repr(one.changes)))[:most])


def volunteers(cells: Cells) -> Volunteers | None:
    """The fewest more people that would make the quotas possible; None when no number would."""
    newcomers = _Newcomers(cells)
    try:
        values = newcomers.program(whole=True).solve()
    except NoSolution:
        return None
    many = round(values[newcomers.total])
    if not many:
        return None
    people = newcomers.people(values)
    pool = cells.pool
    if people is None:
        return None
    completed = Pool((*pool.people, *people), pool.quotas, pool.cross_quotas, pool.seats)
    if not _panel_exists(Cells.of(completed)):
        return None
    example = Counter(tuple(sorted(person.values.items())) for person in people)
    return Volunteers(many, newcomers.needs(values, many), tuple(sorted(example.items())))


def _suspects(cells: Cells) -> tuple[tuple[int, str], ...]:
    """The bounds that the least violation leans on."""
    rules = list(cells.pool.rules)
    program = _elastic(cells, rules, np.ones(2 * len(rules)), bounded=False)
    try:
        program.solve()
    except NoSolution:
        return ()
    if program.objective < 1e-6:
        return ()
    duals = program.duals()
    # Minimised: a minimum that costs has a positive dual, a maximum a negative one.
    return tuple(
        (row, "minimum" if duals[row] > 0 else "maximum") for row in range(1, 1 + len(rules)) if abs(duals[row]) > 1e-9
    )


def _elastic(cells: Cells, rules, costs, *, bounded=True, few=False, fair=False, whole=False) -> Program:
    """Panels whose quotas ``rules`` may move.

    Two columns a rule come after the cells (its minimum down, its maximum up), then with ``few`` one switch a rule.
    ``fair`` keeps everybody a quarter of an even chance.
    """
    many, row_of = len(cells), {label: row for row, label in enumerate(cells.labels)}
    rows = [list(map(list, row)) for row in cells.rows]
    upper = []
    for place, rule in enumerate(rules):
        columns, values = rows[row_of[rule.label]]
        columns.extend([many + 2 * place, many + 2 * place + 1])
        values.extend([1.0, -1.0])
        most = cells.pool.seats if rule.most is None else rule.most
        upper.extend([max(0, rule.minimum - rule.least), max(0, most - rule.maximum)] if bounded else [infinity()] * 2)
    switches = len(rules) if few else 0
    first = many + 2 * len(rules)
    for place in range(switches):
        room = float(upper[2 * place] + upper[2 * place + 1])
        rows.append([[many + 2 * place, many + 2 * place + 1, first + place], [1.0, 1.0, -room]])
    lower_rows, upper_rows = cells.row_bounds
    even = FAIR * cells.pool.seats / max(1, len(cells.pool.people)) if fair else 0.0
    least = np.minimum(even * cells.sizes, cells.caps)
    kinds = [whole] * many + [bounded] * (2 * len(rules)) + [True] * switches
    return Program(
        costs=np.concatenate([np.zeros(many), costs, np.full(switches, TOUCHING)]),
        lower=np.concatenate([least, np.zeros(first - many + switches)]),
        upper=np.concatenate([cells.caps, np.array(upper, dtype=float), np.ones(switches)]),
        matrix=Matrix.of(rows),
        row_lower=np.concatenate([lower_rows, np.full(switches, -infinity())]),
        row_upper=np.concatenate([upper_rows, np.zeros(switches)]),
        whole=kinds if any(kinds) else None,
        maximise=False,
    )


def _relaxation(cells: Cells, rules, *, few: bool = False, fair: bool = False) -> Relaxation | None:
    """One proposal, first with parts of people, then with whole ones if those don't fit."""
    for whole in (False,) if fair else (False, True):
        try:
            values = _elastic(cells, rules, np.ones(2 * len(rules)), few=few, fair=fair, whole=whole).solve()
        except NoSolution:
            return None
        moved = np.rint(values[len(cells) : len(cells) + 2 * len(rules)]).astype(int)
        changes = []
        for place, rule in enumerate(rules):
            down, up = int(moved[2 * place]), int(moved[2 * place + 1])
            if down:
                changes.append(Change(rule.label, "minimum", rule.minimum, rule.minimum - down, rule.protected))
            if up:
                changes.append(Change(rule.label, "maximum", rule.maximum, rule.maximum + up, rule.protected))
        relaxed = Cells(relaxed_pool(cells.pool, changes), cells.cells)  # other bounds, the same rules, the same cells
        if changes and _panel_exists(relaxed):
            return Relaxation(tuple(changes), int(moved.sum()), *first_level(relaxed))
    return None


def relaxed_pool(pool: Pool, changes) -> Pool:
    """The same pool with those bounds."""
    bounds = {(change.label, change.side): change.after for change in changes}

    def moved(rule):
        least, most = ((rule.label, side) for side in ("minimum", "maximum"))
        return replace(rule, minimum=bounds.get(least, rule.minimum), maximum=bounds.get(most, rule.maximum))

    return Pool(pool.people, tuple(map(moved, pool.quotas)), tuple(map(moved, pool.cross_quotas)), pool.seats)


def _panel_exists(cells: Cells) -> bool:
    try:
        Oracle(cells).panel(np.zeros(len(cells)))
    except Infeasible:
        return False
    return True


def _solvable(program: Program) -> bool:
    try:
        program.solve()
    except NoSolution:
        return False
    return True


def _says(more: tuple[Label, int], one: tuple[Label, int]) -> bool:
    """Whether needing ``more`` already tells the need ``one``."""
    return set(more[0]) > set(one[0]) and more[1] >= one[1]


class _Newcomers:
    """A panel completed by people who aren't in the pool yet: how many hold each value, and each crossing."""

    def __init__(self, cells: Cells):
        self.cells = cells
        self.many = len(cells)
        people, features = cells.pool.people, cells.pool.features
        held = Counter((feature, person.values[feature]) for person in people for feature in features)
        asked = {pair for rule in cells.pool.rules for pair in rule.label}
        self.pairs = sorted(asked | set(held))
        self.shares = [held[pair] / max(1, len(people)) for pair in self.pairs]
        self.column: dict[Label, int] = {(pair,): self.many + place for place, pair in enumerate(self.pairs)}
        for cross in cells.pool.cross_quotas:
            self.column[cross.label] = self.many + len(self.column)
        self.total = self.many + len(self.column)

    def program(self, *, whole: bool) -> Program:
        """The fewest newcomers; among as many, those who look most like the people already there."""
        cells, pool = self.cells, self.cells.pool
        rows = [list(map(list, row)) for row in cells.rows]
        lower, upper = map(list, cells.row_bounds)
        for row, label in enumerate(cells.labels):
            rows[row][0].append(self.column[label] if label else self.total)
            rows[row][1].append(1.0)
        for feature in pool.features:
            columns = [self.column[(pair,)] for pair in self.pairs if pair[0] == feature]
            rows.append([[*columns, self.total], [1.0] * len(columns) + [-1.0]])
            lower.append(0.0), upper.append(0.0)
        for cross in pool.cross_quotas:
            parts = [self.column[(pair,)] for pair in cross.label]
            for part in parts:
                rows.append([[self.column[cross.label], part], [1.0, -1.0]])
                lower.append(-infinity()), upper.append(0.0)
            rows.append(
                [[self.column[cross.label], *parts, self.total], [1.0] + [-1.0] * len(parts) + [len(parts) - 1.0]]
            )
            lower.append(0.0), upper.append(infinity())
        new = self.total + 1 - self.many
        tastes = [TINY * (1 - share) for share in self.shares] + [TINY] * (new - 1 - len(self.shares)) + [1.0]
        return Program(
            costs=np.concatenate([np.zeros(self.many), tastes]),
            lower=np.zeros(self.many + new),
            upper=np.concatenate([cells.caps, np.full(new, float(pool.seats))]),
            matrix=Matrix.of(rows),
            row_lower=lower,
            row_upper=upper,
            whole=[False] * self.many + [whole] * new if whole else None,
            maximise=False,
        )

    def needs(self, values: np.ndarray, many: int) -> tuple[tuple[Label, int], ...]:
        """For each value that newcomers hold, how many of them must, whatever the others are."""
        program = self.program(whole=False)
        program.set_bounds(self.total, many, many)
        found = []
        for label, column in sorted(self.column.items()):
            if values[column] < 0.5:
                continue
            costs = np.zeros(self.total + 1)
            costs[column] = 1.0
            program.set_costs(costs)
            least = int(np.ceil(program.solve()[column] - 1e-6))
            if least > 0:
                found.append((label, least))
        told = [one for one in found if not any(one != more and _says(more, one) for more in found)]
        return tuple(sorted(told, key=lambda one: (-one[1], one[0])))

    def people(self, values: np.ndarray) -> list[Person] | None:
        """Newcomers who hold these values in these numbers; None when crossings leave no way to share them out."""
        left = {pair: round(values[self.column[(pair,)]]) for pair in self.pairs}
        made: list[dict[str, str]] = [{} for _one in range(round(values[self.total]))]
        for cross in self.cells.pool.cross_quotas:
            wanted = round(values[self.column[cross.label]])
            for one in made:
                if wanted and all(one.get(feature, value) == value for feature, value in cross.label):
                    for feature, value in cross.label:
                        left[feature, value] -= feature not in one
                        one[feature] = value
                    wanted -= 1
            if wanted:
                return None
        for feature in self.cells.pool.features:
            waiting = [value for (name, value) in self.pairs if name == feature for _one in range(left[name, value])]
            if any(number < 0 for (name, _value), number in left.items() if name == feature):
                return None
            empty = [one for one in made if feature not in one]
            for one, value in zip(empty, waiting, strict=True):
                one[feature] = value
        return [Person(f"\N{PLUS SIGN}{number}", one) for number, one in enumerate(made)]
