"""A rule being written: whatever the gestures, what comes out is a tree one can go on with, or a rule that is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.obligations import tree_editing as editing
from trainings.obligations.predicates import Unfit, read, write
from trainings.obligations.usual import EVERY, MANAGERS, PUBLIC, Usual, tree_of, usual_of

LEAF = {"field": "contact_public", "op": "=", "value": True}
OTHER = {"field": "unit", "op": "within", "value": ["ACC"]}
GESTURES = st.lists(
    st.tuples(
        st.sampled_from(["question", "all", "any", "not", "remove", "turn"]),
        st.sampled_from(["", "0", "1", "0.0", "0.1", "1.0", "0.0.0", "7", "x", "-1", "²"]),
    ),
    max_size=25,
)


@given(GESTURES)
def test_any_gestures_leave_a_tree_that_is_read_or_says_what_it_lacks(gestures):
    tree = editing.ready(LEAF)
    for gesture, place in gestures:
        try:
            if gesture == "question":
                tree = editing.add(tree, place, OTHER)
            elif gesture == "remove":
                tree = editing.remove(tree, place)
            elif gesture == "turn":
                tree = editing.turn(tree, place)
            else:
                tree = editing.add(tree, place, editing.group(gesture))
        except editing.NotATree:
            continue
        try:
            assert editing.opened(json.dumps(tree)) == tree
        except editing.NotATree:
            # Deeper than a page brings back: nothing is kept of it.
            assert "too_deep" in dict(map(reversed, editing.faults(tree))) or editing.faults(tree)
            return
    if not editing.faults(tree):
        assert write(read(editing.plain(tree)))


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5) | st.just(LEAF) | st.just(OTHER),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["all", "any", "not", "field"]), inner, max_size=2)
        ),
        max_leaves=20,
    )
)
def test_whatever_comes_back_is_a_tree_or_refused(value):
    try:
        tree = editing.opened(json.dumps(value))
    except editing.NotATree:
        return
    assert editing.rows(tree)
    editing.faults(tree)


@given(st.sampled_from([EVERY, PUBLIC, MANAGERS]), st.sampled_from(["", "SOL", "ECO"]))
def test_a_usual_rule_is_known_again(who, direction):
    usual = Usual(who, direction)
    assert usual_of(tree_of(usual)) == usual
    assert usual_of(write(read(tree_of(usual)))) == usual


@pytest.mark.parametrize(
    "tree",
    [
        {"not": LEAF},
        OTHER,
        {"any": [LEAF, OTHER]},
        {"all": [LEAF, LEAF]},
        "nul",
        {"field": "contact_public", "op": "=", "value": False},
    ],
)
def test_a_rule_that_says_more_is_not_taken_for_a_usual_one(tree):
    assert usual_of(tree) is None


def test_what_a_not_holds_shares_its_place():
    tree = editing.add(editing.ready({"not": LEAF}), "", OTHER)
    assert tree == {"not": {"any": [LEAF, OTHER]}}
    assert [(row.place, row.kind) for row in editing.rows(tree)] == [("", "not_any"), ("0", ""), ("1", "")]
    assert editing.turn(tree, "") == {"not": {"all": [LEAF, OTHER]}}
    with pytest.raises(Unfit):
        read({"any": []})
    assert editing.faults(editing.group("any")) == [("", "empty_branch")]
