"""What is true of contents whatever the site: graphs, draws, grades, fingerprints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.trainings import RIGHT, every_kind, node, scenario
from trainings.contents import canonical, drawing, grading, graph
from trainings.contents.skeleton import skeleton, texts


@st.composite
def graphs(draw):
    """Scenes and choices at random: good ones, bad ones."""
    size = draw(st.integers(1, 7))
    keys = [f"n{one}" for one in range(size)]
    targets = st.lists(st.sampled_from([*keys, "ailleurs"]), max_size=3)
    return {"start": draw(st.sampled_from([*keys, "ailleurs"])), "nodes": [
        node(key, *draw(targets), end=draw(st.booleans())) for key in keys]}  # fmt: skip


def walks(scenario):
    """Every scene that somebody can stand at, by walking; None when a step leads nowhere."""
    nodes = {one["key"]: one for one in scenario["nodes"]}
    seen, left = set(), [scenario["start"]]
    while left:
        key = left.pop()
        if key not in nodes:
            return None
        if key not in seen:
            seen.add(key)
            left += [one["to"] for one in nodes[key]["choices"]]
    return seen


def comes_to_an_end(scenario, key):
    nodes = {one["key"]: one for one in scenario["nodes"]}
    seen, left = set(), [key]
    while left:
        here = nodes[left.pop()]
        if here["end"]:
            return True
        if here["key"] not in seen:
            seen.add(here["key"])
            left += [one["to"] for one in here["choices"]]
    return False


@given(graphs())
def test_a_graph_without_fault_is_walked_whole_and_always_ends(found):
    if graph.faults(found):
        return

    assert walks(found) == {one["key"] for one in found["nodes"]}
    assert all(comes_to_an_end(found, one["key"]) for one in found["nodes"])


@given(graphs())
def test_a_graph_that_is_walked_whole_and_always_ends_has_no_fault(found):
    reached = walks(found)
    whole = reached == {one["key"] for one in found["nodes"]}
    ends = all(bool(one["choices"]) != one["end"] for one in found["nodes"])
    if whole and ends and all(comes_to_an_end(found, key) for key in reached):
        assert graph.faults(found) == []
    else:
        assert graph.faults(found) != []


def test_each_fault_is_told_at_once():
    story = {
        "start": "a",
        "nodes": [
            node("a", "b", "perdu"), node("b", "b"), node("seule"), node("c", "a", end=True), node("d", end=False),
            node("a"),
        ],
    }  # fmt: skip

    found = {(fault.kind, fault.node, fault.target) for fault in graph.faults(story)}

    assert found == {
        (graph.TWICE, "a", ""), (graph.NOWHERE, "a", "perdu"), (graph.ENDLESS, "a", ""), (graph.ENDLESS, "b", ""),
        (graph.ORPHAN, "seule", ""), (graph.ORPHAN, "c", ""), (graph.ORPHAN, "d", ""),
        (graph.END_GOES_ON, "c", ""), (graph.STUCK, "d", ""),
    }  # fmt: skip


def test_a_story_without_its_first_scene_says_so():
    assert graph.Fault(graph.NO_START, "z") in graph.faults({"start": "z", "nodes": [node("a")]})


@given(st.text(), st.lists(st.integers(0, 10_000), min_size=4, max_size=30, unique=True))
def test_a_draw_is_the_same_for_the_same_seed_and_takes_what_the_rule_says(seed, pool):
    wanted = [{"category": "a", "number": 2}, {"category": "b", "number": 1}]
    split = {"a": pool[:-1], "b": pool[-1:]}

    drawn = drawing.draw(split, wanted, seed, shuffle=True)

    assert drawn == drawing.draw({name: found[::-1] for name, found in split.items()}, wanted, seed, shuffle=True)
    assert sorted(drawn) == sorted(set(drawn)) and len(drawn) == 3
    assert drawn.count(pool[-1]) == 1
    assert sorted(drawing.draw(split, wanted, seed, shuffle=False)) == sorted(drawn)


def test_a_category_too_poor_is_refused():
    with pytest.raises(ValueError, match="a: 1 questions, 2 asked"):
        drawing.draw({"a": [1]}, [{"category": "a", "number": 2}], "graine", shuffle=False)


@given(st.text(max_size=20), st.integers(0, 999), st.integers(1, 8))
def test_answers_are_shown_in_an_order_of_their_own(seed, key, size):
    order = drawing.shown_order(seed, key, size)

    assert sorted(order) == list(range(size))
    assert order == drawing.shown_order(seed, key, size)


QUESTIONS = {
    one["kind"]: {**one, "pairs": [{"left": a, "right": b} for a, b in one.get("pairs", [])]} for one in every_kind()
}
WRONG = {
    "single": [1, 2], "multiple": [[0], [0, 1, 2], [2]], "true_false": [1], "matching": [[1, 0, 2], [0, 0, 0]],
    "ordering": [[1, 0, 2, 3]], "short": ["inégalité"],
}  # fmt: skip
UNREADABLE = {
    "single": [3, -1, "0", True, None, [0]], "multiple": [[], [0, 0], [9], 0, [True]], "true_false": [2],
    "matching": [[0, 1], [0, 1, 9], [0, 1, None]], "ordering": [[0, 0, 1, 2], [0, 1, 2], [0, 1, 2, None]],
    "short": ["", "  ", 3],
}  # fmt: skip


@pytest.mark.parametrize("kind", QUESTIONS)
def test_each_kind_is_graded_all_or_nothing(kind):
    content = QUESTIONS[kind]

    assert grading.is_right(kind, content, RIGHT[kind])
    for answer in WRONG[kind]:
        assert grading.is_answer(kind, content, answer), answer
        assert not grading.is_right(kind, content, answer), answer
    for answer in UNREADABLE[kind]:
        assert not grading.is_answer(kind, content, answer), answer
        assert not grading.is_right(kind, content, answer), answer


def test_two_lines_may_go_with_the_same_words():
    content = {"pairs": [{"left": "a", "right": "x"}, {"left": "b", "right": "x"}]}

    assert grading.is_right("matching", content, [1, 0])


def test_a_beginning_of_an_answer_is_worth_keeping():
    assert grading.is_part("matching", QUESTIONS["matching"], [2, None, None])
    assert not grading.is_part("matching", QUESTIONS["matching"], [9, None, None])
    assert not grading.is_part("single", QUESTIONS["single"], [0])


def test_a_short_answer_is_read_without_accents_capitals_nor_points():
    assert grading.folded("  L’ÉGALITÉ !") == grading.folded("l'egalite")


@pytest.mark.parametrize(
    ("right", "asked", "mark", "passes"), [(8, 10, 80, True), (7, 10, 80, False), (2, 3, 67, False)]
)
def test_the_mark_is_reached_without_a_fraction(right, asked, mark, passes):
    assert grading.passes(right, asked, mark) is passes
    assert (right >= grading.needed(asked, mark)) is passes


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=5), st.booleans()), max_size=5))
def test_the_same_content_has_one_fingerprint(content):
    assert canonical.fingerprint(content) == canonical.fingerprint(dict(reversed(content.items())))


def test_words_leave_the_skeleton_as_it_is_and_paths_do_not():
    story = scenario()["scenario"]
    other = {**story, "nodes": [{**story["nodes"][0], "title": "Un autre titre"}, *story["nodes"][1:]]}
    moved = {**story, "nodes": [{**story["nodes"][0], "key": "z"}, *story["nodes"][1:]]}

    assert skeleton(story) == skeleton(other)
    assert skeleton(story) != skeleton(moved)
    assert "Un autre titre" in texts(other)
