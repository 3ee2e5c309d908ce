"""The check of a table finds each kind of fault, in the row that has it."""

import pytest

from panels.lottery import CrossQuota, Person, Pool, Quota
from panels.lottery.checking import Fault, faults

PEOPLE = tuple(
    Person(ticket, {"age": age, "gender": gender}, home)
    for ticket, age, gender, home in (
        ("a", "young", "F", "home"),
        ("b", "young", "M", "home"),
        ("c", "old", "F", ""),
        ("d", "old", "M", ""),
        ("e", "old", "F", "elsewhere"),
    )
)
POOL = Pool(
    PEOPLE,
    (Quota("age", "young", 1, 1), Quota("age", "old", 1, 2)),
    (CrossQuota((("age", "old"), ("gender", "M")), 0, 1),),
    3,
)


@pytest.mark.parametrize(
    "row, found",
    [
        (("a", "c", "d"), []),
        (("a", "c"), [("size", (2, 3))]),
        (("a", "c", "c"), [("twice", ())]),
        (("a", "c", "z"), [("unknown", ("z",))]),
        (("c", "d", "e"), [("maximum", (("age", "old"),)), ("minimum", (("age", "young"),))]),
        (("a", "b", "c"), [("maximum", (("age", "young"),)), ("household", ("home",))]),
    ],
)
def test_each_rule_that_a_row_breaks_is_found(row, found):
    assert faults(POOL, [("b", "d", "e"), row]) == [Fault(1, *one) for one in found]


def test_a_crossed_quota_is_counted_on_people_who_hold_both():
    pool = Pool(PEOPLE, (), (CrossQuota((("age", "old"), ("gender", "F")), 0, 1),), 2)

    assert faults(pool, [("c", "d"), ("c", "e")]) == [Fault(1, "maximum", (("age", "old"), ("gender", "F")))]
