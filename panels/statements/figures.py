"""The figures of a round, and what is never among them: fewer than eleven votes, groups of few people, who is where.

Nothing here knows the database: people come as keys that are thrown away.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from .enums import Choice

FORMAT = "terrain-panel-map/1"
MOST_DIVIDED = 10


def figures_of(numbers: Sequence[int], cast: Mapping[tuple[int, int], int], *, k: int = 11) -> dict:
    """What may be told of ``{(person, number of a statement): choice}``; statements set aside aren't in ``numbers``.

    A statement's counts are told from ``k`` votes up.
    With groups, every count is of the people the map placed, so that no subtraction gives back the others. A
    statement on which one group cast few votes is told without its groups' figures.
    """
    from ..opinion_map import Statement, Votes, opinion_map  # numpy loads where a map is made

    kept = set(numbers)
    cast = {key: choice for key, choice in cast.items() if key[1] in kept}
    votes = Votes.of([Statement(str(one)) for one in numbers], {(str(p), str(n)): c for (p, n), c in cast.items()})
    found = opinion_map(votes)
    group_of = {}
    if found.groups:
        group_of = {int(votes.people[row]): int(one) for row, one in zip(found.mapped, found.members, strict=True)}
        cast = {key: choice for key, choice in cast.items() if key[0] in group_of}
    totals, by_group = _counts(cast, group_of, len(found.groups))
    told = [one for one in sorted(numbers) if sum(totals[one].values()) >= k]
    agreed, refused = _shared(found, told, totals)
    divided = _divided(told, totals, {*agreed, *refused})
    return {
        "format": FORMAT,
        "voters": len(votes.people),
        "placed": len(group_of),
        "votes": sum(sum(totals[one].values()) for one in told),
        "why_no_groups": found.why,
        "groups": [
            {"people": one.people, "own": [[_number(found, own), own.side] for own in one.own]} for one in found.groups
        ],
        "statements": [
            {"number": one, **_row(totals[one]), "groups": _rows(by_group.get(one), len(found.groups))}
            for one in told
        ],
        "hidden": [one for one in sorted(numbers) if one not in set(told)],
        "agreed": agreed,
        "refused": refused,
        "divided": divided,
    }  # fmt: skip


def _counts(cast, group_of, groups: int):
    totals: dict[int, Counter] = {}
    by_group: dict[int, list[Counter]] = {}
    for (person, number), choice in cast.items():
        totals.setdefault(number, Counter())[choice] += 1
        if groups:
            by_group.setdefault(number, [Counter() for _one in range(groups)])[group_of[person]][choice] += 1
    return _Totals(totals), by_group


class _Totals(dict):
    """Counts by statement; nothing where nobody voted."""

    def __missing__(self, key):
        return Counter()


def _row(counts: Counter) -> dict:
    return {"agree": counts[Choice.AGREE], "pass": counts[Choice.PASS], "disagree": counts[Choice.DISAGREE]}


def _rows(groups, number: int) -> list | None:
    """Counts of each group, where each cast ten votes or more; nothing otherwise."""
    from ..opinion_map.mapping import SMALLEST

    if not number or not groups or min(sum(one.values()) for one in groups) < SMALLEST:
        return None
    return [_row(one) for one in groups]


def _number(found, one) -> int:
    return int(found.votes.statements[found.used[one.statement]].key)


def _shared(found, told, totals) -> tuple[list[int], list[int]]:
    """With groups, what most of each agree on; without, two thirds of all votes on one side. The strongest first."""
    if found.groups:
        return tuple(
            [number for one in side if (number := _number(found, one)) in told]
            for side in (found.agreed, found.refused)
        )
    sides = []
    for choice in (Choice.AGREE, Choice.DISAGREE):
        shares = {one: totals[one][choice] / sum(totals[one].values()) for one in told}
        sides.append(sorted((one for one in told if shares[one] * 3 >= 2), key=lambda one: (-shares[one], one)))
    return tuple(sides)


def _divided(told, totals, shared) -> list[int]:
    """Where the smaller side is one vote in four or more, the most even first."""

    def smaller(one):
        counts = totals[one]
        return min(counts[Choice.AGREE], counts[Choice.DISAGREE]) / sum(counts.values())

    found = [one for one in told if one not in shared and smaller(one) * 4 >= 1]
    return sorted(found, key=lambda one: (-smaller(one), one))[:MOST_DIVIDED]
