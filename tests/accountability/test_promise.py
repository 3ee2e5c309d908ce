"""The arithmetic of the promised date, by hand and by properties."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from src.accountability.promise import Pause, clock_end, promised_on

DAY = date(2026, 3, 2)


def day(n):
    return DAY + timedelta(days=n)


def test_sixty_days_without_anything():
    assert promised_on(DAY, 60) == day(60)


def test_the_threshold_shortens_but_never_lengthens():
    assert promised_on(DAY, 60, threshold_on=day(10)) == day(40)
    assert promised_on(DAY, 60, threshold_on=day(30)) == day(60)
    assert promised_on(DAY, 60, threshold_on=day(50)) == day(60)


def test_a_pause_pushes_the_date_by_its_days():
    assert promised_on(DAY, 60, pauses=[Pause(day(5), day(20))]) == day(75)
    assert promised_on(DAY, 60, pauses=[Pause(day(5), day(5))]) == day(60)


def test_a_pause_before_the_threshold_does_not_lengthen_its_thirty_days():
    assert promised_on(DAY, 60, threshold_on=day(20), pauses=[Pause(day(5), day(15))]) == day(50)
    assert promised_on(DAY, 60, threshold_on=day(10), pauses=[Pause(day(5), day(15))]) == day(45)
    assert promised_on(DAY, 60, threshold_on=day(10), pauses=[Pause(day(20), day(25))]) == day(45)


def test_a_late_answer_stays_late_whatever_is_asked_afterwards():
    assert clock_end(DAY, 60, [Pause(day(61), day(75))]) == day(60)
    assert clock_end(DAY, 60, [Pause(day(60), day(75))]) == day(75)
    assert clock_end(DAY, 60, [Pause(day(50), day(60)), Pause(day(70), day(80))]) == day(80)


@st.composite
def histories(draw):
    """A clock, perhaps a threshold, and up to four pauses that don't overlap."""
    moments = draw(st.lists(st.integers(0, 120), max_size=8).map(sorted))
    pauses = [Pause(day(start), day(end)) for start, end in zip(moments[::2], moments[1::2], strict=False)]
    threshold = draw(st.none() | st.integers(0, 90))
    return {
        "started_on": DAY,
        "days": draw(st.integers(1, 90)),
        "threshold_on": None if threshold is None else day(threshold),
        "threshold_days": draw(st.integers(1, 40)),
        "pauses": pauses,
    }


@settings(max_examples=300, deadline=None)
@given(histories())
def test_the_date_is_never_later_than_promised_but_by_the_days_of_the_pauses(history):
    stood_still = sum((pause.end - pause.start for pause in history["pauses"]), timedelta(0))
    without = history | {"pauses": []}

    assert promised_on(**without) <= promised_on(**history) <= promised_on(**without) + stood_still
    assert promised_on(**history) <= day(history["days"]) + stood_still


@settings(max_examples=300, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_told_changes_nothing(history, chance):
    shuffled = list(history["pauses"])
    chance.shuffle(shuffled)

    assert promised_on(**(history | {"pauses": shuffled})) == promised_on(**history)


@settings(max_examples=300, deadline=None)
@given(histories(), st.integers(0, 90))
def test_a_threshold_never_pushes_the_date_back(history, threshold):
    without = history | {"threshold_on": None}

    assert promised_on(**(history | {"threshold_on": day(threshold)})) <= promised_on(**without)


@settings(max_examples=300, deadline=None)
@given(histories(), st.integers(0, 14))
def test_ending_a_pause_earlier_never_gives_a_later_date(history, earlier):
    if not history["pauses"]:
        return
    *before, last = history["pauses"]
    shorter = Pause(last.start, max(last.start, last.end - timedelta(days=earlier)))

    assert promised_on(**(history | {"pauses": [*before, shorter]})) <= promised_on(**history)
