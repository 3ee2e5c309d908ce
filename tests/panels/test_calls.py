"""Calls: nobody is called by two people, a call forgotten comes back, what is said changes the seat."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from panels import selectors
from panels.enums import CallOutcome, CallReason, CallState
from panels.models import Call
from panels.services import calls
from src.foundations import clock
from tests.factories import panels as make

pytestmark = pytest.mark.django_db


def queued(count=2, **fields):
    made = make.recruiting(**fields)
    for one in made.registered(count, eligible=False):
        calls.ask_call(candidate=one, reason=CallReason.CHECK)
    return made


def test_two_facilitators_never_have_the_same_call_and_one_gets_their_own_again():
    made = queued(2)
    first = calls.take_next(actor=made.facilitator, panel=made.panel)
    second = calls.take_next(actor=made.second, panel=made.panel)
    again = calls.take_next(actor=made.facilitator, panel=made.panel)
    third = calls.take_next(actor=made.organiser, panel=made.panel)

    assert first.pk != second.pk
    assert again.pk == first.pk
    assert third is None
    with pytest.raises(PermissionDenied):
        calls.take_next(actor=made.keeper, panel=made.panel)


def test_a_call_taken_between_the_reading_and_the_taking_is_left_to_the_other(monkeypatch):
    made = queued(2)
    real, told = calls.hold_for, []

    def hold_for():
        # Somebody takes the call at the very moment somebody else has read that it is free.
        told.append(True)
        if len(told) == 1:
            calls.take_next(actor=made.second, panel=made.panel)
        return real()

    monkeypatch.setattr(calls, "hold_for", hold_for)
    mine = calls.take_next(actor=made.facilitator, panel=made.panel)
    monkeypatch.undo()

    taken = dict(Call.objects.filter(state=CallState.TAKEN).values_list("taken_by_id", "pk"))
    assert taken[made.facilitator.pk] == mine.pk
    assert len(set(taken.values())) == 2


def test_a_call_forgotten_for_half_an_hour_is_somebody_else_s():
    made = queued(1)
    first = calls.take_next(actor=made.facilitator, panel=made.panel)
    with time_machine.travel(clock.now() + datetime.timedelta(minutes=31), tick=False):
        second = calls.take_next(actor=made.second, panel=made.panel)
        with pytest.raises(ValidationError):
            calls.finish_call(actor=made.facilitator, call=first, outcome=CallOutcome.YES)

    assert second.pk == first.pk
    assert Call.objects.get().taken_by == made.second


def test_no_answer_comes_back_the_next_day_and_ends_after_five_tries():
    made = queued(1)
    states = []
    for day in range(5):
        with time_machine.travel(clock.now() + datetime.timedelta(days=2 * day), tick=False):
            call = calls.take_next(actor=made.facilitator, panel=made.panel)
            calls.finish_call(actor=made.facilitator, call=call, outcome=CallOutcome.NO_ANSWER)
            call.refresh_from_db()
            states.append((call.state, call.tries))
            assert calls.take_next(actor=made.facilitator, panel=made.panel) is None

    assert states == [("waiting", 1), ("waiting", 2), ("waiting", 3), ("waiting", 4), ("done", 5)]


def test_called_again_at_the_hour_they_said_and_never_in_the_past():
    made = queued(1)
    call = calls.take_next(actor=made.facilitator, panel=made.panel)
    with pytest.raises(ValidationError):
        calls.finish_call(
            actor=made.facilitator, call=call, outcome=CallOutcome.CALL_AGAIN, call_at=clock.now()
            - datetime.timedelta(hours=1),
        )  # fmt: skip
    at = clock.now() + datetime.timedelta(hours=3)
    calls.finish_call(actor=made.facilitator, call=call, outcome=CallOutcome.CALL_AGAIN, call_at=at)
    assert calls.take_next(actor=made.second, panel=made.panel) is None
    assert selectors.call_counts(made.facilitator, made.panel) == {"to_make": 0, "later": 1, "taken": 0, "done": 0}
    with time_machine.travel(at + datetime.timedelta(minutes=1), tick=False):
        assert calls.take_next(actor=made.second, panel=made.panel).pk == call.pk


def test_given_back_it_waits_for_anybody_and_asked_twice_it_is_one():
    made = queued(1)
    call = calls.take_next(actor=made.facilitator, panel=made.panel)
    with pytest.raises(ValidationError):
        calls.give_back(actor=made.second, call=call)
    calls.give_back(actor=made.facilitator, call=call)
    calls.ask_call(candidate=call.candidate, reason=CallReason.CHECK)

    assert Call.objects.count() == 1
    assert calls.take_next(actor=made.second, panel=made.panel).pk == call.pk
