"""The map of one set of votes, and what is never told: groups of few voters, a group or a statement under ten."""

from dataclasses import dataclass

import numpy as np

from .grouping import distances, k_means, silhouette
from .projection import project
from .statements import Counts, Own, Shared, own_statements, shared_statements
from .votes import AGREE, DISAGREE, MODERATED_OUT, UNSEEN, Votes

FEWEST_VOTES, FEWEST_VOTERS, SMALLEST = 7, 30, 10
FEWEST_GROUPS, MOST_GROUPS = 2, 5
MOST_OWN, MOST_SHARED = 5, 10
FORMAT = "terrain-statement-map/1"


@dataclass(frozen=True, eq=False)
class Group:
    """Some ten people or more who vote alike, and the statements that are their own."""

    people: int
    own: tuple[Own, ...]


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """What may be shown of a set of votes. ``why`` tells why there are no groups: ``few_voters`` or ``no_groups``."""

    votes: Votes
    used: tuple[int, ...]
    mapped: tuple[int, ...]
    few_votes: int
    hidden: int
    asked: int | None
    silhouettes: dict[int, float]
    why: str
    groups: tuple[Group, ...]
    agreed: tuple[Shared, ...]
    refused: tuple[Shared, ...]
    points: np.ndarray
    members: np.ndarray

    def record(self, *, points: bool = False) -> dict:
        """What is written: counts, groups, statements; with ``points``, where people are, without who they are."""
        table = self.votes.table
        told = {
            "format": FORMAT,
            "statements": {
                "all": len(self.votes.statements),
                "moderated_out": len(self.votes.statements) - len(self.used),
                "used": len(self.used),
                "under_ten_votes_of_a_group": self.hidden,
            },
            "participants": {
                "all": len(self.votes.people),
                "under_seven_votes": self.few_votes,
                "mapped": len(self.mapped),
            },
            "votes": {
                "all": int((table != UNSEEN).sum()),
                "used": int((table[np.ix_(self.mapped, self.used)] != UNSEEN).sum()),
            },
            "groups_asked": self.asked,
            "k": len(self.groups),
            "no_groups_because": self.why or None,
            "silhouettes": {str(k): round(score, 4) for k, score in self.silhouettes.items()},
            "groups": [
                {"group": rank, "people": group.people, "statements": [self._own(one) for one in group.own]}
                for rank, group in enumerate(self.groups, 1)
            ],
            "consensus": {
                "agree": [self._shared(one) for one in self.agreed],
                "disagree": [self._shared(one) for one in self.refused],
            },
        }
        if points and self.groups:
            # In the order of their places: nothing tells which line of votes a point is.
            told["points"] = sorted(
                [int(group) + 1, round(float(x), 3), round(float(y), 3)]
                for group, (x, y) in zip(self.members, self.points, strict=True)
            )
        return told

    def _own(self, one: Own) -> dict:
        return self._statement(one.statement) | {
            "side": "agree" if one.side == AGREE else "disagree",
            "agree": one.agree,
            "disagree": one.disagree,
            "votes": one.votes,
            "share": round(one.share, 4),
            "times_others": round(one.ratio, 4),
            "z": round(one.test, 4),
            "z_of_difference": round(one.difference, 4),
            "score": round(one.score, 4),
        }

    def _shared(self, one: Shared) -> dict:
        counts = {"agree": one.agree, "disagree": one.disagree, "votes": one.votes, "score": round(one.score, 4)}
        return self._statement(one.statement) | counts

    def _statement(self, rank: int) -> dict:
        statement = self.votes.statements[self.used[rank]]
        return {"statement": statement.key, "text": statement.text}


def opinion_map(votes: Votes, groups: int | None = None) -> OpinionMap:
    """The map of votes, in ``groups`` groups or in as many as the silhouette finds, from two to five.

    Left out: statements moderated out, then people with under seven votes on the others (or under as many as there are
    statements). Fewer groups than asked when one would be under ten people. Raises ValueError for a number of groups
    that isn't between two and five.
    """
    if groups is not None and not FEWEST_GROUPS <= groups <= MOST_GROUPS:
        raise ValueError("two groups at least, five at most")
    used = [rank for rank, one in enumerate(votes.statements) if one.moderated != MODERATED_OUT]
    cast = (votes.table[:, used] != UNSEEN).sum(1)
    enough = np.flatnonzero((cast >= min(FEWEST_VOTES, len(used))) & (cast > 0))
    table = votes.table[np.ix_(enough, used)]
    points, mine, silhouettes, why = np.zeros((len(enough), 2)), np.zeros(len(enough), int), {}, "few_voters"
    if len(enough) >= FEWEST_VOTERS:
        points = project(table)
        mine, silhouettes = _grouped(points, groups)
        why = "" if mine.any() else "no_groups"
    number = int(mine.max()) + 1 if len(mine) else 0
    counts = Counts.of(table, mine, max(1, number))
    told = counts.told(SMALLEST)
    return OpinionMap(
        votes=votes,
        used=tuple(used),
        mapped=tuple(map(int, enough)),
        few_votes=len(votes.people) - len(enough),
        hidden=int((~told).sum()),
        asked=groups,
        silhouettes=silhouettes,
        why=why,
        groups=()
        if why
        else tuple(
            Group(int((mine == one).sum()), tuple(own_statements(counts, one, told, MOST_OWN)))
            for one in range(number)
        ),
        agreed=tuple(shared_statements(counts, AGREE, told, MOST_SHARED)),
        refused=tuple(shared_statements(counts, DISAGREE, told, MOST_SHARED)),
        points=points,
        members=mine,
    )


def _grouped(points: np.ndarray, asked: int | None) -> tuple[np.ndarray, dict[int, float]]:
    """The group of each point, the largest first; one group alone when no split leaves ten people in each."""
    most = min(asked or MOST_GROUPS, len(points) // SMALLEST, len(set(map(tuple, points.round(9).tolist()))))
    between = distances(points)
    best, chosen, silhouettes = -np.inf, np.zeros(len(points), int), {}
    for number in range(most, FEWEST_GROUPS - 1, -1):
        mine = k_means(points, number)
        if np.bincount(mine, minlength=number).min() < SMALLEST:
            continue
        silhouettes[number] = silhouette(between, mine)
        # From many groups to few: on a par, the fewest.
        if silhouettes[number] >= best - 1e-9:
            best, chosen = silhouettes[number], mine
        if asked:
            break
    return _in_order(points, chosen), dict(sorted(silhouettes.items()))


def _in_order(points: np.ndarray, mine: np.ndarray) -> np.ndarray:
    groups = range(int(mine.max()) + 1)
    place = {one: (-int((mine == one).sum()), *points[mine == one].mean(0).round(9)) for one in groups}
    rank = {one: number for number, one in enumerate(sorted(groups, key=place.get))}
    return np.array([rank[int(one)] for one in mine])
