"""Who is called when a member leaves: an order fixed by the seed, and everything that is held."""

import hashlib

import pytest

from panels.lottery import (
    CrossQuota,
    Person,
    Pool,
    Quota,
    advice,
    draw,
    reserve_order,
    reserve_per_profile,
    residual_pool,
    substitute,
)

from .pools import broken_rules, mirror

SEED = b"reserve"


def test_the_order_is_that_of_a_hash_anybody_can_compute():
    found = reserve_order(SEED, 7, ("b",), ["a", "b", "c", "d"])

    def rank(ticket):
        return hashlib.sha256(f"{SEED.hex()}|7|{ticket}".encode()).hexdigest()

    assert found == tuple(sorted("acd", key=rank))
    assert reserve_order(SEED, 8, ("b",), ["d", "c", "b", "a"]) != found


def test_the_order_of_a_row_is_every_person_outside_it():
    lottery = draw(mirror(60, 12, tolerance=2), panels=3, seed=SEED)

    order = lottery.reserve(2)

    assert sorted(order) == sorted({person.ticket for person in lottery.pool.people} - set(lottery.rows[2]))


@pytest.fixture
def pool() -> Pool:
    people = (
        Person("a", {"age": "young", "sex": "F"}),
        Person("b", {"age": "old", "sex": "M"}, "home"),
        Person("c", {"age": "old", "sex": "F"}),
        Person("d", {"age": "young", "sex": "M"}, "home"),
        Person("e", {"age": "young", "sex": "M"}, " "),
        Person("f", {"age": "young", "sex": "F"}),
        Person("g", {"age": "old", "sex": "M"}, " "),
    )
    return Pool(people, (Quota("age", "young", 1, 1), Quota("sex", "M", 1, 2)), (), 3)


def test_the_first_who_keeps_quotas_and_homes_takes_the_seat(pool):
    assert substitute(pool, ("a", "b", "c"), "a", (), ("g", "d", "e", "f")) == "e"
    assert substitute(pool, ("a", "b", "c"), "a", {"e"}, ("g", "d", "e", "f")) == "f"
    assert substitute(pool, ("a", "b", "c"), "a", {"e", "f"}, ("g", "d", "e", "f")) is None


def test_two_blank_homes_do_not_exclude_each_other(pool):
    assert substitute(pool, ("g", "c", "a"), "a", (), ("e",)) == "e"


def test_a_crossed_quota_is_kept(pool):
    crossed = Pool(pool.people, pool.quotas, (CrossQuota((("age", "young"), ("sex", "F")), 1, 1),), 3)

    assert substitute(crossed, ("a", "b", "c"), "a", (), ("e", "f")) == "f"


def test_somebody_who_does_not_sit_cannot_leave(pool):
    with pytest.raises(ValueError, match="does not sit"):
        substitute(pool, ("a", "b", "c"), "e", (), ("f",))


def test_every_substitute_of_a_table_gives_a_panel_that_meets_every_rule():
    pool = mirror(120, 24, tolerance=2)
    lottery = draw(pool, panels=4, seed=SEED)

    found = 0
    for number, row in enumerate(lottery.rows):
        for leaving in row:
            ticket = substitute(pool, row, leaving, (), lottery.reserve(number))
            if ticket:
                found += 1
                assert broken_rules(pool, [one for one in row if one != leaving] + [ticket]) == []

    assert found > 80


def test_once_the_reserve_is_spent_a_new_draw_fills_what_the_quotas_still_ask():
    pool = mirror(120, 24, tolerance=2)
    row = draw(pool, panels=1, seed=SEED).rows[0]
    leaving, gone = row[:3], [person.ticket for person in pool.people if person.ticket not in row][:10]

    rest = residual_pool(pool, row, leaving, gone)

    assert rest.seats == 3
    assert not {person.ticket for person in rest.people} & {*row, *gone}
    if advice(rest).feasible:
        new = draw(rest, panels=1, seed=SEED).rows[0]
        assert broken_rules(pool, [*row[3:], *new]) == []


def test_drop_outs_are_simulated_to_tell_how_deep_each_profile_is():
    people = [Person(f"y{place}", {"age": "young"}) for place in range(3)]
    people += [Person(f"o{place:02}", {"age": "old"}) for place in range(40)]
    pool = Pool(tuple(people), (Quota("age", "young", 2, 2), Quota("age", "old", 8, 8)), (), 10)
    lottery = draw(pool, panels=30, seed=SEED)

    young, old = reserve_per_profile(pool, lottery.rows, seed=SEED, drop_out=0.4, refusal=0.5)

    assert (young.label, young.people, young.possible_median) == ((("age", "young"),), 3, 1)
    assert (old.label, old.people) == ((("age", "old"),), 40)
    assert young.replaced / young.leavers < 0.6 < old.replaced / old.leavers
    assert old.possible_worst > 15
    assert (young, old) == reserve_per_profile(pool, lottery.rows, seed=SEED, drop_out=0.4, refusal=0.5)


def test_a_simulated_seat_is_taken_by_those_whom_the_rules_let_sit(pool):
    """Alone to leave, a young woman of the first row: as many as ``substitute`` finds, one after the other."""
    row, order = ("a", "b", "c"), reserve_order(SEED, 0, ("a", "b", "c"), "abcdefg")
    able: list[str] = []
    while ticket := substitute(pool, row, "a", able, order):
        able.append(ticket)

    told = reserve_per_profile(pool, [row], seed=SEED, drop_out=1.0, refusal=1.0)

    assert set(able) == {"e", "f"}
    assert {one.label: one.possible_worst for one in told}[(("age", "young"),)] == len(able)
