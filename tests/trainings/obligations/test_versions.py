"""After a major version: what changed is asked of those who hold an older one, or what they did holds less long."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainings.obligations.cycles import Done, Person, advance
from trainings.obligations.deadlines import RenewalBase, State, Validity
from trainings.obligations.versions import Change, ends_by

from .test_cycles import MAIN, POST, SHORT, TERMS, days, histories
from .test_cycles import told as told_before

DECIDED, BY = date(2026, 3, 1), date(2026, 6, 1)
ASKING = replace(TERMS, track=MAIN, catch_up=Change(20, 2, BY, DECIDED))
FIRST = Done(date(2026, 1, 10), 7, MAIN, number=1)


def holder(*more, first=FIRST):
    return Person([POST], [first, *more])


def night(terms, person, day, last=None):
    return advance(terms, person, last, day)


def asked(terms=ASKING, person=None, day=DECIDED):
    """The cycle that is open once somebody who holds the first version is asked to catch up."""
    return night(terms, person or holder(), day)[-1]


def test_who_holds_an_older_version_is_asked_for_what_changed_and_keeps_what_they_have():
    held, cycle = night(ASKING, holder(), DECIDED)

    assert (held.satisfied_by, held.valid_until) == (7, date(2027, 1, 10))
    assert (cycle.number, cycle.catches_up, cycle.renews, cycle.expires_on) == (2, 20, 7, held.valid_until)
    # The whole notice of the rule, from the day it is told; and it isn't said to be a renewal.
    assert (cycle.due_on, cycle.state) == (max(BY, DECIDED + timedelta(days=60)), State.TO_DO)
    assert (cycle.explanation["catches_up"], cycle.explanation["expires_on"]) == (20, None)
    assert night(ASKING, holder(), BY + timedelta(days=1), cycle)[0].state == State.OVERDUE


@pytest.mark.parametrize(
    "done",
    [
        Done(FIRST.completed_on, 7, MAIN, number=2),
        # Taken from a file, or another training that counts: its version isn't known, and it is left alone.
        Done(FIRST.completed_on, 7, MAIN),
    ],
)
def test_nobody_else_is_asked(done):
    (cycle,) = night(ASKING, holder(first=done), DECIDED)

    assert (cycle.catches_up, cycle.state) == (None, State.UP_TO_DATE)
    (before,) = night(ASKING, holder(), DECIDED - timedelta(days=1))
    assert before.number == 1
    # Who followed the new version whole meanwhile has it.
    assert [one.number for one in night(ASKING, holder(Done(date(2026, 2, 1), 8, MAIN, number=2)), DECIDED)] == [1]
    # Who renews the whole training before that day isn't asked twice.
    assert [one.catches_up for one in night(ASKING, holder(first=replace(FIRST, completed_on=date(2025, 6, 20))), DECIDED)] == [None]  # fmt: skip


@pytest.mark.parametrize("base", [RenewalBase.COMPLETION, RenewalBase.PREVIOUS_EXPIRY])
def test_what_was_caught_up_prolongs_nothing(base):
    terms = replace(ASKING, validity=Validity(12, base, 30))
    done = Done(date(2026, 5, 1), 9, MAIN, number=2, carries=7)

    (after,) = night(terms, holder(done), date(2026, 5, 1), asked(terms))

    assert (after.satisfied_by, after.valid_until, after.state) == (9, date(2027, 1, 10), State.UP_TO_DATE)
    # Then the renewal comes when it would have come, and asks for the whole.
    *_, renewal = night(terms, holder(done), date(2026, 12, 15), after)
    assert (renewal.number, renewal.renews, renewal.catches_up, renewal.expires_on) == (3, 9, None, after.valid_until)
    # Asked anew in another obligation, it is counted from the day of what it carries.
    (fresh,) = night(replace(terms, catch_up=None), holder(done), date(2026, 5, 2))
    assert (fresh.satisfied_by, fresh.valid_until) == (9, date(2027, 1, 10))


def test_the_whole_training_done_again_answers_it_too_and_may_prolong():
    again = Done(date(2026, 5, 1), 9, MAIN, number=3)
    rolling = replace(ASKING, validity=Validity(12, RenewalBase.COMPLETION, 30))

    (kept,) = night(ASKING, holder(again), date(2026, 5, 1), asked())
    (moved,) = night(rolling, holder(again), date(2026, 5, 1), asked(rolling))

    assert (kept.satisfied_by, kept.valid_until) == (9, date(2027, 1, 10))
    assert (moved.satisfied_by, moved.valid_until) == (9, date(2027, 5, 1))


def test_once_the_whole_may_be_renewed_the_same_cycle_asks_for_the_renewal():
    open_still = night(ASKING, holder(), date(2026, 12, 10), asked())[0]
    renewing = night(ASKING, holder(), date(2026, 12, 11), open_still)

    assert (open_still.catches_up, open_still.state) == (20, State.OVERDUE)
    assert [(one.number, one.catches_up, one.due_on, one.state) for one in renewing] == [
        (2, None, date(2027, 2, 9), State.TO_RENEW)
    ]
    # What only carries an older one doesn't renew; the refresher does.
    carrying = Done(date(2026, 12, 12), 9, MAIN, number=2, carries=7)
    assert night(ASKING, holder(carrying), date(2026, 12, 12), renewing[0])[0].is_open
    refreshed = Done(date(2026, 12, 12), 9, SHORT)
    assert night(ASKING, holder(refreshed), date(2026, 12, 12), renewing[0])[0].valid_until == date(2028, 1, 10)


def test_a_later_version_moves_what_is_asked_with_its_notice():
    third = replace(ASKING, catch_up=Change(30, 3, date(2026, 9, 1), date(2026, 5, 1)))

    (cycle,) = night(third, holder(), date(2026, 5, 1), asked())

    assert (cycle.number, cycle.catches_up, cycle.due_on) == (2, 30, date(2026, 9, 1))
    # What was finished of the second one in between doesn't answer the third.
    second = Done(date(2026, 4, 30), 9, MAIN, number=2, carries=7)
    assert night(third, holder(second), date(2026, 5, 2), cycle)[0].is_open


def test_what_no_longer_counts_is_asked_whole():
    (cycle,) = night(ASKING, Person([POST]), date(2026, 4, 1), asked())

    assert (cycle.number, cycle.renews, cycle.catches_up, cycle.state) == (2, None, None, State.TO_DO)


def test_an_obligation_done_once_may_ask_to_catch_up():
    terms = replace(ASKING, validity=Validity(None))
    cycle = asked(terms)

    (after,) = night(terms, holder(Done(BY, 9, MAIN, number=2, carries=7)), BY, cycle)

    assert (cycle.state, cycle.expires_on) == (State.TO_DO, None)
    assert (after.valid_until, after.state) == (None, State.UP_TO_DATE)


# ---- what was done before holds less long

LESS = replace(TERMS, track=MAIN, shortenings=(Change(20, 2, BY, DECIDED),))


@pytest.mark.parametrize(
    ("number", "until", "ends"),
    [
        (1, date(2027, 1, 10), BY),
        (1, None, BY),
        (1, date(2026, 5, 1), date(2026, 5, 1)),
        (2, date(2027, 1, 10), date(2027, 1, 10)),
        (0, date(2027, 1, 10), date(2027, 1, 10)),
        (0, None, None),
    ],
)
def test_until_when_a_version_holds(number, until, ends):
    assert ends_by(LESS.shortenings, number, until) == ends


def test_a_shortened_validity_asks_for_the_renewal_with_its_whole_notice():
    (held,) = night(TERMS, holder(), date(2026, 2, 1))

    shortened, renewal = night(LESS, holder(), date(2026, 5, 10), held)

    assert (shortened.satisfied_by, shortened.valid_until, shortened.renews_from) == (7, BY, date(2026, 5, 2))
    assert (renewal.number, renewal.expires_on, renewal.due_on) == (2, BY, date(2026, 7, 9))
    assert renewal.state == State.TO_RENEW
    (done,) = night(LESS, holder(Done(date(2026, 5, 20), 9, MAIN, number=2)), date(2026, 5, 20), renewal)
    assert done.valid_until == date(2027, 6, 1)


def test_a_renewal_that_was_asked_already_is_told_again_never_sooner_than_its_notice():
    first = replace(FIRST, completed_on=date(2025, 8, 1))
    *_, renewal = night(TERMS, holder(first=first), date(2026, 7, 5))
    assert renewal.due_on == date(2026, 9, 3)

    later = replace(LESS, shortenings=(Change(20, 2, date(2026, 7, 20), date(2026, 7, 6)),))
    (sooner,) = night(later, holder(first=first), date(2026, 7, 6), renewal)

    assert (sooner.expires_on, sooner.due_on) == (date(2026, 7, 20), date(2026, 9, 3))
    assert night(later, holder(first=first), date(2026, 7, 7), sooner) == [sooner]


def test_an_older_version_finished_after_its_last_day_counts_no_longer():
    late = Done(date(2026, 6, 2), 9, MAIN, number=1)

    (cycle,) = night(LESS, Person([POST], [late]), date(2026, 6, 2))

    assert cycle.is_open


# ---- whatever happens


changes = st.builds(lambda version, day, notice: Change(version, version, day + timedelta(days=notice), day),
                    st.integers(2, 4), days, st.integers(1, 120))  # fmt: skip
decisions = st.fixed_dictionaries(
    {
        "catch_up": st.one_of(st.none(), changes),
        "shortenings": st.lists(changes, max_size=2, unique_by=lambda change: change.number),
        "numbers": st.lists(st.integers(0, 4), min_size=5, max_size=5),
        "carries": st.lists(st.booleans(), min_size=5, max_size=5),
    }
)


def told(history, decided, rng=None, until=date.max):
    """A history with the versions that were followed, and what had been decided about them by a day."""
    terms, person = told_before(history, rng, until)
    asked_now = decided["catch_up"]
    terms = replace(
        terms,
        track=MAIN,
        catch_up=asked_now if asked_now is not None and asked_now.since <= until else None,
        shortenings=tuple(one for one in decided["shortenings"] if one.since <= until),
    )
    done = [replace(one, number=decided["numbers"][one.key]) for one in person.done]
    ordered = sorted(one for one in done if one.track == MAIN)
    root = ordered[0] if ordered else None
    done = [
        replace(one, carries=root.key) if one.track == MAIN and one != root and decided["carries"][one.key] else one
        for one in done
    ]
    return terms, replace(person, done=done)


@given(histories, decisions, days, st.integers(0, 9))
@settings(max_examples=250, deadline=None)
def test_the_same_facts_decisions_and_day_give_the_same_cycles(history, decided, day, seed):
    terms, person = told(history, decided)

    cycles = advance(terms, person, None, day)

    assert advance(*told(history, decided, random.Random(seed)), None, day) == cycles
    if cycles:
        assert advance(terms, person, cycles[-1], day) == [cycles[-1]]


@given(histories, decisions, st.integers(1, 40))
@settings(max_examples=120, deadline=None)
def test_what_always_holds_whatever_is_decided_of_versions(history, decided, step):
    kept: dict[int, object] = {}
    last, day = None, date(2025, 6, 1)
    while day <= date(2028, 6, 1):
        terms, person = told(history, decided, until=day)
        cycles = advance(terms, person, last, day)
        for cycle in cycles:
            before = kept.get(cycle.number)
            assert cycle.due_on >= cycle.told_on + timedelta(days=min(rule.min_notice_days for rule in terms.rules))
            assert cycle.catches_up is None or cycle.renews is not None
            if before is not None:
                assert cycle.assigned_on == before.assigned_on
                assert before.satisfied_by in (None, cycle.satisfied_by)
                # What holds is only ever shortened, by a decision, to its day.
                if before.valid_until != cycle.valid_until and before.satisfied_by is not None:
                    assert cycle.valid_until in [one.day for one in terms.shortenings]
                    assert before.valid_until is None or cycle.valid_until < before.valid_until
            kept[cycle.number] = cycle
        assert all(not one.is_open for one in cycles[:-1])
        last = cycles[-1] if cycles else last
        day += timedelta(days=step)
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert sum(one.is_open for one in kept.values()) <= 1
    for number, cycle in kept.items():
        carried = {one.key: one.carries for one in person.done}.get(cycle.satisfied_by)
        if carried is not None and number > 1 and kept[number - 1].valid_until is not None:
            # Catching up never lengthens what held.
            assert cycle.valid_until <= kept[number - 1].valid_until
