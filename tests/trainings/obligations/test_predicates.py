"""Whom a rule is about: only what is whitelisted is read, and a tree says the same however it is written."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainings.obligations.predicates import (
    EVERYBODY,
    Post,
    Unfit,
    entered_on,
    leaves,
    matches,
    read,
    reasons,
    units_of,
    write,
)

DAY = timedelta(days=1)
RECEPTION = {"field": "contact_public", "op": "=", "value": True}
MANAGER = {"field": "is_manager", "op": "=", "value": True}
GREEN = {"field": "unit", "op": "within", "value": ["DEV", "DPE"]}
POST = Post(
    date(2026, 1, 1),
    units=frozenset({"VILLE", "DEV", "DEV-1"}),
    direction="DEV",
    job_family="jardin",
    contact_public=True,
    hired_on=date(2020, 1, 1),
)

leaf = st.sampled_from(
    [
        RECEPTION,
        MANAGER,
        GREEN,
        {"field": "unit", "op": "within", "value": ["DAC"]},
        {"field": "job_family", "op": "in", "value": ["jardin", "accueil"]},
        {"field": "job_family", "op": "=", "value": "jardin"},
        {"field": "direction", "op": "=", "value": "DEV"},
        {"field": "hired_on", "op": ">=", "value": "2019-01-01"},
        {"field": "post_since", "op": ">=", "value": "2026-02-01"},
    ]
)
trees = st.recursive(
    leaf,
    lambda part: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda one: {"not": one}, part),
    ),
    max_leaves=6,
).filter(lambda tree: depth(tree) <= 5)
posts = st.builds(
    lambda start, length, units, family, contact, manager: Post(
        start, None if length is None else start + timedelta(days=length), frozenset(units), "DEV" if "DEV" in units else "DPE", family, contact, manager, date(2020, 1, 1)
    ),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.one_of(st.none(), st.integers(0, 200)),
    st.sampled_from([("DEV", "DEV-1"), ("DPE",), ("DAC",)]), st.sampled_from(["", "jardin", "accueil"]), st.booleans(), st.booleans(),
)  # fmt: skip


def depth(tree) -> int:
    if "field" in tree:
        return 1
    parts = [tree["not"]] if "not" in tree else next(iter(tree.values()))
    return 1 + max((depth(part) for part in parts), default=0)


@pytest.mark.parametrize(
    ("tree", "answer"),
    [
        (EVERYBODY, True),
        (RECEPTION, True),
        (MANAGER, False),
        (GREEN, True),
        ({"field": "unit", "op": "within", "value": ["DAC"]}, False),
        ({"all": [RECEPTION, GREEN]}, True),
        ({"all": [RECEPTION, MANAGER]}, False),
        ({"any": [RECEPTION, MANAGER]}, True),
        ({"not": MANAGER}, True),
        ({"field": "job_family", "op": "in", "value": ["accueil", "jardin"]}, True),
        ({"field": "direction", "op": "=", "value": "DPE"}, False),
        ({"field": "hired_on", "op": ">=", "value": "2020-01-01"}, True),
        ({"field": "hired_on", "op": ">=", "value": "2020-01-02"}, False),
    ],
)
def test_a_rule_is_about_a_post_or_not(tree, answer):
    assert matches(read(tree), POST) is answer


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        ([], "not_a_branch"),
        (None, "not_a_branch"),
        ({"all": [], "any": []}, "not_a_branch"),
        ({"any": []}, "empty_branch"),
        ({"all": [{"all": []}]}, "empty_branch"),
        ({"all": {"field": "x"}}, "empty_branch"),
        ({"field": "salary", "op": "=", "value": 3}, "unknown_field"),
        ({"field": ["unit"], "op": "=", "value": 3}, "unknown_field"),
        ({"field": "unit", "op": "=", "value": "DEV"}, "unknown_question"),
        ({"field": "is_manager", "op": ">=", "value": True}, "unknown_question"),
        ({"field": "is_manager", "op": "=", "value": 1}, "wrong_value"),
        ({"field": "job_family", "op": "=", "value": True}, "wrong_value"),
        ({"field": "job_family", "op": "in", "value": "jardin"}, "wrong_value"),
        ({"field": "unit", "op": "within", "value": []}, "wrong_value"),
        ({"field": "unit", "op": "within", "value": ["x" * 65]}, "wrong_value"),
        ({"field": "hired_on", "op": ">=", "value": "hier"}, "wrong_value"),
        ({"field": "hired_on", "op": ">=", "value": 2020}, "wrong_value"),
        ({"field": "hired_on", "op": ">=", "value": "2020-01-01", "or": 1}, "not_a_branch"),
        ({"not": {"not": {"not": {"not": {"not": {"not": RECEPTION}}}}}}, "too_deep"),
        ({"all": [RECEPTION] * 41}, "too_long"),
        ({"all": [{"any": [RECEPTION] * 21}, {"any": [RECEPTION] * 21}]}, "too_long"),
    ],
)
def test_what_is_not_whitelisted_is_refused_with_its_place(tree, fault):
    with pytest.raises(Unfit) as refusal:
        read(tree)

    assert refusal.value.what == fault


def test_the_fault_tells_its_branch():
    with pytest.raises(Unfit) as refusal:
        read({"all": [RECEPTION, {"not": {"field": "age", "op": "=", "value": 1}}]})

    assert refusal.value.where == "all.1.not"


def test_the_reasons_are_those_that_hold():
    tree = read({"all": [RECEPTION, {"any": [MANAGER, GREEN]}, {"not": MANAGER}]})

    assert [leaf.field for leaf in reasons(tree, POST)] == ["contact_public", "unit"]
    assert units_of(tree) == {"DEV", "DPE"}


def test_since_when_somebody_is_concerned_without_a_break():
    tree = read(RECEPTION)
    first = Post(date(2025, 1, 1), date(2025, 3, 31), contact_public=True)
    second = Post(date(2025, 4, 1), date(2025, 6, 30), contact_public=True)
    hidden = Post(date(2025, 7, 1), date(2025, 7, 31))
    back = Post(date(2025, 8, 1), contact_public=True)

    assert entered_on(tree, [first, second], date(2025, 6, 30)) == date(2025, 1, 1)
    assert entered_on(tree, [first, second], date(2025, 7, 1)) is None
    assert entered_on(tree, [back, second, hidden, first], date(2026, 1, 1)) == date(2025, 8, 1)
    assert entered_on(tree, [back], date(2025, 7, 31)) is None


@given(trees, posts)
@settings(max_examples=200, deadline=None)
def test_a_tree_written_and_read_again_says_the_same(tree, post):
    made = read(tree)

    assert read(write(made)) == made
    assert matches(made, post) is not matches(read({"not": tree}), post)
    assert matches(read({"all": [tree]}), post) is matches(made, post)
    assert matches(read({"any": [tree]}), post) is matches(made, post)
    if not matches(made, post):
        assert reasons(made, post) == [] or "any" in tree or "all" in tree
    assert set(reasons(made, post)) <= set(leaves(made))


@given(trees, st.lists(posts, max_size=5), st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.randoms())
@settings(max_examples=200, deadline=None)
def test_the_entry_is_the_first_day_of_an_unbroken_stay(tree, stays, day, rng):
    made = read(tree)
    shuffled = list(stays)
    rng.shuffle(shuffled)

    since = entered_on(made, stays, day)

    concerned = [post for post in stays if matches(made, post)]
    assert entered_on(made, shuffled, day) == since
    assert (since is not None) == any(post.holds(day) for post in concerned)
    if since is not None:
        here = since
        while here <= day:
            assert any(post.holds(here) for post in concerned)
            here += DAY
        assert not any(post.holds(since - DAY) for post in concerned)
