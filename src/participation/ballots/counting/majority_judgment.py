"""Majority judgment: each vote gives each proposal a grade; the best median grade wins.

M. Balinski and R. Laraki, "A theory of measuring, electing, and ranking", PNAS 104 (21), 2007, p. 8720–8725: the
*majority-grade* is the lower middlemost grade; a tie is settled by the *majority-value*, the sequence of
majority-grades found by taking one away each time. Same authors, *Majority Judgment*, MIT Press, 2010. The
majority-gauge of the same book (how many are above and below the median) is a
shortcut that doesn't always separate two proposals, nor always as the sequence does: it isn't used.

A proposal left without a grade has *To reject*, as in Orsay in 2007 (same authors, "Election by Majority Judgment:
Experimental Evidence", *In Situ and Laboratory Experiments on Electoral Law Reform*, Springer, 2011, chapter 2: its
table counts "no grade" below the median): all proposals are then judged by the same number of votes, which the
majority-value needs. A ballot without any grade is blank, and judges none of them.
"""

from ..enums import Grade, Majority
from .approval import enough
from .seats import filled, ranks, tied_together
from .spec import Spec
from .tally import Tally


def decided(spec: Spec, tally: Tally) -> dict:
    """Ranked by majority-value; only proposals of exactly the same grades stay tied.

    Whatever the places left, a proposal whose median grade is *To reject* isn't retained. A majority of half, or of
    two thirds, is asked of those who give it *Passable* or better.
    """
    values = [majority_value(row) for row in tally.grades]
    ranking = sorted(range(len(values)), key=lambda option: (values[option], option))
    has_majority = [_enough(spec, row, tally.expressed) for row in tally.grades]
    groups = tied_together(ranking, lambda option: values[option])
    passing = tied_together(
        (option for option in ranking if has_majority[option]), lambda option: values[option]
    )  # the same order, without those that lack it
    kept, tied = filled(passing, spec.seats)
    return {
        "ranking": ranking,
        "ranks": ranks(groups),
        "majority_met": has_majority,
        "retained": kept,
        "tied": tied,
        "steps": _steps(tally.grades, values, ranking) if tally.expressed else [],
    }


def majority_value(row: list[int]) -> bytes:
    """The sequence of median grades, taking one away each time, from a number of votes by grade, best first.

    Sorted from the best, the lower median of n grades is number n // 2 from nought; once it is taken away, the next
    one is its neighbour, on one side then on the other: the sequence is read from the middle outwards, without looking
    for a median n times (``tests/ballots/test_counting_judgment.py`` compares with taking away one by one).
    Smaller is better, byte by byte.
    """
    grades = b"".join(bytes([grade]) * number for grade, number in enumerate(row))
    number, middle = len(grades), len(grades) // 2
    found = bytearray(number)
    if number % 2:
        found[0::2], found[1::2] = grades[middle::-1], grades[middle + 1 :]
    else:
        found[0::2], found[1::2] = grades[middle:], grades[:middle][::-1]
    return bytes(found)


def _enough(spec: Spec, row: list[int], expressed: int) -> bool:
    """More than half better than the last grade: the lower median is; or the majority asked, Passable or better."""
    if spec.majority == Majority.MOST:
        return enough(Majority.HALF, expressed - row[Grade.REJECT], expressed)
    return enough(spec.majority, sum(row[: Grade.PASSABLE + 1]), expressed)


def _steps(rows: list[list[int]], values: list[bytes], ranking: list[int]) -> list[dict]:
    """The median of each proposal, then how each tie was separated."""
    steps = []
    for option in ranking:
        row, grade = rows[option], values[option][0]
        above, below = sum(row[:grade]), sum(row[grade + 1 :])
        steps.append(
            {"code": "median", "option": option, "grade": grade, "above": above, "at": row[grade], "below": below}
        )
    for group in tied_together(ranking, lambda option: values[option][0]):
        steps += _separated(group, values)
    return steps


def _separated(group: list[int], values: list[bytes]) -> list[dict]:
    """How those of one median were separated: after so many medians taken from each, these grades differ.

    ``taken`` is how many of each grade were taken away, the same for all of them; ``grades`` are those seen next.
    """
    if len(group) == 1:
        return []
    best, worst = (which(values[option] for option in group) for which in (min, max))
    removed = next((place for place, pair in enumerate(zip(best, worst, strict=True)) if pair[0] != pair[1]), None)
    if removed is None:
        return [{"code": "same", "options": group}]
    taken = [best[:removed].count(grade) for grade in Grade.values]
    seen = [values[option][removed] for option in group]
    steps = [{"code": "removed", "options": group, "removed": removed, "taken": taken, "grades": seen}]
    for part in tied_together(group, lambda option: values[option][removed]):
        steps += _separated(part, values)
    return steps
