"""Figures by axis: each question told by category of the first axis, then by category of the second inside each.

What is told is one tree: everybody, the categories of the first axis, and inside each those of the second; answers are
put together from one level to the next, never apart. Every other table is a sum of its cells. That is what makes the
tables of one questionnaire safe beside each other (``docs/adr/0305``); exact counts are used here, and what is shown
of them is rounded by ``rounded``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import asking, figures
from .partitions import OTHERS, coarsened, joined
from .people_tree import Group, merged, second

STEP = 5
PERCENT = 100


@dataclass(frozen=True)
class Column:
    """Answers told together, by their keys; the key "" is what the table of everybody merged."""

    keys: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass
class Table:
    """One table told: people, answers, exact counts. ``of`` is the category of the first axis it is inside."""

    groups: list[Group]
    columns: list[Column]
    counts: list[list[int]]
    of: Group | None = None
    axis: int = 0
    line: str = ""
    bases: list[int] = field(default_factory=list)


@dataclass
class Breakdown:
    """The tables of one question, the first axis first."""

    tables: list[Table] = field(default_factory=list)

    def first(self, line: str = "") -> Table | None:
        return next((one for one in self.tables if one.axis == 0 and one.line == line), None)

    def inside(self, group: Group, line: str = "") -> Table | None:
        return next((one for one in self.tables if one.of == group and one.line == line), None)


def told(
    everybody: list[figures.Counts],
    by_atom: Mapping[tuple[str, str], list[figures.Counts]],
    content: dict,
    groups: Sequence[Group],
) -> dict[tuple, Breakdown]:
    """The breakdown of each question that may have one, by name; ``content`` is what is told of everybody."""
    if len(groups) < 2:
        return {}
    shown = {(one["key"], max(one["revisions"])): one for one in content["questions"]}
    place = {figures.name_of(one): number for number, one in enumerate(everybody)}
    found: dict[tuple, Breakdown] = {}
    for one in figures.sources_first(everybody):
        name = figures.name_of(one)
        atoms = {atom: counts[place[name]] for atom, counts in by_atom.items()}
        source = _source(one, everybody, found)
        if shown[name]["withheld"] or source is _NONE:
            continue
        if source is None and one.asked != content["answers"]:
            # Asked in some versions alone: how many came in the others would be told by category.
            continue
        breakdown = _broken(one, atoms, shown[name], groups, source)
        if breakdown.tables:
            found[name] = breakdown
    return found


_NONE = object()


def _source(one: figures.Counts, everybody, found):
    """None without a condition; the breakdown it reads with the values it names; ``_NONE`` when it has none."""
    condition = one.question.condition
    if not condition:
        return None
    for other in everybody:
        if other.question.key == condition["question"] and set(other.revisions) >= set(one.revisions):
            known = found.get(figures.name_of(other))
            return (known, frozenset(map(str, condition["values"]))) if known else _NONE
    return _NONE


def _broken(one, atoms, shown, groups, source) -> Breakdown:
    kind = one.question.kind
    if kind in asking.TEXTS:
        return Breakdown()
    if kind == asking.MULTIPLE:
        return _options(one, atoms, shown, groups, source)
    if kind in asking.WITH_ROWS:
        return _lines(one, atoms, shown, groups, source)
    columns = columns_of(shown["tables"][0], one.values)
    return Breakdown(_levels(groups, columns, _reader(atoms, _cell), one.k, source))


def columns_of(table: dict, known: Iterable[str] = ()) -> list[Column]:
    """The cells told of everybody, in their order: what a breakdown may tell apart."""
    columns = [Column((key,), (key,)) for key, _label, number in table["rows"] if number]
    if table["together"]:
        named = {key for key, _label, _number in table["rows"]}
        hidden = {*known, figures.IS_DECLINED, figures.BLANK} - named
        columns.append(Column(("",), tuple(sorted(hidden))))
    return columns


def _cell(counts: figures.Counts, key: str) -> int:
    if key == figures.IS_DECLINED:
        return counts.declined
    return counts.blank if key == figures.BLANK else counts.values[key]


def _reader(atoms, cell):
    """How many of a group gave the answers of a column."""

    def number(group: Group, column: Column) -> int:
        return sum(cell(atoms[atom], key) for atom in group.atoms if atom in atoms for key in column.cells)

    return number


def _levels(groups, columns, number, k, source, line="") -> list[Table]:
    """The table by the first axis, those inside its categories, and the one by the second axis alone."""
    start = _starting(groups, source)
    first = _table(start, columns, number, k)
    if first is None:
        return []
    first.line = line
    return [first, *_inside(first, number, k, source, line)]


def _starting(groups, source) -> list[Group]:
    """The lines to begin with: all categories, or those of the question a condition reads, when its answers fit."""
    if source is None:
        return list(groups)
    known, values = source
    table = known.first() or known.first(next(iter(values)))
    return list(table.groups) if table and _fits(known, table, values) else []


def _fits(known: Breakdown, table: Table, values: frozenset) -> bool:
    """Whether those who were asked are, in each line, the sum of cells already told."""
    if table.line:
        # One of several choices, ticked or not.
        return values == {table.line}
    return all(values.issuperset(column.cells) or values.isdisjoint(column.cells) for column in table.columns)


def _table(groups: Sequence[Group], columns: Sequence[Column], number, k: int) -> Table | None:
    if len(groups) < 2 or len(columns) < 2:
        return None
    matrix = [[number(group, column) for column in columns] for group in groups]
    last = next((place for place, group in enumerate(groups) if group.code == OTHERS), None)
    found = coarsened(matrix, k, last)
    if found is None:
        return None
    lines, parts = found
    return _made([merged([groups[place] for place in line]) for line in lines], _joined(columns, parts), number)


def _made(groups, columns, number, **fields) -> Table:
    counts = [[number(group, column) for column in columns] for group in groups]
    return Table(groups, columns, counts, bases=[sum(line) for line in counts], **fields)


def _joined(columns: Sequence[Column], parts) -> list[Column]:
    return [
        Column(
            tuple(key for place in part for key in columns[place].keys),
            tuple(cell for place in part for cell in columns[place].cells),
        )
        for part in parts
    ]


def _inside(first: Table, number, k: int, source, line: str) -> list[Table]:
    """Inside each category, by the second axis: with the same answers everywhere when they hold, else one by one."""
    crossed = [group for group in first.groups if _parts(group, source)]
    stack = [[number(part, column) for column in first.columns] for group in crossed for part in _parts(group, source)]
    common = joined(stack, k) if stack else []
    if len(common) > 1:
        columns = _joined(first.columns, common)
        tables = [_made(list(_parts(group, source)), columns, number, of=group, axis=1) for group in crossed]
        tables += _second(first, crossed, columns, number, source)
    else:
        tables = []
        for group in crossed:
            table = _table(_parts(group, source), first.columns, number, k)
            if table is not None:
                table.of, table.axis = group, 1
                tables.append(table)
    for table in tables:
        table.line = line
    return tables


def _parts(group: Group, source) -> tuple[Group, ...]:
    if source is None or not group.inside:
        return group.inside
    known, values = source
    table = known.inside(group) or known.inside(group, next(iter(values)))
    return tuple(table.groups) if table and _fits(known, table, values) else ()


def _second(first: Table, crossed, columns, number, source) -> list[Table]:
    """By the second axis alone, where it is a sum of what is told inside: all that isn't goes with the others."""
    seen = [
        Group(group.code, group.codes, group.atoms, _parts(group, source) if group in crossed else ())
        for group in first.groups
    ]
    groups = second(seen)
    return [_made(groups, columns, number, axis=1)] if len(groups) > 1 else []


def _lines(one, atoms, shown, groups, source) -> Breakdown:
    """Lines of a grid: of those who answered it, who are everybody, or told by category."""
    if one.declined or one.blank:
        return Breakdown()
    found = Breakdown()
    labels = {row["label"]: row["key"] for row in one.question.rows}
    for table in shown["tables"]:
        key = labels.get(table["label"])
        if key is None or not table["rows"]:
            continue
        known = [choice["key"] for choice in one.question.choices]
        columns = columns_of(table, known)
        reader = _reader(atoms, lambda counts, cell, row=key: counts.rows[row][cell])
        found.tables += _levels(groups, columns, reader, one.k, source, line=key)
    return found


def _options(one, atoms, shown, groups, source) -> Breakdown:
    """Several choices: all those told of everybody, ticked or not, in each category; or none.

    The bounds on ticks are asked in each line, as for everybody (``figures.tellable``).
    """
    start = _starting(groups, source)
    keys = frozenset(key for key, _label, _number in shown["options"])
    first = _hold(one, atoms, start, keys)
    if len(first) < 2 or not _blanks_are_free(one, atoms, first, keys):
        return Breakdown()
    crossed = {
        group: parts for group in first
        if (parts := _parts(group, source)) and all(_tells(one, atoms, part, keys) for part in parts)
    }  # fmt: skip
    leaves = [leaf for group in first for leaf in crossed.get(group, (group,))]
    if not _blanks_are_free(one, atoms, leaves, keys):
        crossed = {}
    seen = [Group(group.code, group.codes, group.atoms, crossed.get(group, ())) for group in first]
    alone = second(seen)
    found = Breakdown()
    for key in (choice["key"] for choice in one.question.choices if choice["key"] in keys):
        number = _reader(atoms, _ticked(key))
        columns = [Column((key,), (key,)), Column((NOT_TICKED,), (NOT_TICKED,))]
        found.tables.append(_made(first, columns, number, line=key))
        found.tables += [
            _made(list(parts), columns, number, of=group, axis=1, line=key) for group, parts in crossed.items()
        ]
        if len(alone) > 1:
            found.tables.append(_made(alone, columns, number, axis=1, line=key))
    return found


def _blanks_are_free(one, atoms, groups: Sequence[Group], keys: frozenset) -> bool:
    """Whether how many left the question out keeps k possible values in each line, whatever the bounds on ticks.

    Who ticked nothing isn't told by line, and the ticks told bound it: so many people ticked at least, so many at
    most. Each line is then free when these bounds are, alone and added up against the number of everybody.
    """
    left_out = one.declined + one.blank
    if not left_out:
        return True
    spec, number = one.question.spec, len(one.question.choices)
    bounds = []
    for group in groups:
        own = [atoms[atom] for atom in group.atoms if atom in atoms]
        asked = sum(counts.asked for counts in own)
        ticked = [sum(counts.values[key] for counts in own) for key in keys]
        fewest = max(*ticked, 0, -(-sum(ticked) // (spec.most or number)))
        most = asked if len(keys) < number else min(asked, sum(ticked) // (spec.least or 1))
        bounds.append((asked - most, asked - fewest))
    low, high = sum(least for least, _most in bounds), sum(most for _least, most in bounds)
    free = [most - least for least, most in bounds]
    return (
        min(free) >= one.k
        and high - left_out >= one.k
        and left_out - low >= one.k
        and all(sum(free) - own >= one.k for own in free)
    )


NOT_TICKED = "_not"


def _ticked(option: str):
    def cell(counts: figures.Counts, key: str) -> int:
        ticked = counts.values[option]
        return counts.asked - ticked if key == NOT_TICKED else ticked

    return cell


def _hold(one, atoms, groups: Sequence[Group], keys: frozenset) -> list[Group]:
    """The categories in which all these choices are told; those where they aren't go with the others."""
    holding = [group for group in groups if group.code != OTHERS and _tells(one, atoms, group, keys)]
    rest = [group for group in groups if group not in holding]
    holding.sort(key=lambda group: -_asked(atoms, group))
    while rest and holding and not _tells(one, atoms, merged(rest), keys):
        rest.append(holding.pop())
    if rest and not _tells(one, atoms, merged(rest), keys):
        return []
    order = {group: place for place, group in enumerate(groups)}
    return sorted(holding, key=order.get) + ([merged(rest)] if rest else [])


def _asked(atoms, group: Group) -> int:
    return sum(atoms[atom].asked for atom in group.atoms if atom in atoms)


def _tells(one, atoms, group: Group, keys: frozenset) -> bool:
    own = [atoms[atom] for atom in group.atoms if atom in atoms]
    given = sum(counts.given for counts in own)
    ticked = {choice["key"]: sum(counts.values[choice["key"]] for counts in own) for choice in one.question.choices}
    spec = one.question.spec
    least, most = (spec.least or 1) * given, (spec.most or len(ticked)) * given
    return bool(keys) and keys <= figures.tellable(ticked, given, one.k, least=least, most=most)


# What is shown


def rounded(number: int, k: int) -> int:
    """A count as it is shown in a breakdown: to the nearest five, and never under k."""
    return max(k, STEP * round(number / STEP)) if number else 0


def written(breakdown: Breakdown, question, shown: dict, k: int) -> list[dict]:
    """The tables of a question as they are released: counts rounded to five, shares to one point."""
    words = {key: label for table in shown["tables"] for key, label, _number in table["rows"]}
    words |= {key: label for key, label, _number in shown["options"]}
    lines = {row["key"]: row["label"] for row in question.rows} | words
    return [
        {
            "axis": table.axis,
            "of": _names(table.of) if table.of else None,
            "line": table.line,
            "line_label": lines.get(table.line, "") if table.line else "",
            "columns": [[[key, words.get(key, "")] for key in column.keys] for column in table.columns],
            "rows": [
                _names(group)
                | {
                    "base": rounded(base, k),
                    "counts": [rounded(number, k) for number in numbers],
                    "shares": [round(PERCENT * number / base) for number in numbers],
                }
                for group, numbers, base in zip(table.groups, table.counts, table.bases, strict=True)
            ],
        }
        for table in breakdown.tables
    ]


def _names(group: Group) -> dict:
    return {"code": group.code, "codes": list(group.codes) if group.code == OTHERS else []}
