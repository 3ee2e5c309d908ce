"""One person and one obligation: cycles that open, are answered, and are never put back to the beginning."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainings.obligations.cycles import Anchor, Decided, Done, Person, Rule, Terms, advance
from trainings.obligations.deadlines import RenewalBase, Span, State, Validity
from trainings.obligations.predicates import EVERYBODY, Post, read

MAIN, SHORT, OTHER = 1, 2, 3
START = date(2026, 1, 1)
RECEPTION = read({"field": "contact_public", "op": "=", "value": True})
RULE = Rule(1, read(EVERYBODY), Anchor.RULE_ENTRY, 90, 60, START)
TERMS = Terms((RULE,), Validity(12, RenewalBase.PREVIOUS_EXPIRY, 30), frozenset({MAIN}), renewal_track=SHORT)
POST = Post(
    date(2025, 1, 1), units=frozenset({"DEV"}), contact_public=True, job_family="accueil", hired_on=date(2020, 5, 4)
)


def lived(terms, person_at, until, *, start=START, step=1, decided=Decided()):
    """Every cycle of somebody, evaluated from day to day."""
    cycles, day = [], start
    while day <= until:
        after = advance(terms, person_at(day), cycles[-1] if cycles else None, day, decided)
        cycles = [*cycles[:-1], *after]
        day += timedelta(days=step)
    return cycles


def test_nobody_is_asked_without_a_post_or_a_rule():
    assert advance(TERMS, Person(), None, START) == []
    assert advance(replace(TERMS, rules=()), Person([POST]), None, START) == []
    assert advance(TERMS, Person([replace(POST, ends_on=date(2025, 12, 31))]), None, START) == []


def test_a_first_cycle_opens_with_its_day_and_its_reasons():
    rule = replace(RULE, tree=RECEPTION)

    (cycle,) = advance(replace(TERMS, rules=(rule,)), Person([POST]), None, date(2026, 2, 1))

    assert (cycle.number, cycle.assigned_on, cycle.due_on, cycle.state) == (
        1,
        date(2026, 2, 1),
        date(2026, 4, 2),
        State.TO_DO,
    )
    assert cycle.explanation["rules"] == [
        {
            "rule": 1, "anchor": "rule_entry", "anchor_on": "2026-01-01", "missing": False, "since": "2026-01-01",
            "offset_days": 90, "notice_days": 60, "due_on": "2026-04-02",
            "because": [{"field": "contact_public", "op": "=", "value": True}],
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("anchor", "offset", "due", "lacks"),
    [
        (Anchor.RULE_ENTRY, 90, date(2026, 4, 1), False),
        (Anchor.HIRE_DATE, 365 * 6, date(2026, 5, 3), False),
        (Anchor.HIRE_DATE, 90, date(2026, 3, 2), False),
        (Anchor.JOB_START, 500, date(2026, 5, 16), False),
        (Anchor.FIXED_DATE, 0, date(2026, 12, 31), False),
        # No version was published: from the entry, and it is said.
        (Anchor.VERSION_PUBLISHED, 90, date(2026, 4, 1), True),
    ],
)
def test_each_fact_a_rule_counts_from(anchor, offset, due, lacks):
    rule = replace(RULE, anchor=anchor, offset_days=offset, fixed_on=date(2026, 12, 31))

    (cycle,) = advance(replace(TERMS, rules=(rule,)), Person([POST]), None, START)

    assert (cycle.due_on, cycle.lacks_anchor) == (due, lacks)


def test_a_job_that_is_not_known_is_counted_from_the_entry_and_never_left_out():
    rule = replace(RULE, anchor=Anchor.JOB_START)

    (cycle,) = advance(replace(TERMS, rules=(rule,)), Person([replace(POST, job_family="")]), None, START)

    assert (cycle.lacks_anchor, cycle.due_on, cycle.explanation["rules"][0]["missing"]) == (
        True,
        date(2026, 4, 1),
        True,
    )


def test_of_several_rules_the_earliest_day_holds_and_all_reasons_are_kept():
    sooner = Rule(2, RECEPTION, Anchor.RULE_ENTRY, 70, 60, START)

    (cycle,) = advance(replace(TERMS, rules=(RULE, sooner)), Person([POST]), None, START)

    assert (cycle.rule, cycle.due_on) == (2, date(2026, 3, 12))
    assert [one["rule"] for one in cycle.explanation["rules"]] == [1, 2]
    assert cycle.explanation["winner"] == 1


def test_what_was_done_before_counts_as_long_as_it_holds():
    held = Person([POST], [Done(date(2025, 6, 1), 7, MAIN)])
    over = Person([POST], [Done(date(2024, 12, 1), 7, MAIN)])
    short = Person([POST], [Done(date(2025, 6, 1), 7, SHORT)])

    (cycle,) = advance(TERMS, held, None, START)

    assert (cycle.satisfied_by, cycle.valid_until, cycle.state) == (7, date(2026, 6, 1), State.UP_TO_DATE)
    assert [one.state for one in advance(TERMS, over, None, START)] == [State.TO_DO]
    # The refresher renews; it doesn't begin.
    assert [one.state for one in advance(TERMS, short, None, START)] == [State.TO_DO]


def test_three_cycles_one_after_the_other():
    done = [Done(date(2026, 2, 1), 1, MAIN), Done(date(2027, 1, 20), 2, SHORT), Done(date(2028, 3, 1), 3, SHORT)]

    cycles = lived(
        TERMS, lambda day: Person([POST], [one for one in done if one.completed_on <= day]), date(2029, 2, 1)
    )

    assert [(one.number, one.assigned_on, one.due_on, one.satisfied_on, one.valid_until, one.state) for one in cycles] == [
        (1, date(2026, 1, 1), date(2026, 4, 1), date(2026, 2, 1), date(2027, 2, 1), State.TO_RENEW),
        # In its window: from the end of the one before. A notice is kept, even past the end.
        (2, date(2027, 1, 2), date(2027, 3, 3), date(2027, 1, 20), date(2028, 2, 1), State.TO_RENEW),
        # Late: from the day it was done.
        (3, date(2028, 1, 2), date(2028, 3, 2), date(2028, 3, 1), date(2029, 3, 1), State.TO_RENEW),
        (4, date(2029, 1, 30), date(2029, 3, 31), None, None, State.TO_RENEW),
    ]  # fmt: skip


def test_a_renewal_ahead_of_its_window_counts_only_from_the_day_it_was_done():
    done = [Done(date(2026, 2, 1), 1, MAIN), Done(date(2026, 8, 1), 2, MAIN)]
    person, day = Person([POST], done), date(2026, 8, 2)

    kept = lived(TERMS, lambda _day: person, day, start=day)
    rolling = replace(TERMS, validity=Validity(12, RenewalBase.COMPLETION, 30))
    moved = lived(rolling, lambda on: Person([POST], [one for one in done if one.completed_on <= on]), day)

    assert [(one.number, one.valid_until) for one in kept] == [(1, date(2027, 8, 1))]
    ahead = lived(TERMS, lambda on: Person([POST], [one for one in done if one.completed_on <= on]), day)
    assert [(one.number, one.valid_until) for one in ahead] == [(1, date(2027, 2, 1))]
    assert [(one.number, one.valid_until) for one in moved] == [(1, date(2027, 2, 1)), (2, date(2027, 8, 1))]


def test_who_leaves_keeps_the_cycle_and_finds_it_again_with_its_notice():
    gone = replace(POST, ends_on=date(2026, 2, 28))
    back = Post(date(2026, 6, 1), units=POST.units, job_family="accueil", hired_on=POST.hired_on)

    cycles = lived(
        TERMS,
        lambda day: Person([gone] if day < back.starts_on else [gone, back]),
        date(2026, 6, 2),
        start=date(2026, 2, 1),
    )

    assert [(one.number, one.assigned_on, one.left_on, one.due_on) for one in cycles] == [
        (1, date(2026, 2, 1), None, date(2026, 8, 30))
    ]
    away = lived(TERMS, lambda _day: Person([gone]), date(2026, 3, 5), start=date(2026, 2, 1))
    assert [(one.state, one.left_on, one.due_on) for one in away] == [
        (State.NOT_APPLICABLE, date(2026, 3, 1), date(2026, 4, 2))
    ]


def test_a_day_that_was_told_never_comes_sooner_than_its_notice():
    (told,) = advance(TERMS, Person([POST]), None, START)
    shorter = replace(TERMS, rules=(replace(RULE, offset_days=10),))

    # With its notice it would be later than what was told: what was told stays. Earlier than that: told again.
    (kept,) = advance(shorter, Person([POST]), told, date(2026, 2, 10))
    (sooner,) = advance(shorter, Person([POST]), told, date(2026, 1, 10))

    assert (kept.due_on, kept.told_on) == (told.due_on, told.told_on)
    assert (sooner.due_on, sooner.told_on) == (date(2026, 3, 11), date(2026, 1, 10))
    assert advance(shorter, Person([POST]), kept, date(2026, 2, 11)) == [kept]


def test_an_extension_an_exemption_an_absence():
    (told,) = advance(TERMS, Person([POST]), None, START)
    day = date(2026, 2, 1)

    (later,) = advance(TERMS, Person([POST]), told, day, Decided(date(2026, 7, 1), day))
    (exempt,) = advance(TERMS, Person([POST]), told, day, Decided(exempt=True))
    (asked_again,) = advance(TERMS, Person([POST]), exempt, date(2026, 6, 1))
    away = Person([POST], absences=[Span(date(2026, 1, 15), date(2026, 2, 13))])
    (asleep,) = advance(TERMS, away, told, day)

    assert (later.due_on, later.explanation["extended_to"]) == (date(2026, 7, 1), "2026-07-01")
    assert (exempt.state, exempt.due_on) == (State.EXEMPT, told.due_on)
    assert (asked_again.told_on, asked_again.due_on) == (date(2026, 6, 1), date(2026, 7, 31))
    assert (asleep.state, asleep.due_on, asleep.explanation["absence_days"]) == (State.SUSPENDED, date(2026, 5, 1), 30)


def test_a_completion_that_no_longer_counts_is_asked_again_with_its_notice():
    (held,) = advance(TERMS, Person([POST], [Done(date(2025, 6, 1), 7, MAIN)]), None, START)

    (open_again,) = advance(TERMS, Person([POST]), held, date(2026, 5, 1))

    assert (open_again.number, open_again.satisfied_by, open_again.valid_until) == (1, None, None)
    assert (open_again.due_on, open_again.state) == (date(2026, 6, 30), State.TO_DO)


def test_a_renewal_of_what_no_longer_counts_is_a_first_one_again():
    first = Done(date(2026, 1, 1), 7, MAIN)
    renewing = advance(TERMS, Person([POST], [first]), None, date(2026, 12, 15))

    (again,) = advance(TERMS, Person([POST]), renewing[-1], date(2027, 1, 10))

    assert [one.state for one in renewing] == [State.TO_RENEW, State.TO_RENEW]
    assert (again.number, again.renews, again.expires_on, again.state) == (2, None, None, State.TO_DO)


def test_an_obligation_without_end_is_done_once():
    terms = replace(TERMS, validity=Validity(None))

    cycles = advance(terms, Person([POST], [Done(date(2021, 1, 1), 7, MAIN)]), None, date(2040, 1, 1))

    assert [(one.number, one.valid_until, one.state) for one in cycles] == [(1, None, State.UP_TO_DATE)]


days = st.dates(date(2025, 6, 1), date(2027, 12, 31))
rules = st.builds(
    Rule, st.integers(1, 4), st.sampled_from([read(EVERYBODY), RECEPTION]), st.sampled_from(Anchor), st.integers(0, 400),
    st.integers(1, 120), days, days,
)  # fmt: skip
posts = st.builds(
    lambda start, length, contact, family: Post(
        start, None if length is None else start + timedelta(days=length), frozenset({"DEV"}), "DEV", family, contact, False, date(2020, 5, 4)
    ),
    days, st.one_of(st.none(), st.integers(10, 300)), st.booleans(), st.sampled_from(["", "accueil"]),
)  # fmt: skip
histories = st.fixed_dictionaries(
    {
        "rules": st.lists(rules, min_size=1, max_size=3, unique_by=lambda rule: rule.key),
        "base": st.sampled_from(RenewalBase),
        "months": st.one_of(st.none(), st.integers(2, 18)),
        "window": st.integers(0, 50),
        "posts": st.lists(posts, max_size=4),
        "done": st.lists(st.tuples(days, st.sampled_from([MAIN, SHORT, OTHER])), max_size=5),
        "away": st.lists(st.builds(lambda start, length: Span(start, start + timedelta(days=length)), days, st.integers(0, 90)), max_size=2),
    }
)  # fmt: skip


def told(history, rng=None, until=date.max):
    """The terms and the person of a history, in another order if asked."""
    window = min(history["window"], (history["months"] or 2) * 28 - 1)
    base = history["base"] if history["months"] else RenewalBase.COMPLETION
    terms = Terms(
        tuple(history["rules"]),
        Validity(history["months"], base, window, date(2025, 12, 31), 20),
        frozenset({MAIN}),
        SHORT,
    )
    done = [
        Done(day, key, track) for key, (day, track) in enumerate(history["done"]) if track != OTHER and day <= until
    ]
    parts = [list(history["posts"]), done, list(history["away"])]
    if rng is not None:
        for part in parts:
            rng.shuffle(part)
        terms = replace(terms, rules=tuple(rng.sample(terms.rules, len(terms.rules))))
    return terms, Person(*parts)


@given(histories, days, st.integers(0, 9))
@settings(max_examples=250, deadline=None)
def test_the_same_facts_and_day_give_the_same_cycles_in_whatever_order(history, day, seed):
    terms, person = told(history)

    cycles = advance(terms, person, None, day)

    assert advance(*told(history, random.Random(seed)), None, day) == cycles
    if cycles:
        # The same day again: nothing to write.
        assert advance(terms, person, cycles[-1], day) == [cycles[-1]]


@given(histories, st.integers(1, 40))
@settings(max_examples=120, deadline=None)
def test_what_always_holds_from_night_to_night(history, step):
    kept: dict[int, object] = {}
    last, day = None, date(2025, 6, 1)
    while day <= date(2028, 6, 1):
        terms, person = told(history, until=day)
        cycles = advance(terms, person, last, day)
        for cycle in cycles:
            before = kept.get(cycle.number)
            assert cycle.due_on >= cycle.told_on + timedelta(days=min(rule.min_notice_days for rule in terms.rules))
            assert cycle.told_on >= cycle.assigned_on
            assert cycle.is_open or cycle.satisfied_on <= day
            if before is not None:
                # Nothing is ever put back: an answered cycle stays answered, a cycle keeps the day it opened.
                assert cycle.assigned_on == before.assigned_on
                assert before.satisfied_by in (None, cycle.satisfied_by)
                assert before.valid_until in (None, cycle.valid_until)
            kept[cycle.number] = cycle
        if cycles:
            assert [one.number for one in cycles] == list(range(cycles[0].number, cycles[-1].number + 1))
            assert all(not one.is_open for one in cycles[:-1])
            last = cycles[-1]
        day += timedelta(days=step)
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert sum(one.is_open for one in kept.values()) <= 1
