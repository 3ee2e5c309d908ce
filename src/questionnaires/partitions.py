"""Partitions of people and of answers whose every cell is large enough: nothing is hidden, so nothing is subtracted.

Categories that are too small are put together; so are answers. What is told is a whole table of cells of at least k
people, and every cell left inside one keeps at least k possible values (``docs/adr/0305``, with its proof).
"""

from collections.abc import Iterable, Mapping, Sequence

# What small categories make together.
OTHERS = "_others"


def folded(
    counts: Mapping[str, int], k: int, people: Mapping[str, int] | None = None, least_people: int = 0
) -> list[tuple[str, ...]]:
    """Categories that stand alone, then what the others make together: a partition, in the order of ``counts``.

    A category stands alone when k of its people are counted and, where how many they are is known (``people``), k of
    them are not. While the others together don't pass the same test, or each is as large as a small one can be, the
    smallest that stands alone joins them, with all its equals. Categories without anybody are left out.
    """
    people = people or {}
    codes = [code for code in {**counts, **people} if counts.get(code) or people.get(code)]

    def enough(group: Sequence[str]) -> bool:
        counted = sum(counts.get(code, 0) for code in group)
        known = [people[code] for code in group if code in people]
        return counted >= k and (not known or (sum(known) - counted >= k and sum(known) >= least_people))

    alone = [code for code in codes if code != OTHERS and enough([code])]
    others = [code for code in codes if code not in alone]
    while others and alone and (not enough(others) or all(counts.get(code, 0) == k - 1 for code in others)):
        smallest = min(counts.get(code, 0) for code in alone)
        others += [code for code in alone if counts.get(code, 0) == smallest]
        alone = [code for code in alone if counts.get(code, 0) > smallest]
    if others and not enough(others):
        return [tuple(codes)]
    return [(code,) for code in alone] + ([tuple(code for code in codes if code in others)] if others else [])


def coarsened(matrix: Sequence[Sequence[int]], k: int, last: int | None = None) -> tuple[list, list] | None:
    """Groups of lines and groups of columns whose every cell reaches k; None when no two of each do.

    Columns are put together with a neighbour, lines in one group of the smallest ones (with the line ``last``, which
    is already one). Of all that hold, what tells the most cells.
    """
    if len(matrix) < 2:
        return None
    order = sorted(range(len(matrix)), key=lambda line: (line == last, -sum(matrix[line]), line))
    best, most = None, 0
    for kept in range(len(order), 0, -1):
        alone, rest = order[:kept], order[kept:]
        if len(rest) == 1 or (rest and last is not None and last not in rest):
            continue
        lines = [[line] for line in sorted(alone, key=lambda line: (line == last, line))] + ([rest] if rest else [])
        columns = joined([summed(matrix, group) for group in lines], k)
        cells = len(lines) * len(columns)
        if len(lines) > 1 and len(columns) > 1 and cells > most:
            best, most = (lines, columns), cells
    return best


def joined(matrix: Sequence[Sequence[int]], k: int) -> list[list[int]]:
    """Columns put together with their neighbours until every cell reaches k; one group when none do."""
    columns = [[column] for column in range(len(matrix[0]))]

    def smallest(group: Sequence[int]) -> int:
        return min(sum(line[column] for column in group) for line in matrix)

    while len(columns) > 1 and min(map(smallest, columns)) < k:
        place = min(range(len(columns)), key=lambda one: smallest(columns[one]))
        beside = [one for one in (place - 1, place + 1) if 0 <= one < len(columns)]
        other = min(beside, key=lambda one: (smallest(columns[one]), one))
        first, second = sorted((place, other))
        columns[first : second + 1] = [columns[first] + columns[second]]
    return columns


def summed(matrix: Sequence[Sequence[int]], lines: Iterable[int]) -> list[int]:
    """The sum of these lines, column by column."""
    return [sum(numbers) for numbers in zip(*(matrix[line] for line in lines), strict=True)]
