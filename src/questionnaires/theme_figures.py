"""Which counts of themes may be told together, so that no sum and no difference gives a small one. Without Django.

A reader guesses from their words that a theme is inside another, that two exclude each other, or that several cover
everything. So whatever a reader could add and subtract among what is told (themes and the number of texts read) is
tried: where the result is how many texts some combination holds, and that is under k, the smallest theme told goes.
"""

from collections.abc import Mapping
from itertools import combinations, product

MOST_STEPS = 40_000


class TooManyWays(Exception):
    """There are more combinations than can be tried: what can't be checked isn't told."""


def tellable(sets: Mapping[str, frozenset], base: frozenset, k: int) -> frozenset[str]:
    """The themes whose count may be told, beside the number of texts read.

    A theme is told from k texts up, and when at least k texts don't have it. Equal counts go together: a choice
    between them would tell which was the one.
    """
    told = {name for name, texts in sets.items() if k <= len(texts & base) <= len(base) - k}
    kept = {name: sets[name] & base for name in told}
    while told and _leaks({name: kept[name] for name in told}, base, k):
        smallest = min(len(kept[name]) for name in told)
        told = {name for name in told if len(kept[name]) > smallest}
    return frozenset(told)


def _leaks(sets: Mapping[str, frozenset], base: frozenset, k: int) -> bool:
    try:
        return _by_few(sets, base, k) or _by_parts(sets, base, k)
    except TooManyWays:
        return True


def _by_few(sets: Mapping[str, frozenset], base: frozenset, k: int) -> bool:
    """Three themes at most and the whole, each added or taken away: the sizes first, they are cheap."""
    names = sorted(sets)
    sizes = {name: len(sets[name]) for name in names}
    for many in (1, 2, 3):
        for some in combinations(names, many):
            for signs in product((1, -1), repeat=many):
                total = sum(sign * sizes[name] for sign, name in zip(signs, some, strict=True))
                for whole in (-1, 0, 1):
                    if 0 < total + whole * len(base) < k and _holds(
                        base, whole, [(sign, sets[name]) for sign, name in zip(signs, some, strict=True)]
                    ):
                        return True
    return False


def _holds(base: frozenset, whole: int, signed: list[tuple[int, frozenset]]) -> bool:
    """Whether the sum is a count of texts: each is in it once, or not at all."""
    return all(whole + sum(sign for sign, texts in signed if text in texts) in (0, 1) for text in base)


def _by_parts(sets: Mapping[str, frozenset], base: frozenset, k: int) -> bool:
    """What is left of a whole, or of a theme, when themes inside it that exclude each other are taken away."""
    for parent in (base, *sets.values()):
        inside = sorted((texts for texts in sets.values() if texts < parent), key=len, reverse=True)
        if _left(parent, inside, k):
            return True
    return False


def _left(parent: frozenset, inside: list[frozenset], k: int) -> bool:
    after = [0] * (len(inside) + 1)
    for place in range(len(inside) - 1, -1, -1):
        after[place] = after[place + 1] + len(inside[place])
    steps = 0
    waiting = [(0, parent)]
    while waiting:
        steps += 1
        if steps > MOST_STEPS:
            raise TooManyWays
        place, left = waiting.pop()
        if 0 < len(left) < k and len(left) < len(parent):
            return True
        if place == len(inside) or len(left) - after[place] >= k:
            continue
        waiting.append((place + 1, left))
        if inside[place] <= left:
            waiting.append((place + 1, left - inside[place]))
    return False
