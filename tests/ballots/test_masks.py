"""What is told of the figures, attacked by somebody who knows the rule and tries every world that tells the same."""

import json
from collections import defaultdict
from itertools import product

import pytest

from src.participation.ballots import masks, publication, rules
from src.participation.ballots.counting import Tally
from src.participation.ballots.enums import Grade, Method

from .counting_stand_ins import ballot_of, counted_ballot, steps_of, tally_of
from .counting_stand_ins import rules as made_of

YES_NO = made_of(Method.YES_NO, ("yes", "no"))


def result(spec, web, paper=(), **fields) -> dict:
    return counted_ballot(spec, tally_of(spec, web), tally_of(spec, paper), **fields).result


def test_fewer_than_eleven_votes_tell_nothing_but_the_turnout():
    told = result(YES_NO, [([1], 6), ([0], 4)], electors=300)

    assert told == {
        "electors": 300, "voted": 10, "voted_on_paper": None, "ballots": 10, "files": {}, "hidden": "few",
    }  # fmt: skip
    assert "outcome" in result(YES_NO, [([1], 6), ([0], 5)])


@pytest.mark.parametrize("vote", [[], None])
def test_nearly_all_blank_or_void_tells_nothing(vote):
    assert result(YES_NO, [(vote, 19), [1]])["hidden"] == "alike"
    assert "hidden" not in result(YES_NO, [(vote, 18), [1], [0]])


@pytest.mark.parametrize(("yes", "no", "masked"), [(30, 0, True), (28, 2, True), (27, 3, False), (2, 28, True)])
def test_yes_above_nine_in_ten_is_told_without_its_count(yes, no, masked):
    told = result(YES_NO, [([1], yes), ([0], no)])

    assert told["total"]["counts"] == ([None, None] if masked else [yes, no])
    assert told["total"].get("over_90") == ([0 if yes > no else 1] if masked else None)
    assert told["outcome"]["retained"] == [0 if yes > no else 1]


def test_a_masked_count_does_not_come_back_from_those_told():
    """One choice each: the others would give it back. Several each, but the others are too few: they would as well."""
    one = made_of(Method.APPROVAL, "abc")
    several = made_of(Method.APPROVAL, "abc", most_choices=2)

    assert result(one, [([0], 28), [1], [2]])["total"]["counts"] == [None] * 3
    assert result(several, [([0], 28), [0, 1]])["total"]["counts"] == [None] * 3
    # Enough chose others for the masked one to be anywhere above.
    assert result(several, [([0, 1], 15), ([0], 14), [1]])["total"]["counts"] == [None, 16, 0]


def test_a_grade_that_nearly_all_give_is_named_without_its_counts():
    spec = made_of(Method.GRADES, "abc")

    told = result(spec, [([0, 1, 2], 10), ([0, 2, 5], 10), ([0, 3, 6], 9), [1, 3, 6]])

    assert told["total"]["over_90"] == [[0, Grade.EXCELLENT]]
    assert told["total"]["grades"][0] is None
    assert told["total"]["grades"][1] == [0, 10, 10, 10, 0, 0, 0]
    medians = {step["option"]: step for step in steps_of(told["outcome"], "median")}
    assert medians[0] == {"code": "median", "option": 0, "grade": Grade.EXCELLENT}
    assert medians[1]["above"] == 10


def test_a_tie_with_a_masked_proposal_is_separated_without_numbers():
    spec = made_of(Method.GRADES, "ab")

    told = result(spec, [([0, 0], 18), ([0, 1], 11), [1, 1]])

    (step,) = steps_of(told["outcome"], "removed")
    assert step == {"code": "removed", "options": [0, 1], "grades": [0, 1]}


def test_exact_sets_are_told_when_each_is_of_five_votes():
    spec = made_of(Method.EQUAL_SHARES, "abc", costs=(10, 20, 30), budget=40)

    told = result(spec, [([0, 1], 5), ([1, 2], 6), ([2], 7)])["total"]
    rare = result(spec, [([0, 1], 4), ([1, 2], 6), ([2], 7)])

    assert told["sets"] == [[[0, 1], 5], [[1, 2], 6], [[2], 7]]
    assert "sets" not in rare["total"] and rare["total"]["sets_hidden"] == "rare"
    assert rare["total"]["counts"] == [4, 10, 13]
    for step in steps_of(rare["outcome"], "bought"):
        assert {"price", "payers", "effective_votes"}.isdisjoint(step)
        assert step["price_cents"]


def test_a_project_that_nearly_all_chose_hides_the_sets_and_its_price():
    spec = made_of(Method.EQUAL_SHARES, "abc", costs=(10, 20, 30), budget=40)

    told = result(spec, [([0, 1], 10), ([0, 2], 9)])

    assert told["total"]["sets_hidden"] == "over_90"
    assert told["total"]["counts"] == [None, 10, 9]
    bought = {step["option"]: step for step in steps_of(told["outcome"], "bought")}
    assert set(bought[0]) == {"code", "option", "cost"}


def test_channels_are_apart_when_neither_is_few_nor_of_one_mind():
    web, paper = [([1], 20), ([0], 9), []], [([1], 8), ([0], 4)]

    told = result(YES_NO, web, paper)
    assert told["web"] == {"ballots": 30, "blank": 1, "void": 0, "counts": [20, 9]}
    assert told["paper"] == {"ballots": 12, "blank": 0, "void": 0, "counts": [8, 4]}
    assert told["voted_on_paper"] == 12

    assert "web" not in result(YES_NO, web, [([1], 6), ([0], 4)])
    assert "web" not in result(YES_NO, web, [([1], 14)])
    assert "web" not in result(YES_NO, web, [([1], 11), ([0], 1)])
    assert result(YES_NO, web, [([1], 14)])["voted_on_paper"] == 14
    assert result(YES_NO, web, [([1], 10)])["voted_on_paper"] is None
    assert result(YES_NO, web)["voted_on_paper"] is None


def test_no_channel_tells_its_sets():
    spec = made_of(Method.EQUAL_SHARES, "abc", costs=(10, 20, 30), budget=40)
    votes = [([0, 1], 6), ([1, 2], 6), ([2], 6)]

    told = result(spec, votes, votes)

    assert told["paper"] == {"ballots": 18, "blank": 0, "void": 0, "counts": [6, 12, 12]}
    assert "sets" in told["total"]


def naive(ballot, web, paper):
    """Everything counted is told, by channel too."""
    return json.dumps([web.as_json(), paper.as_json()])


def ours(ballot, web, paper):
    voted = web.ballots + paper.ballots
    return json.dumps(
        publication.result_of(ballot, web=web, paper=paper, electors=100, voted=voted, voted_on_paper=paper.ballots)
    )


def certain(spec, worlds, told) -> int:
    """Worlds in which whoever reads what is told knows for sure what everybody of one channel chose, or of all."""
    groups = defaultdict(list)
    for web, paper in worlds:
        groups[told(ballot_of(spec), tally_of(spec, web), tally_of(spec, paper))].append((web, paper))
    found = 0
    for same in groups.values():
        # Of the web, of paper, of all together; of each, a choice that nobody of them made otherwise.
        for pick in (lambda world: [world[0]], lambda world: [world[1]], lambda world: list(world)):
            shared = [{str(choice) for part in pick(world) for choice, number in part if number} for world in same]
            # The same single choice in every world that tells the same.
            if all(len(one) == 1 for one in shared) and len({next(iter(one)) for one in shared}) == 1:
                found += len(same)
    return found


SMALL = [
    (YES_NO, ([1], [0])),
    (YES_NO, ([1], [0], [])),
    (YES_NO, ([1], [0], None)),
    (made_of(Method.APPROVAL, "ab"), ([0], [1], [])),
    (made_of(Method.APPROVAL, "ab", most_choices=2), ([0], [1], [0, 1])),
    (made_of(Method.GRADES, "ab"), ([0, 0], [0, 3], [6, 6])),
    # Either project takes the budget, and no lot is drawn: what is retained is told, and tells nothing else.
    (made_of(Method.EQUAL_SHARES, "ab", costs=(2, 3), budget=3), ([0], [1], [0, 1])),
]


def every_world(choices, most):
    """Each number of votes for each choice, of the web and of paper, ``most`` votes at most together."""
    cells = 2 * len(choices)

    def numbers(left, places):
        if not places:
            yield ()
            return
        for one in range(left + 1):
            for others in numbers(left - one, places - 1):
                yield (one, *others)

    for world in numbers(most, cells):
        web, paper = world[: len(choices)], world[len(choices) :]
        yield list(zip(choices, web, strict=True)), list(zip(choices, paper, strict=True))


@pytest.mark.parametrize(("spec", "choices"), SMALL)
def test_nobody_ever_knows_for_sure_what_everybody_chose(spec, choices, monkeypatch):
    """Every world of two channels, the numbers of the rule made small: three votes at least, more than half alike."""
    monkeypatch.setattr(rules, "LEAST_BALLOTS", 3)
    monkeypatch.setattr(masks, "LEAST_SET", 2)
    monkeypatch.setattr(masks, "over_ninety", lambda number, base: 2 * number > base > 0)

    assert certain(spec, every_world(choices, 7), naive) > 0
    assert certain(spec, every_world(choices, 7), ours) == 0


def test_nobody_ever_knows_for_sure_with_the_numbers_of_the_rule():
    """Eleven votes, more than nine in ten: yes or no, up to twenty-four votes, so that both channels may be told."""
    assert certain(YES_NO, every_world(([1], [0]), 24), ours) == 0


def test_the_few_on_paper_are_not_counted_by_subtraction(monkeypatch):
    """How many voted on paper, when they are few, is never one number in every world that tells the same."""
    monkeypatch.setattr(rules, "LEAST_BALLOTS", 3)
    groups = defaultdict(set)
    for web, paper in product(range(12), repeat=2):
        told = ours(ballot_of(YES_NO), tally_of(YES_NO, [([1], web)]), tally_of(YES_NO, [([1], paper)]))
        groups[told].add(paper)

    small = [papers for papers in groups.values() if any(0 < paper < 3 for paper in papers)]
    assert small
    # Except when so few voted that the whole is small, and its number public.
    assert all(len(papers) >= 2 for papers in small)


def test_a_tally_of_the_database_is_a_tally():
    assert isinstance(tally_of(YES_NO, [[1]]) + tally_of(YES_NO, [[0]]), Tally)
