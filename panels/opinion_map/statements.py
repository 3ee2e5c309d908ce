"""What is a group's own, and what every group shares: the figures of Pol.is, from counts alone."""

from dataclasses import dataclass

import numpy as np

from .votes import AGREE, DISAGREE, UNSEEN

SURE = 1.2816  # One-sided, nine times in ten.


@dataclass(frozen=True)
class Own:
    """A statement by which one group differs: how it voted, and the tests that chose it."""

    statement: int
    side: int
    agree: int
    disagree: int
    votes: int
    share: float
    ratio: float
    test: float
    difference: float

    @property
    def score(self) -> float:
        """The two-proportion z, times how many times likelier the side is here than elsewhere."""
        return self.difference * self.ratio


@dataclass(frozen=True)
class Shared:
    """A statement on which most people of each group are on one side; ``score`` is the product of their shares."""

    statement: int
    agree: int
    disagree: int
    votes: int
    score: float


@dataclass(frozen=True)
class Counts:
    """By group and statement: who agrees, who disagrees, who voted."""

    agree: np.ndarray
    disagree: np.ndarray
    votes: np.ndarray

    @classmethod
    def of(cls, table: np.ndarray, mine: np.ndarray, groups: int) -> "Counts":
        parts = [table[mine == one] for one in range(groups)]
        sides = [(part == AGREE, part == DISAGREE, part != UNSEEN) for part in parts]
        return cls(*(np.array([np.count_nonzero(one, 0) for one in side]) for side in zip(*sides, strict=True)))

    def told(self, least: int) -> np.ndarray:
        """Statements on which each group cast so many votes: of the others no figure is given at all."""
        return (self.votes >= least).all(0)

    def side(self, side: int) -> np.ndarray:
        """Votes of one side."""
        return self.agree if side == AGREE else self.disagree


def likely(successes: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """A share from few votes, as if one more had been cast on each side: (A + 1) / (N + 2)."""
    return (successes + 1) / (votes + 2)


def own_statements(counts: Counts, group: int, told: np.ndarray, most: int) -> list[Own]:
    """The statements that are most a group's own, the strongest first: each passes both tests nine times in ten."""
    votes = counts.votes[group]
    others = counts.votes.sum(0) - votes
    found = []
    for side in (AGREE, DISAGREE):
        here = counts.side(side)[group]
        there = counts.side(side).sum(0) - here
        share = likely(here, votes)
        ratio = share / likely(there, others)
        test = 2 * np.sqrt(votes + 1) * ((here + 1) / (votes + 1) - 0.5)
        difference = two_proportions(here, votes, there, others)
        for one in np.flatnonzero(told & (test > SURE) & (difference > SURE)):
            found.append(
                Own(
                    int(one),
                    side,
                    int(counts.agree[group, one]),
                    int(counts.disagree[group, one]),
                    int(votes[one]),
                    float(share[one]),
                    float(ratio[one]),
                    float(test[one]),
                    float(difference[one]),
                )
            )
    return sorted(found, key=lambda own: (-round(own.score, 9), own.statement))[:most]


def two_proportions(here: np.ndarray, votes: np.ndarray, there: np.ndarray, others: np.ndarray) -> np.ndarray:
    """z of the difference between two shares, one added to each count so that none is empty."""
    here, votes, there, others = here + 1, votes + 1, there + 1, others + 1
    together = (here + there) / (votes + others)
    spread = np.sqrt(together * (1 - together) * (1 / votes + 1 / others))
    # One added to the votes of a side and to all votes: a side that everybody took on both sides has no spread.
    return np.where(spread > 0, (here / votes - there / others) / np.where(spread > 0, spread, 1), 0)


def shared_statements(counts: Counts, side: int, told: np.ndarray, most: int) -> list[Shared]:
    """Group-informed consensus: product over groups of (A + 1) / (N + 2), where most of each are on that side."""
    shares = likely(counts.side(side), counts.votes)
    scores = shares.prod(0)
    found = [
        Shared(
            int(one),
            int(counts.agree[:, one].sum()),
            int(counts.disagree[:, one].sum()),
            int(counts.votes[:, one].sum()),
            float(scores[one]),
        )
        for one in np.flatnonzero(told & (shares > 0.5).all(0))
    ]
    return sorted(found, key=lambda shared: (-round(shared.score, 12), shared.statement))[:most]
