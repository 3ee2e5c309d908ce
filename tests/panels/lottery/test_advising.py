"""What is told of a pool before a draw: what limits it, what contradicts what, and what could be done."""

from dataclasses import replace

import pytest

from panels.lottery import CrossQuota, Infeasible, Person, Pool, Problem, Quota, advice, draw
from panels.lottery.advising import Eaten, Excluded
from panels.lottery.relaxing import Change, Relaxation, relaxed_pool

from .pools import balanced, mirror


def people_of(*groups) -> tuple[Person, ...]:
    """``(how many, values)`` groups, numbered on."""
    values = [values for many, values in groups for _one in range(many)]
    return tuple(Person(f"{place:03}", one) for place, one in enumerate(values))


def test_nothing_limits_an_even_chance():
    told = advice(balanced(200, 20))

    assert (told.feasible, told.limits, told.certain, told.without_chance) == (True, (), (), ())
    assert told.bound == pytest.approx(0.1)


def test_the_quota_that_limits_the_least_chance_is_named_with_what_a_seat_would_give():
    people = people_of((80, {"home": "owner"}), (20, {"home": "tenant"}))

    told = advice(Pool(people, (Quota("home", "owner", 0, 10), Quota("home", "tenant", 0, 20)), (), 20))

    assert told.bound == pytest.approx(10 / 80)
    assert [(one.label, one.side, round(one.rate, 6)) for one in told.limits] == [
        ((("home", "owner"),), "maximum", round(1 / 80, 6))
    ]
    more = advice(Pool(people, (Quota("home", "owner", 0, 11), Quota("home", "tenant", 0, 20)), (), 20))
    assert more.bound - told.bound == pytest.approx(told.limits[0].rate)


def test_a_minimum_that_limits_is_told_as_a_minimum():
    people = people_of((80, {"home": "owner"}), (20, {"home": "tenant"}))

    told = advice(Pool(people, (Quota("home", "tenant", 12, 20),), (), 20))

    assert [(one.label, one.side) for one in told.limits] == [((("home", "tenant"),), "minimum")]


def test_people_in_every_panel_and_quotas_that_eat_their_volunteers_are_told():
    people = people_of((3, {"age": "young"}), (27, {"age": "old"}))

    told = advice(Pool(people, (Quota("age", "young", 3, 5), Quota("age", "old", 0, 7)), (), 10))

    assert told.certain == ("000", "001", "002")
    assert told.eaten == (Eaten((("age", "young"),), 3, 3),)


def test_two_of_a_home_are_never_certain():
    people = tuple(Person(f"{place}", {"age": "young"}, "home" if place < 2 else "") for place in range(4))

    told = advice(Pool(people, (Quota("age", "young", 3, 3),), (), 3))

    assert told.certain == ("2", "3")


def test_people_without_a_chance_are_told_with_the_quota_that_keeps_them_out():
    people = people_of((2, {"age": "child"}), (10, {"age": "adult"}))

    told = advice(Pool(people, (Quota("age", "child", 0, 0), Quota("age", "adult", 0, 9)), (), 5))

    assert told.feasible
    assert told.bound == pytest.approx(0.5)
    assert told.without_chance == (Excluded(("000", "001"), (((("age", "child"),), "maximum"),)),)


def test_sums_that_cannot_meet_are_all_told_at_once():
    people = people_of((4, {"age": "young", "sex": "F"}), (6, {"age": "old", "sex": "M"}))
    quotas = (
        Quota("age", "young", 6, 8),
        Quota("age", "old", 5, 8),
        Quota("sex", "F", 0, 2),
        Quota("sex", "M", 0, 3),
    )

    told = advice(Pool(people, quotas, (), 8))

    assert told.problems == (
        Problem("too_few_people", (("age", "young"),), {"minimum": 6, "people": 4, "missing": 2}),
        Problem("minimums_over_seats", (("age", ""),), {"sum": 11, "seats": 8}),
        Problem("maximums_under_seats", (("sex", ""),), {"sum": 5, "seats": 8}),
    )
    assert not told.feasible


@pytest.fixture
def contradiction() -> Pool:
    """Each sum is right, yet the twelve young people asked for are nearly all owners, of whom ten may sit."""
    people = people_of(
        (20, {"age": "young", "home": "owner"}),
        (1, {"age": "young", "home": "social"}),
        (30, {"age": "old", "home": "owner"}),
        (9, {"age": "old", "home": "social"}),
    )
    quotas = (
        Quota("age", "young", 12, 14),
        Quota("age", "old", 6, 20),
        Quota("home", "owner", 0, 10),
        Quota("home", "social", 9, 20, protected=True),
    )
    return Pool(people, quotas, (), 20)


def test_bounds_that_contradict_each_other_are_named_and_none_in_excess(contradiction):
    told = advice(contradiction)

    assert (told.feasible, told.problems) == (False, ())
    assert told.conflict == (((("age", "young"),), "minimum"), ((("home", "owner"),), "maximum"))


def test_of_two_contradictions_one_is_named_whole():
    people = people_of(
        (5, {"a": "x", "b": "x", "c": "-", "d": "-"}),
        (5, {"a": "-", "b": "-", "c": "x", "d": "x"}),
        (5, {"a": "-", "b": "-", "c": "-", "d": "-"}),
    )
    quotas = (Quota("a", "x", 3, 9), Quota("b", "x", 0, 2), Quota("c", "x", 3, 9), Quota("d", "x", 0, 2))

    found = advice(Pool(people, quotas, (), 8)).conflict

    first = (((("a", "x"),), "minimum"), ((("b", "x"),), "maximum"))
    assert found in (first, (((("c", "x"),), "minimum"), ((("d", "x"),), "maximum")))


def test_relaxations_are_ranked_tried_and_leave_protected_quotas_alone(contradiction):
    told = advice(contradiction)

    assert told.relaxations[0].changes == (Change((("home", "owner"),), "maximum", 10, 11),) or told.relaxations[
        0
    ].changes == (Change((("age", "young"),), "minimum", 12, 11),)
    assert [one.seats_moved for one in told.relaxations] == sorted(one.seats_moved for one in told.relaxations)
    assert len({one.changes for one in told.relaxations}) == len(told.relaxations) > 1
    assert not any(one.protected for one in told.relaxations)
    for one in told.relaxations:
        again = relaxed_pool(contradiction, one.changes)
        assert draw(again, panels=2, seed=b"tried").panels == 2
        assert advice(again).bound == pytest.approx(one.bound)


def test_one_relaxation_leaves_everybody_a_chance(contradiction):
    fair = [one for one in advice(contradiction).relaxations if not one.without_chance]

    assert max(one.bound for one in fair) > 0.05


def protected_only() -> Pool:
    """Nothing but a protected quota could give way."""
    people = people_of((4, {"home": "social"}), (16, {"home": "owner"}))
    return Pool(people, (Quota("home", "social", 6, 9, protected=True),), (), 10)


def test_a_protected_quota_gives_way_only_when_asked():
    kept, asked = advice(protected_only()), advice(protected_only(), touch_protected=True)

    assert kept.relaxations == ()
    change = Change((("home", "social"),), "minimum", 6, 4, protected=True)
    assert [(one.changes, one.protected) for one in asked.relaxations] == [((change,), True)]
    assert isinstance(asked.relaxations[0], Relaxation)


def test_relaxations_stay_within_what_a_quota_admits():
    people = people_of((4, {"home": "social"}), (16, {"home": "owner"}))

    def proposed(least):
        return advice(Pool(people, (Quota("home", "social", 6, 9, least=least),), (), 10)).relaxations

    assert proposed(5) == ()
    assert proposed(4)[0].changes == (Change((("home", "social"),), "minimum", 6, 4),)


def test_how_many_more_volunteers_of_whom_would_do():
    told = advice(protected_only()).volunteers

    assert told.people == 2
    assert told.needs == (((("home", "social"),), 2),)
    assert told.example == (((("home", "social"),), 2),)


def test_volunteers_missing_for_a_crossing_hold_both_values(contradiction):
    crossed = CrossQuota((("age", "young"), ("home", "social")), 4, 9)
    quotas = tuple(replace(one, minimum=0, maximum=20) for one in contradiction.quotas)

    told = advice(Pool(contradiction.people, quotas, (crossed,), 20)).volunteers

    assert told.people == 3
    assert told.needs[0] == ((("age", "young"), ("home", "social")), 3)
    assert told.example == (((("age", "young"), ("home", "social")), 3),)


def test_no_number_of_volunteers_repairs_minimums_over_the_seats():
    people = people_of((20, {"home": "social"}), (20, {"home": "owner"}))
    quotas = (Quota("home", "social", 6, 9), Quota("home", "owner", 5, 9))

    assert advice(Pool(people, quotas, (), 10)).volunteers is None


def two_triples(asked: int) -> Pool:
    """Twice three people of whom two never sit together: by halves three of the six sit, whole ones are two."""
    people = [
        Person(
            f"{triple}{place}",
            {f"{t}{r}": "x" if t == triple and place in (r, (r + 1) % 3) else "-" for t in "ab" for r in range(3)},
        )
        for triple in "ab"
        for place in range(3)
    ]
    people = [Person(one.ticket, {**one.values, "kind": "bound"}) for one in people]
    others = [Person(f"o{place}", {**dict.fromkeys(people[0].values, "-"), "kind": "free"}) for place in range(6)]
    quotas = [Quota(f"{triple}{rule}", "x", 0, 1, protected=True) for triple in "ab" for rule in range(3)]
    return Pool((*people, *others), (*quotas, Quota("kind", "bound", asked, 6)), (), 6)


def test_only_whole_people_in_the_way_leave_no_conflict_to_name():
    told = advice(two_triples(3))

    assert (told.feasible, told.problems, told.conflict) == (False, (), ())
    assert told.relaxations[0].changes == (Change((("kind", "bound"),), "minimum", 3, 2),)
    assert advice(two_triples(2)).feasible
    with pytest.raises(Infeasible):
        draw(two_triples(3), panels=2, seed=b"whole")


def test_advice_on_a_large_pool_takes_few_programs(monkeypatch):
    from panels.lottery import solver

    solved = []
    real = solver.Program.solve
    monkeypatch.setattr(solver.Program, "solve", lambda self: solved.append(self) or real(self))

    assert advice(mirror(748, 100, tolerance=2)).feasible

    assert len(solved) < 25
