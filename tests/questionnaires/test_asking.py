"""The rules of answers, without a database: any questions, any answers, however strange."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from src.questionnaires import asking
from src.questionnaires.asking import DECLINED, NO_OPINION, Condition, Question

CHOICES = ("a", "b", "c", "d")


def question(key, kind, **fields):
    defaults = {
        asking.SINGLE: {"choices": CHOICES},
        asking.MULTIPLE: {"choices": CHOICES, "most": 3},
        asking.SCALE: {"least": 1, "most": 5, "no_opinion": True},
        asking.GRID: {"choices": CHOICES, "rows": ("r1", "r2")},
        asking.GRADES: {"choices": CHOICES, "rows": ("r1", "r2")},
        asking.RANKING: {"choices": CHOICES},
        asking.NUMBER: {"least": 0, "most": 50},
    }
    return Question(key=key, kind=kind, **{**defaults.get(kind, {}), **fields})


@st.composite
def questionnaires(draw):
    """Any questionnaire that may be published: conditions read earlier questions only."""
    found = []
    for number in range(draw(st.integers(1, 8))):
        sources = [one for one in found if one.kind in asking.CONDITIONS_READ]
        condition = None
        if sources and draw(st.booleans()):
            source = draw(st.sampled_from(sources))
            values = draw(st.lists(st.sampled_from(source.readable), min_size=1, max_size=3, unique=True))
            condition = Condition(source.key, tuple(values))
        kind = draw(st.sampled_from(asking.KINDS))
        found.append(
            question(
                f"q{number}",
                kind,
                required=draw(st.booleans()),
                personal=draw(st.booleans()),
                condition=condition,
            )
        )
    return found


NOISE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from([*CHOICES, NO_OPINION, "3", "r1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["r1", "r2", "declined", "x"]), inner),
    max_leaves=6,
)


def an_answer(one):
    """An answer that may be taken, or none."""
    good = {
        asking.SINGLE: st.sampled_from(CHOICES),
        asking.MULTIPLE: st.lists(st.sampled_from(CHOICES), min_size=1, max_size=3, unique=True),
        asking.SCALE: st.integers(1, 5) | st.just(NO_OPINION),
        asking.GRID: st.fixed_dictionaries({"r1": st.sampled_from(CHOICES), "r2": st.sampled_from(CHOICES)}),
        asking.GRADES: st.fixed_dictionaries({"r1": st.sampled_from(CHOICES), "r2": st.sampled_from(CHOICES)}),
        asking.RANKING: st.permutations(CHOICES),
        asking.NUMBER: st.integers(0, 50).map(str),
        asking.DATE: st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
        asking.SHORT_TEXT: st.text("abé ", min_size=1, max_size=20).filter(str.strip),
        asking.LONG_TEXT: st.text("abé ", min_size=1, max_size=20).filter(str.strip),
        asking.INFORMATION: st.none(),
    }[one.kind]
    if one.personal and one.is_asked:
        good |= st.just(DECLINED)
    return good if one.required else good | st.none()


@given(questionnaires(), st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_is_sent_what_is_kept_holds_and_is_shown(questions, data):
    answers = {one.key: data.draw(NOISE) for one in questions}

    checked = asking.check(questions, answers)

    assert set(checked.answers) <= set(checked.shown), "an answer hidden by a condition isn't kept"
    assert not set(checked.answers) & set(checked.problems)
    for one in questions:
        if one.key in checked.answers:
            assert asking.clean(one, checked.answers[one.key]) == checked.answers[one.key], "kept as it will be read"
            assert one.personal or not asking.is_declined(checked.answers[one.key])
        elif one.required and one.is_asked and one.key in checked.shown:
            assert one.key in checked.problems


@given(questionnaires(), st.data())
@settings(max_examples=300, deadline=None)
def test_good_answers_are_taken_and_reading_them_again_changes_nothing(questions, data):
    answers = {one.key: data.draw(an_answer(one)) for one in questions}

    checked = asking.check(questions, answers)

    assert asking.faults(questions) in ([], [("", asking.Problem("nothing_asked"))])
    assert checked.is_valid, checked.problems
    assert asking.check(questions, checked.answers) == checked
    # Answers to hidden questions change nothing of what is shown.
    hidden = {one.key: data.draw(NOISE) for one in questions if one.key not in checked.shown}
    assert asking.check(questions, {**answers, **hidden}) == checked


@given(questionnaires())
@settings(max_examples=200, deadline=None)
def test_a_condition_never_reads_forward(questions):
    turned = questions[::-1]
    reads = [one for one in turned if one.condition]

    faults = {key for key, problem in asking.faults(turned) if problem.code == "reads_forward"}

    assert faults == {one.key for one in reads}


def test_a_hidden_source_hides_what_depends_on_it():
    questions = [
        question("q1", asking.SINGLE),
        question("q2", asking.SCALE, condition=Condition("q1", ("a",))),
        question("q3", asking.SHORT_TEXT, required=True, condition=Condition("q2", ("1",))),
    ]
    answers = {"q1": "b", "q2": 1, "q3": "Un mot"}

    checked = asking.check(questions, answers)

    assert (checked.shown, checked.answers) == (("q1",), {"q1": "b"})
    assert asking.check(questions, {**answers, "q1": "a"}).answers == {**answers, "q1": "a"}


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (asking.SINGLE, "z", "not_offered"),
        (asking.SINGLE, ["a"], "not_offered"),
        (asking.MULTIPLE, ["a", "b", "c", "d"], "too_many"),
        (asking.MULTIPLE, "a", "not_offered"),
        (asking.SCALE, 6, "not_offered"),
        (asking.SCALE, True, "not_offered"),
        (asking.SCALE, "1.0", "not_offered"),
        (asking.GRID, {"r9": "a"}, "not_offered"),
        (asking.RANKING, ["a", "a", "b", "c"], "ranked_twice"),
        (asking.RANKING, ["a", "b"], "not_all_ranked"),
        (asking.NUMBER, "douze", "not_a_number"),
        (asking.NUMBER, "1e5", "too_high"),
        (asking.NUMBER, "NaN", "not_a_number"),
        (asking.NUMBER, "12,345", "too_precise"),
        (asking.NUMBER, "-1", "too_low"),
        (asking.DATE, "31/12/2026", "not_a_day"),
        (asking.SHORT_TEXT, "a" * 601, "too_long"),
        (asking.SINGLE, DECLINED, "not_offered"),
    ],
)
def test_each_mistake_has_its_reason(kind, value, code):
    with pytest.raises(asking.Invalid) as refusal:
        asking.clean(question("q", kind), value)

    assert refusal.value.problem.code == code


@pytest.mark.parametrize(
    ("typed", "kept"), [("12", "12"), ("12,50", "12.5"), ("0,00", "0"), (" 1 0 ", "10"), ("007", "7")]
)
def test_numbers_as_people_write_them(typed, kept):
    assert asking.clean(question("q", asking.NUMBER), typed) == kept
    assert Decimal(kept) == Decimal(asking.clean(question("q", asking.NUMBER), kept))


def test_a_required_grid_says_which_lines_are_missing():
    with pytest.raises(asking.Invalid) as refusal:
        asking.clean(question("q", asking.GRID, required=True), {"r1": "a"})

    assert refusal.value.problem.params == {"missing": ["r2"]}
