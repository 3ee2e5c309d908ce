"""Majority judgment against examples its authors published, and against its definition, median by median."""

from hypothesis import given, settings
from hypothesis import strategies as st

from src.participation.ballots.counting import Tally, outcome
from src.participation.ballots.counting.majority_judgment import majority_value
from src.participation.ballots.enums import Grade, Majority, Method

from .counting_stand_ins import decide, rules, steps_of, tally_of

ROWS = st.lists(st.integers(0, 9), min_size=len(Grade), max_size=len(Grade))


def judged(rows, *, labels=None, **fields) -> dict:
    """The outcome of numbers of votes by grade, best first, of as many votes for each."""
    spec = rules(Method.GRADES, labels or tuple(str(place) for place in range(len(rows))), **fields)
    assert len({sum(row) for row in rows}) == 1
    tally = Tally(spec, ballots=sum(rows[0]), counts=[0] * len(rows), grades=[list(row) for row in rows])
    return outcome(spec, tally, electors=tally.ballots, voted=tally.ballots)


def taken_away(row) -> list[int]:
    """The definition (Balinski and Laraki, PNAS 2007): the lower median, then again without it."""
    grades, found = [grade for grade, number in enumerate(row) for _one in range(number)], []
    while grades:
        found.append(sorted(grades)[len(grades) // 2])
        grades.remove(found[-1])
    return found


def test_majority_values_of_five_judges():
    """A worked example of ours, by the definition: judges gave 7, 11, 9, 9, 11 to one and 8, 11, 9, 9, 10 to
    the other; majority-values 9, 9, 11, 7, 11 and 9, 9, 10, 8, 11: the first one is ahead."""
    grade_of = {11: 0, 10: 1, 9: 2, 8: 3, 7: 4}
    spec = rules(Method.GRADES, ("first", "second"))
    votes = [[grade_of[one], grade_of[two]] for one, two in zip((7, 11, 9, 9, 11), (8, 11, 9, 9, 10), strict=True)]

    told, tally = decide(spec, votes), tally_of(spec, votes)

    assert list(majority_value(tally.grades[0])) == [grade_of[one] for one in (9, 9, 11, 7, 11)]
    assert list(majority_value(tally.grades[1])) == [grade_of[one] for one in (9, 9, 10, 8, 11)]
    assert (told["ranking"], told["retained"]) == ([0, 1], [0])
    assert steps_of(told, "removed") == [
        {"code": "removed", "options": [0, 1], "removed": 2, "taken": [0, 0, 2, 0, 0, 0, 0], "grades": [0, 1]}
    ]


def test_balinski_and_laraki_orsay_2007():
    """ "Election by Majority Judgment: Experimental Evidence" (Springer, 2011, chapter 2): three polling places of Orsay.

    Found again elsewhere (rangevoting.org, France2007): 1,752 voters of whom 19 spoiled their paper, Bayrou Good+ ahead
    of Royal Good-. The lines below are copied from the chapter's table; no second source was found for their tenths.

    Per thousand, six grades and, last, none (counted below, as *To reject*). Published: Bayrou Good+ (44.3 %, 30.6 %),
    Royal Good- (39.4 %, 41.5 %), Sarkozy Good- (38.9 %, 46.9 %), Voynet Acceptable- (29.7 %, 46.6 %). Royal's
    *Acceptable* has one less than printed, as her 41.5 % has: rounded, her line made 1,001.
    """
    published = {
        "Bayrou": (136, 307, 251, 148, 84, 45, 29),
        "Royal": (167, 227, 191, 167, 122, 108, 18),
        "Sarkozy": (191, 198, 143, 115, 71, 265, 17),
        "Voynet": (29, 93, 175, 237, 261, 162, 43),
    }
    # Their six grades on our seven: *Fairly good* stays empty.
    rows = [
        (excellent, very_good, good, 0, acceptable, poor, reject + none)
        for excellent, very_good, good, acceptable, poor, reject, none in published.values()
    ]

    told = judged(rows, labels=tuple(published))

    assert [tuple(published)[option] for option in told["ranking"]] == ["Bayrou", "Royal", "Sarkozy", "Voynet"]
    assert [(one["grade"], one["above"], one["below"]) for one in steps_of(told, "median")] == [
        (Grade.GOOD, 443, 306), (Grade.GOOD, 394, 415), (Grade.GOOD, 389, 468), (Grade.PASSABLE, 297, 466),
    ]  # fmt: skip


def test_wikipedia_majority_judgment_tennessee():
    """Wikipedia, "Majority judgment", *Sample election*: Nashville; the three tied at *Fair* part once 16 of 100 are
    taken away."""
    excellent, good, fair, poor = Grade.EXCELLENT, Grade.GOOD, Grade.PASSABLE, Grade.REJECT
    spec = rules(Method.GRADES, ("Memphis", "Nashville", "Chattanooga", "Knoxville"))

    told = decide(
        spec,
        [
            ([excellent, fair, poor, poor], 42),
            ([poor, excellent, fair, fair], 26),
            ([poor, fair, excellent, good], 15),
            ([poor, fair, good, excellent], 17),
        ],
    )

    assert told["retained"] == [1]
    assert told["ranking"][0] == 1 and told["ranking"][-1] == 0
    assert {one["option"]: one["grade"] for one in steps_of(told, "median")} == {0: poor, 1: fair, 2: fair, 3: fair}
    first = steps_of(told, "removed")[0]
    assert (sorted(first["options"]), first["removed"], first["taken"][fair]) == ([1, 2, 3], 16, 16)
    assert dict(zip(first["options"], first["grades"], strict=True)) == {1: fair, 2: poor, 3: poor}


@given(ROWS)
def test_the_majority_value_is_its_definition(row):
    assert list(majority_value(row)) == taken_away(row)


def test_the_gauge_alone_would_not_separate_what_the_value_does():
    """Above and below the median are the same numbers; what is above differs."""
    told = judged([(2, 0, 1, 0, 0, 2, 0), (0, 2, 1, 0, 0, 2, 0)])

    gauges = [(one["grade"], one["above"], one["below"]) for one in steps_of(told, "median")]
    assert gauges[0] == gauges[1]
    assert told["ranks"] == [1, 2]


def test_the_same_grades_stay_tied_and_nobody_is_retained():
    told = judged([(3, 0, 2, 0, 0, 0, 0), (3, 0, 2, 0, 0, 0, 0), (0, 0, 5, 0, 0, 0, 0)])

    assert (told["retained"], told["tied"], told["ranks"]) == ([], [0, 1], [1, 1, 3])
    assert steps_of(told, "same") == [{"code": "same", "options": [0, 1]}]


def test_a_median_to_reject_is_never_retained():
    told = judged([(0, 0, 0, 0, 0, 5, 5), (0, 0, 0, 0, 0, 6, 4)], seats=2)

    assert (told["ranking"], told["majority_met"], told["retained"]) == ([1, 0], [False, True], [1])


def test_a_majority_is_of_those_who_find_it_passable():
    rows = [(0, 0, 0, 0, 6, 0, 3), (0, 0, 0, 0, 5, 4, 0), (0, 0, 0, 0, 4, 5, 0)]

    assert judged(rows, seats=3)["majority_met"] == [True, True, True]
    assert judged(rows, seats=3, majority=Majority.HALF)["majority_met"] == [True, True, False]
    assert judged(rows, seats=3, majority=Majority.TWO_THIRDS)["majority_met"] == [True, False, False]


@given(st.lists(ROWS.filter(lambda row: sum(row) > 0), min_size=2, max_size=5))
@settings(max_examples=300)
def test_each_step_is_true(rows):
    """Whoever takes away what a step says sees the grades it says next."""
    least = min(sum(row) for row in rows)
    # As many votes each: the first ones.
    rows = [cut(row, least) for row in rows]

    told = judged(rows)

    for step in steps_of(told, "removed"):
        for option, grade in zip(step["options"], step["grades"], strict=True):
            left = [number - gone for number, gone in zip(rows[option], step["taken"], strict=True)]
            assert min(left) >= 0
            assert (sum(step["taken"]), taken_away(left)[0]) == (step["removed"], grade)
        assert len(set(step["grades"])) > 1
    for step in steps_of(told, "same"):
        assert len({tuple(rows[option]) for option in step["options"]}) == 1


def cut(row, number) -> list[int]:
    found = []
    for one in row:
        found.append(min(one, number))
        number -= found[-1]
    return found
