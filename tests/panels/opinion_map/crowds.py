"""Crowds whose groups are known, for the tests and the bench; and what Pol.is would export of them."""

import random
from collections import Counter
from math import comb

import numpy as np

from panels.opinion_map import Statement, Votes


def crowd(people: int, statements: int, groups: int, *, seen: float = 0.6, noise: float = 0.1, seed: int = 3):
    """Votes and the group of each person: each group has its own side of each statement, kept but for ``noise``."""
    dice = np.random.default_rng(seed)
    sides = dice.choice([-1, 1], size=(groups, statements))
    mine = np.arange(people) % groups
    table = sides[mine]
    table = np.where(dice.random(table.shape) < noise, -table, table)
    table = np.where(dice.random(table.shape) < 0.08, 0, table)
    table = np.where(dice.random(table.shape) < seen, table, 2)
    votes = Votes(
        tuple(str(n) for n in range(people)), tuple(Statement(str(n), f"Énoncé {n}") for n in range(statements)), table
    )
    return votes, mine


def rand_index(one, other) -> float:
    """Adjusted Rand index of two groupings: 1 for the same, 0 for chance."""
    one, other = list(map(int, one)), list(map(int, other))
    both = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    first = sum(comb(count, 2) for count in Counter(one).values())
    second = sum(comb(count, 2) for count in Counter(other).values())
    expected = first * second / comb(len(one), 2)
    most = (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def exported(votes: Votes, seed: int | None = None) -> dict[str, bytes]:
    """The three files of an export, their lines shuffled by ``seed``."""
    agree, disagree = (votes.table == 1).sum(0), (votes.table == -1).sum(0)
    comments = [
        f'{1_000 + n},Wed Jul 27 2022,{one.key},1,{agree[n]},{disagree[n]},{one.moderated},"{one.text or "x"}"'
        for n, one in enumerate(votes.statements)
    ]
    history = [
        f"{5_000 + row},Wed Jul 27 2022,{votes.statements[column].key},{votes.people[row]},{votes.table[row, column]}"
        for row in range(len(votes.people))
        for column in range(len(votes.statements))
        if votes.table[row, column] != 2
    ]
    wide = [
        ",".join(
            map(
                str,
                [
                    person,
                    "",
                    0,
                    (votes.table[row] != 2).sum(),
                    (votes.table[row] == 1).sum(),
                    (votes.table[row] == -1).sum(),
                    *("" if side == 2 else side for side in votes.table[row]),
                ],
            )
        )
        for row, person in enumerate(votes.people)
    ]
    if seed is not None:
        dice = random.Random(seed)
        for lines in (comments, history, wide):
            dice.shuffle(lines)
    keys = ",".join(one.key for one in votes.statements)
    heads = {
        "comments.csv": ("timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body", comments),
        "votes.csv": ("timestamp,datetime,comment-id,voter-id,vote", history),
        "participants-votes.csv": (f"participant,group-id,n-comments,n-votes,n-agree,n-disagree,{keys}", wide),
    }
    return {name: "\n".join([head, *lines, ""]).encode() for name, (head, lines) in heads.items()}
