"""People on a plane: near each other when they vote alike.

What somebody didn't see counts as the mean of those who voted on it, nothing once the mean is taken away. The two
first principal components come from the smaller of the two squares (statements × statements or people × people). Who
voted little would sit near the middle: each point is pushed out by √(statements / votes cast).
"""

import numpy as np

from .votes import UNSEEN

# Vectors sent together, how often between two straightenings, how many straightenings, and what standing still is.
BLOCK, POWERS, TURNS, STILL = 16, 4, 60, 1e-10


def project(table: np.ndarray) -> np.ndarray:
    """A point of the plane for each row of votes; each row has one vote at least. Same rows, same points."""
    cast = table != UNSEEN
    centred = np.where(cast, table, 0).astype(float)
    means = centred.sum(0) / np.maximum(cast.sum(0), 1)
    centred -= means
    centred *= cast
    points = centred @ components(centred).T
    return points * np.sqrt(table.shape[1] / cast.sum(1))[:, None]


def components(centred: np.ndarray) -> np.ndarray:
    """The two directions of most variance, one a row, each with its largest part above zero."""
    people, statements = centred.shape
    directions = np.zeros((2, statements))
    if not centred.any():
        return directions
    if statements <= people:
        _values, vectors = _largest(centred.T @ centred)
        found = vectors.T
    else:
        values, vectors = _largest(centred @ centred.T)
        kept = [rank for rank, value in enumerate(values) if value > 1e-9 * values[0]]
        found = np.array([centred.T @ vectors[:, rank] / np.sqrt(values[rank]) for rank in kept])
    directions[: len(found)] = found
    for one in directions:
        # Parts that are equal but for the last digits are one largest part: the first of them decides.
        sizes = np.abs(one)
        if one[np.flatnonzero(sizes >= sizes.max() * (1 - 1e-6))[0]] < 0:
            one *= -1
    return directions


def _largest(square: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two largest eigenvalues and their vectors, the largest first.

    A block of vectors is sent through the square until the two first stand still; when they don't, LAPACK takes all of
    them apart, which costs much more on a large square.
    """
    wide = min(BLOCK, len(square))
    block = np.cos(np.outer(np.arange(1, len(square) + 1), np.arange(1, wide + 1)) * 0.7)
    for _turn in range(TURNS if len(square) > 3 * BLOCK else 0):
        for _power in range(POWERS):
            block = square @ block
            block /= np.abs(block).max(0)
        block, _triangle = np.linalg.qr(block)
        sent = square @ block
        values, turned = np.linalg.eigh(block.T @ sent)
        block = block @ turned[:, ::-1]
        left = sent @ turned[:, ::-1][:, :2] - block[:, :2] * values[::-1][:2]
        if np.abs(left).max() <= STILL * values[-1]:
            return values[::-1][:2], block[:, :2]
    values, vectors = np.linalg.eigh(square)
    return values[::-1][:2], vectors[:, ::-1][:, :2]
