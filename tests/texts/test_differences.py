"""Units matched by key then by likeness, words compared, every change found once: the same for the same texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.texts import differences
from consultations.texts.differences import Piece, Unit


def unit(key, body, title="", **more):
    return Unit(key, "", title, body, **more)


LONG = "Le décompte des nuits est visible par toute l'équipe chaque mois. Il est remis à zéro en janvier."


def test_words_are_compared_and_told_as_before_and_after():
    told = differences.pieces("au moins deux semaines avant", "au moins trois semaines avant")

    assert told == (
        Piece("equal", "au moins "),
        Piece("del", "deux"),
        Piece("ins", "trois"),
        Piece("equal", " semaines avant"),
    )
    assert differences.changes(told) == [("deux", "trois")]


def test_units_without_a_key_are_found_again_by_words_then_by_likeness():
    old = [unit("A", "Le planning est affiché deux semaines avant."), unit("B", LONG), unit("C", "Rien de cela.")]
    new = [
        unit("", LONG),
        unit("", "Le planning est affiché trois semaines avant."),
        unit("", "Tout autre chose ici."),
    ]

    assert differences.match(old, new) == {0: 1, 1: 0}


def test_added_removed_moved_split_and_merged_units_are_told():
    two = LONG.split(". ")
    old = [
        unit("A", "Un article qui ne change en rien du tout."),
        unit("B", LONG),
        unit("C", "Un deuxième article, tout à fait différent."),
        unit("D", "Les week-ends sont partagés à égalité dans chaque équipe."),
        unit("E", "Ce dernier disparaît sans laisser aucune trace."),
    ]
    new = [
        unit("C", "Un deuxième article, tout à fait différent."),
        unit("A", "Un article qui ne change en rien du tout."),
        unit("B", two[0] + "."),
        unit("F", two[1]),
        unit("G", "Voici une phrase parfaitement nouvelle pour tout le monde."),
        unit("H", "Les week-ends sont partagés à égalité dans chaque équipe. Et les jours fériés aussi, sauf accord."),
    ]

    kinds = {(line.new or line.old).key: line.kinds for line in differences.compare(old, new)}

    assert kinds == {
        "A": (),
        "B": ("changed",),
        "C": ("moved",),
        "D": ("removed",),
        "E": ("removed",),
        "F": ("split",),
        "G": ("added",),
        "H": ("added",),
    }


def test_a_unit_put_into_another_one_is_told_as_such():
    old = [unit("A", "Le planning est affiché deux semaines avant."), unit("B", "Il est prévenu directement.")]
    new = [unit("A", "Le planning est affiché deux semaines avant.\n\nIl est prévenu directement.")]

    lines = differences.compare(old, new)

    assert [line.kinds for line in lines] == [("changed",), ("merged",)]
    assert lines[1].other == new[0]


words = st.lists(st.sampled_from("un deux trois la le planning nuit jour équipe, reste.".split()), max_size=12)
bodies = words.map(" ".join)
texts = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), bodies), max_size=8, unique_by=lambda pair: pair[0])


def units(pairs):
    return [unit(key, body) for key, body in pairs]


@settings(max_examples=80, deadline=None)
@given(texts, texts)
def test_the_comparison_says_all_and_is_the_same_twice(old, new):
    old, new = units(old), units(new)

    lines = differences.compare(old, new)

    assert lines == differences.compare(old, new)
    # Every unit stands once; the pieces give both texts back; a line that changed carries a change.
    assert [line.new for line in lines if line.new] == new
    assert sorted(line.old.key for line in lines if line.old) == sorted(one.key for one in old)
    for line in lines:
        if line.old and line.new:
            assert "".join(p.text for p in line.body if p.kind != "ins") == line.old.body
            assert "".join(p.text for p in line.body if p.kind != "del") == line.new.body
        same = line.old and line.new and line.old.words == line.new.words and "moved" not in line.kinds
        assert bool(line.spans) != bool(same)


@settings(max_examples=40, deadline=None)
@given(texts)
def test_a_text_beside_itself_has_no_change(pairs):
    assert differences.spans(units(pairs), units(pairs)) == []


@settings(max_examples=40, deadline=None)
@given(bodies, bodies)
def test_likeness_is_symmetric_and_one_for_the_same_words(one, other):
    assert differences.likeness(one, other) == differences.likeness(other, one)
    assert differences.likeness(one, one) == 1.0
