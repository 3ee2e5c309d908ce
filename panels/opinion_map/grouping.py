"""Groups of points: k-means begun many times from one fixed seed, and how many groups by the silhouette."""

import random

import numpy as np

STARTS, TURNS = 10, 60
SAMPLE = 1_000
SEED = 20_260


def k_means(points: np.ndarray, groups: int) -> np.ndarray:
    """The group of each point, from the best of ``STARTS`` beginnings, tried on a sample when points are many."""
    dice = random.Random(SEED)  # noqa: S311 - the same groups each time, not a secret
    few = _sample(points)
    best, least = None, np.inf
    for _start in range(STARTS):
        centres, _mine, spread = _settled(few, _begin(few, groups, dice))
        if spread < least * (1 - 1e-9) or best is None:
            best, least = centres, spread
    return _settled(points, best)[1]


def distances(points: np.ndarray) -> np.ndarray:
    """From each point to each other, of the sample that ``silhouette`` reads."""
    few = _sample(points)
    return np.sqrt(_squares(few, few))


def silhouette(between: np.ndarray, mine: np.ndarray) -> float:
    """How much nearer people are to their group than to the next: mean of (b - a) / max(a, b), from -1 to 1.

    Above ``SAMPLE`` points, as many of them at equal steps stand for all.
    """
    mine = _sample(mine)
    everybody = np.arange(len(mine))
    groups = int(mine.max()) + 1
    inside = np.eye(groups)[mine]
    sizes = inside.sum(0)
    sums = between @ inside
    own = sums[everybody, mine] / np.maximum(sizes[mine] - 1, 1)
    means = np.where(sizes, sums / np.maximum(sizes, 1), np.inf)
    means[everybody, mine] = np.inf
    other = means.min(1)
    widest = np.maximum(own, other)
    known = (sizes[mine] > 1) & (widest > 0) & np.isfinite(other)
    return float(np.where(known, (other - own) / np.where(known, widest, 1), 0).mean())


def _sample(values: np.ndarray) -> np.ndarray:
    if len(values) <= SAMPLE:
        return values
    return values[np.linspace(0, len(values) - 1, SAMPLE).astype(int)]


def _settled(points: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Centres moved to the mean of their points until nobody changes group; whose group, and the sum of squares."""
    groups, centres, mine = len(centres), centres.copy(), None
    for _turn in range(TURNS):
        away = _squares(points, centres)
        before, mine = mine, away.argmin(1)
        if before is not None and np.array_equal(before, mine):
            break
        sizes = np.bincount(mine, minlength=groups)
        for axis in range(points.shape[1]):
            sums = np.bincount(mine, points[:, axis], groups)
            centres[:, axis] = np.where(sizes, sums / np.maximum(sizes, 1), centres[:, axis])
    return centres, mine, float(away[np.arange(len(points)), mine].sum())


def _begin(points: np.ndarray, groups: int, dice: random.Random) -> np.ndarray:
    """Points drawn one after another, by the square of how far they are from those already drawn."""
    centres = [points[dice.randrange(len(points))]]
    while len(centres) < groups:
        away = np.cumsum(_squares(points, np.array(centres)).min(1))
        drawn = dice.random() * away[-1]
        centres.append(points[min(int(np.searchsorted(away, drawn, side="right")), len(points) - 1)])
    return np.array(centres)


def _squares(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    across = points[:, 0, None] - centres[None, :, 0]
    along = points[:, 1, None] - centres[None, :, 1]
    return across * across + along * along
