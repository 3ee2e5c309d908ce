"""The swap search: in one round after another, the exchange of two blocks that costs least, until nothing is gained.

Pairs of blocks are weighed at once by numpy. With M the times two blocks met in the other rounds and C[a, t] what a
would meet again at table t, exchanging a and b costs C[a, t(b)] + C[b, t(a)] - C[a, t(a)] - C[b, t(b)] - 2 M[a, b].
What may not be (a closed table, somebody to avoid) is a meeting of a price that nothing pays. Gaps of composition have
the same form. An empty chair is a block that meets nobody, so that a size changes by an exchange too.
"""

import random
from dataclasses import dataclass

import numpy as np

WALL = 1e6
# A squared person too many of one value at a table, beside a pair that meets again.
GAP_PRICE = 0.1
# Exchanges of one round at most, and exchanges without a better state after which it is left.
STEPS, QUIET = 150, 15
# Jolts in a row that gain nothing, after which the best is kept.
PATIENCE = 60
# How often a jolt begins by a group that moves, and how many tries a jolt has.
GROUP_JOLTS, TRIES = 0.4, 40


@dataclass
class Problem:
    """Blocks by number: ``met`` times met in rounds held, ``people`` their sizes, ``traits`` counts by value."""

    met: np.ndarray
    people: np.ndarray
    apart: np.ndarray
    traits: np.ndarray
    closed: list[np.ndarray]  # for each round, block × table
    least: np.ndarray  # round × table
    most: np.ndarray


class Search:
    """Rounds that keep every rule, made better by exchanges that keep them too."""

    def __init__(self, problem: Problem, seats: list[list[int]], dice: random.Random):
        self.dice = dice
        blocks = len(problem.people)
        everybody = int(problem.people.sum())
        # Empty chairs, as many as the round with most of them; those a round hasn't stand in a last place.
        wanted = problem.most.sum(1) - everybody
        chairs = int(wanted.max())
        self.tables = problem.most.shape[1] + 1
        self.blocks = blocks + chairs
        self.weight = np.concatenate([problem.people, np.ones(chairs, int)])
        self.chair = np.arange(self.blocks) >= blocks
        self.width = np.pad(problem.most - problem.least, ((0, 0), (0, 1)))
        grow = ((0, chairs), (0, chairs))
        self.met = np.pad(problem.met + problem.apart * WALL, grow)
        self.traits = np.pad(problem.traits, ((0, chairs), (0, 0)))
        self.closed = [np.pad(one * WALL, ((0, chairs), (0, 1)), constant_values=WALL) for one in problem.closed]
        for one in self.closed:
            one[blocks:, :-1] = 0
        shares = problem.traits.sum(0) / max(1, everybody)
        self.fair = [np.pad(np.outer(most, shares), ((0, 1), (0, 0))) for most in problem.most]
        self.seats = []
        for number, one in enumerate(seats):
            free = problem.most[number] - np.bincount(one, problem.people, self.tables - 1).astype(int)
            stand = [t for t in range(self.tables - 1) for _chair in range(free[t])]
            self.seats.append(np.array([*one, *stand, *[self.tables - 1] * (chairs - len(stand))], int))
        self.groups = np.flatnonzero(self.weight > 1).tolist()
        unlike = self.weight[:, None] != self.weight[None, :]
        unlike |= self.chair[:, None] & self.chair[None, :]
        squares = ((self.traits[:, None, :] - self.traits[None, :, :]) ** 2).sum(2)
        self.fixed = unlike * WALL + 2 * GAP_PRICE * squares
        for one in self.seats:
            self.met += self._same(one)

    def run(self, weighings: int) -> list[list[int]]:
        """The best seats seen in so many weighings: down to where no round gains, then a jolt and down again."""
        self.left = weighings
        self._down()
        lowest, best = self._cost(), [one.copy() for one in self.seats]
        patience = PATIENCE
        while self.left > 0 and patience and lowest > 1e-9:
            patience -= 1
            self._exchange(self.dice.randrange(len(self.seats)), jolts=self.dice.randint(1, 6))
            self._down()
            cost = self._cost()
            if cost < lowest - 1e-9:
                patience = PATIENCE
            if cost < lowest + 1e-9:
                lowest, best = cost, [one.copy() for one in self.seats]
            else:
                self._back_to(best)
        return [[int(t) for t, chair in zip(one, self.chair, strict=True) if not chair] for one in best]

    def _down(self) -> None:
        """Exchanges in one round after another, until a whole turn gains nothing."""
        still, number = 0, self.dice.randrange(len(self.seats))
        while still < len(self.seats) and self.left > 0:
            still = 0 if self._exchange(number) > 1e-9 else still + 1
            number = (number + 1) % len(self.seats)

    def _exchange(self, number: int, jolts: int = 0) -> float:
        before = self.seats[number]
        others = self.met - self._same(before)
        self.seats[number], gain = self._round(number, others, jolts)
        self.met = others + self._same(self.seats[number])
        return gain

    def _back_to(self, seats: list[np.ndarray]) -> None:
        for number, seat in enumerate(seats):
            if seat is not self.seats[number] and not np.array_equal(seat, self.seats[number]):
                self.met += self._same(seat) - self._same(self.seats[number])
                self.seats[number] = seat.copy()

    def _cost(self) -> float:
        """Pairs that meet again, m(m − 1)/2 for m times, and gaps of composition at their price."""
        times = np.triu(self.met)
        times = times[times < WALL / 2]
        gaps = sum(
            ((np.eye(self.tables)[seat].T @ self.traits - fair) ** 2).sum()
            for seat, fair in zip(self.seats, self.fair, strict=True)
        )
        return float((times * (times - 1)).sum() / 2 + GAP_PRICE * gaps)

    def _same(self, seat: np.ndarray) -> np.ndarray:
        same = (seat[:, None] == seat[None, :]) * np.outer(self.weight, self.weight).astype(float)
        same[self.chair] = 0
        same[:, self.chair] = 0
        np.fill_diagonal(same, 0)
        return same

    def _round(self, number: int, met: np.ndarray, jolts: int) -> tuple[np.ndarray, float]:
        seat, width = self.seats[number].copy(), self.width[number]
        if jolts and self.groups and self.dice.random() < GROUP_JOLTS:
            seat = self._group_moved(number, met, seat)
        inside = np.eye(self.tables)[seat]
        cost = met @ inside + self.closed[number]
        gaps = inside.T @ self.traits - self.fair[number]
        chairs = np.bincount(seat[self.chair], minlength=self.tables)
        fixed = self.fixed - 2 * met
        rank = np.arange(self.blocks)
        until = np.zeros(self.blocks, int)
        now = lowest = 0.0
        best = seat.copy()
        quiet = 0
        for step in range(STEPS):
            self.left -= 1
            price = cost + 2 * GAP_PRICE * (self.traits @ gaps.T)
            price[self.chair] += WALL * (chairs >= width)
            gathered = price[:, seat]
            own = price[rank, seat]
            delta = gathered + gathered.T - own[:, None] - own[None, :] + fixed
            # A chair has no wall of its own table: being there isn't coming there.
            delta[self.chair] += WALL * (chairs >= width)[seat[self.chair]][:, None]
            delta[:, self.chair] += WALL * (chairs >= width)[seat[self.chair]][None, :]
            delta[seat[:, None] == seat[None, :]] = 2 * WALL
            held = until > step
            if held.any():
                waits = held[:, None] | held[None, :]
                delta[waits & (delta + now >= lowest - 1e-9)] = 2 * WALL
            one, other = self._one_of(delta) if step < jolts else divmod(int(delta.argmin()), self.blocks)
            change = float(delta[one, other])
            if change >= WALL / 2:
                break
            here, there = seat[one], seat[other]
            moved = met[:, other] - met[:, one]
            cost[:, here] += moved
            cost[:, there] -= moved
            shift = self.traits[other] - self.traits[one]
            gaps[here] += shift
            gaps[there] -= shift
            chairs[here] += int(self.chair[other]) - int(self.chair[one])
            chairs[there] += int(self.chair[one]) - int(self.chair[other])
            seat[one], seat[other] = there, here
            until[one] = step + self.dice.randint(4, 12)
            until[other] = step + self.dice.randint(4, 12)
            now += change
            quiet += 1
            if now < lowest - 1e-9 or step < jolts:
                lowest, best, quiet = now, seat.copy(), 0
            if quiet > QUIET:
                break
        return best, -lowest

    def _group_moved(self, number: int, met: np.ndarray, seat: np.ndarray) -> np.ndarray:
        """One group at another table, as many people from there in its place; the same seats when no try may be."""
        for _try in range(TRIES):
            group = self.dice.choice(self.groups)
            table = self.dice.randrange(self.tables - 1)
            singles = np.flatnonzero((seat == table) & (self.weight == 1) & ~self.chair).tolist()
            if table == seat[group] or len(singles) < self.weight[group]:
                continue
            moved = seat.copy()
            moved[self.dice.sample(singles, int(self.weight[group]))] = seat[group]
            moved[group] = table
            cost = met @ np.eye(self.tables)[moved] + self.closed[number]
            if cost[np.arange(self.blocks), moved][~self.chair].max() < WALL / 2:
                return moved
        return seat

    def _one_of(self, delta: np.ndarray) -> tuple[int, int]:
        for _try in range(TRIES):
            one, other = self.dice.randrange(self.blocks), self.dice.randrange(self.blocks)
            if delta[one, other] < WALL / 2:
                break
        return one, other
