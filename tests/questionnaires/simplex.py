"""The bounds of a linear form over what published tables allow, exact: the adversary's arithmetic, in fractions.

Two-phase simplex with Bland's rule (Bland 1977: no cycling) on equalities A·x = b, x ≥ 0. Small on purpose: the product
needs no solver, and the tables attacked by tests have tens of unknowns.
"""

from fractions import Fraction


def bounds(equalities, unknowns: int, form) -> tuple[Fraction, Fraction]:
    """The least and the greatest of ``form`` (unknown → factor) where each equality (factors, total) holds.

    Every total is that of a world that exists: there is always a solution, and each unknown is bounded by some total.
    """
    tableau, basis = _feasible(equalities, unknowns)
    low = _optimum([row[:] for row in tableau], basis[:], unknowns, form, 1)
    high = _optimum([row[:] for row in tableau], basis[:], unknowns, form, -1)
    return low, high


def _feasible(equalities, unknowns: int):
    tableau = []
    for factors, total in equalities:
        row = [Fraction(0)] * (unknowns + 1)
        for place, factor in factors.items():
            row[place] += factor
        row[-1] = Fraction(total)
        if total < 0:
            row = [-one for one in row]
        tableau.append(row)
    size = len(tableau)
    wide = [row[:-1] + [Fraction(place == at) for at in range(size)] + [row[-1]] for place, row in enumerate(tableau)]
    basis = [unknowns + place for place in range(size)]
    cost = [Fraction(0)] * unknowns + [Fraction(1)] * size
    _minimise(wide, basis, cost)
    # What stays of the artificial unknowns is worth nothing: an equality said twice.
    kept, kept_basis = [], []
    for row, own in zip(wide, basis, strict=True):
        if own >= unknowns:
            place = next((at for at in range(unknowns) if row[at]), None)
            if place is None:
                continue
            _pivot(wide, row, place)
            own = place
        kept.append(row)
        kept_basis.append(own)
    return [row[:unknowns] + [row[-1]] for row in kept], kept_basis


def _optimum(tableau, basis, unknowns, form, sign):
    cost = [Fraction(sign * form.get(place, 0)) for place in range(unknowns)]
    _minimise(tableau, basis, cost)
    return sum((form.get(own, 0) * row[-1] for row, own in zip(tableau, basis, strict=True)), Fraction(0))


def _minimise(tableau, basis, cost) -> None:
    while True:
        priced = [(cost[own], row) for row, own in zip(tableau, basis, strict=True) if cost[own]]
        entering = None
        for place in range(len(cost)):
            reduced = cost[place] - sum((price * row[place] for price, row in priced), Fraction(0))
            if reduced < 0:
                entering = place
                break
        if entering is None:
            return
        ratios = [
            (row[-1] / row[entering], basis[at], at) for at, row in enumerate(tableau) if row[entering] > 0
        ]  # fmt: skip
        _ratio, _own, at = min(ratios)
        _pivot(tableau, tableau[at], entering)
        basis[at] = entering


def _pivot(tableau, row, place) -> None:
    factor = row[place]
    row[:] = [one / factor if one else one for one in row]
    for other in tableau:
        if other is not row and other[place]:
            own = other[place]
            other[:] = [one - own * two if two else one for one, two in zip(other, row, strict=True)]
