"""A panel walked at random by its people; beside it, what an attentive person remembers.

At each step: every row's state follows from the last by the table of moves; a seat has one holder, who holds; what was
sealed is what is there; one draw at most is certified, and a void one stays; nothing is known of somebody erased.
"""

import copy
import datetime
from collections import Counter

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from panels import proof, publication, selectors
from panels.enums import (
    BETWEEN,
    BINDING,
    CANDIDATE_MOVES,
    DRAW_MOVES,
    HOLDING,
    PANEL_MOVES,
    PREPARING,
    Beacon,
    CallOutcome,
    CandidateState,
    DrawState,
)
from panels.models import Candidate, CandidateContact, CandidateProfile, Draw, Panel, Quota, Seat, Substitution
from panels.services import calls, candidates, completing, drawing, erasing, preparing, quotas, seats
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panels as make

REFUSALS = (ValidationError, PermissionDenied)
PEOPLE = st.integers(0, 11)
START = datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.UTC)
# What the walks of this session came to; the panel they all begin from.
reached: Counter = Counter()
prepared: list = []


class Walk(RuleBasedStateMachine):
    """One panel of four seats."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel, self.made = time_machine.travel(START, tick=False), None

    def teardown(self):
        reached["walks"] += 1
        self.travel.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def prepare(self):
        if self.made is not None:
            return
        self.time = self.travel.start()
        # Prepared once for all walks; each begins from there.
        self.made = copy.copy(prepared[0])
        self.made.again()
        self.codes = self.made.codes
        self.seen: dict = {}
        self.seals: dict = {}

    def attempt(self, name, act):
        """Do it or be refused with a sentence; any other exception is a fault. What happened is counted."""
        try:
            with transaction.atomic():
                found = act()
            reached[name] += 1
            return found
        except REFUSALS:
            reached[f"{name} refused"] += 1
            return None
        finally:
            drain_outbox()

    def person(self, n):
        return Candidate.objects.select_related("panel").order_by("pk")[n : n + 1].first()

    def draw(self):
        return Draw.objects.select_related("panel").order_by("-number").first()

    @rule(n=PEOPLE, social=st.booleans())
    def register(self, n, social):
        housing = make.SOCIAL if social else make.OWNER
        fields = {"gender": make.WOMAN if n % 2 else make.MAN, "housing": housing, "address": f"{n} quai Sud"}
        self.attempt("register", lambda: self.made.register(self.codes[10 + n % 2], **fields))

    @rule(n=PEOPLE, yes=st.booleans())
    def decide(self, n, yes):
        if one := self.person(n):
            self.attempt("decide", lambda: candidates.decide_eligibility(
                actor=self.made.facilitator, candidate=one, is_eligible=yes, reason="" if yes else "residence"
            ))  # fmt: skip

    @rule()
    def close(self):
        self.attempt("close", self.made.close)

    @rule()
    def reopen(self):
        self.attempt("reopen", lambda: preparing.reopen_registration(
            actor=self.made.organiser, panel=self.made.panel, until=clock.today() + datetime.timedelta(days=5)
        ))  # fmt: skip

    @rule(is_trial=st.sampled_from([False, False, False, True]))
    def make_draw(self, is_trial):
        self.attempt("draw", lambda: drawing.prepare_draw(
            actor=self.made.organiser, panel=self.made.panel, rows=20, is_trial=is_trial
        ))  # fmt: skip

    @rule()
    def seal(self):
        if draw := self.draw():
            self.attempt("seal", lambda: drawing.seal_draw(
                actor=self.made.organiser, draw=draw, beacon=Beacon.PUBLIC_NUMBER, beacon_name="Loto",
                beacon_on=clock.today() + datetime.timedelta(days=1), no_chance_because="x",
            ))  # fmt: skip

    @rule(number=st.integers(0, 999))
    def reveal(self, number):
        if draw := self.draw():
            self.attempt("reveal", lambda: drawing.reveal_draw(
                actor=self.made.organiser, draw=draw, value=str(number)
            ))  # fmt: skip

    @rule()
    def certify(self):
        if draw := self.draw():
            self.attempt("certify", lambda: drawing.certify_draw(
                actor=self.made.guarantor, draw=draw, place="Ici", witnesses=[("Paul Adda", "garant")]
            ))  # fmt: skip

    @initialize(number=st.integers(0, 999), steps=st.integers(0, 6))
    def begin_somewhere(self, number, steps):
        self.prepare()
        self.ceremony(number, steps)

    def ceremony(self, number, steps):
        """The first steps of a draw, so that walks begin everywhere."""
        for one in Candidate.objects.filter(state=CandidateState.VOLUNTEERED):
            candidates.withdraw(candidate=one)
        acts = (
            self.close, lambda: self.make_draw(False), self.seal, lambda: self.days(1), lambda: self.reveal(number),
            self.certify,
        )  # fmt: skip
        for act in acts[:steps]:
            act()

    @rule(number=st.integers(0, 999))
    def whole_ceremony(self, number):
        if self.made.again().state in PREPARING:
            self.ceremony(number, 6)

    @rule()
    def void(self):
        if draw := self.draw():
            self.attempt("void", lambda: drawing.void_draw(
                actor=self.made.guarantor, draw=draw, because="Pour une raison."
            ))  # fmt: skip

    @rule(n=PEOPLE)
    def withdraw(self, n):
        if one := self.person(n):
            self.attempt("withdraw", lambda: candidates.withdraw(candidate=one))

    @rule(n=PEOPLE)
    def exclude(self, n):
        if one := self.person(n):
            self.attempt("exclude", lambda: candidates.exclude(actor=self.made.organiser, candidate=one))

    @rule(outcomes=st.lists(st.sampled_from(CallOutcome.values), min_size=2, max_size=4))
    def call(self, outcomes):
        for outcome in outcomes:
            call = calls.take_next(actor=self.made.facilitator, panel=self.made.panel)
            if call:
                self.attempt("call", lambda call=call, outcome=outcome: calls.finish_call(
                    actor=self.made.facilitator, call=call, outcome=outcome
                ))  # fmt: skip

    @rule()
    def substitute(self):
        seat = Seat.objects.filter(holder__isnull=True).select_related("panel").first()
        if seat:
            self.attempt("substitute", lambda: seats.substitute_next(actor=self.made.facilitator, seat=seat))

    @rule(places=st.sets(st.integers(1, 4), min_size=1), renews=st.sampled_from([True, True, False]))
    def draw_empty_seats(self, places, renews):
        """Of empty seats: begun, sealed, revealed, certified by the same steps as the first draw."""
        self.attempt("complete", lambda: completing.prepare_residual(
            actor=self.made.organiser, panel=self.made.panel, seats=places, rows=20, renews=renews
        ))  # fmt: skip

    @rule(number=st.integers(0, 999), steps=st.integers(0, 4))
    def empty_and_draw_again(self, number, steps):
        """The ceremony of empty seats, as far as it goes."""
        for seat in Seat.objects.filter(holder__isnull=False).select_related("holder__panel")[:2]:
            self.attempt("leave", lambda seat=seat: candidates.withdraw(candidate=seat.holder))
        empty = set(Seat.objects.filter(holder__isnull=True).values_list("number", flat=True))
        self.draw_empty_seats(empty, True)
        for act in (self.seal, lambda: self.days(1), lambda: self.reveal(number), self.certify)[:steps]:
            act()

    @rule(place=st.integers(1, 4))
    def leave_a_seat(self, place):
        seat = Seat.objects.filter(number=place, holder__isnull=False).select_related("holder__panel").first()
        if seat:
            self.attempt("leave", lambda: candidates.withdraw(candidate=seat.holder))
            self.substitute()

    @rule()
    def sit(self):
        self.attempt("sit", lambda: seats.seat_confirmed(actor=self.made.organiser, panel=self.made.panel))

    @rule(n=PEOPLE)
    def erase(self, n):
        if one := self.person(n):
            self.attempt("erase", lambda: erasing.erase_candidate(one))

    @rule(least=st.integers(0, 4))
    def change_quota(self, least):
        quota = Quota.objects.get(value__key=make.SOCIAL)
        self.attempt("quota", lambda: quotas.change_quota(
            actor=self.made.organiser, quota=quota, minimum=least, maximum=4
        ))  # fmt: skip

    @rule(count=st.sampled_from([1, 1, 2, 100]))
    def days(self, count):
        self.time.shift(datetime.timedelta(days=count))
        self.attempt("tick", lambda: erasing.erase_due(clock.now()))

    @rule(model=st.sampled_from([Panel, Candidate, Draw]), data=st.data())
    def force(self, model, data):
        """Somebody writes a state by hand: the database refuses what the table doesn't hold."""
        moves = {Panel: PANEL_MOVES, Candidate: CANDIDATE_MOVES, Draw: DRAW_MOVES}[model]
        row = model.objects.order_by("-pk").first()
        if row is None:
            return
        others = [state for state in moves if state not in (*moves[type(next(iter(moves)))(row.state)], row.state)]
        state = data.draw(st.sampled_from(others))
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(state=state)

    @invariant()
    def states_follow(self):
        if self.made is None:
            return
        for model, moves in ((Panel, PANEL_MOVES), (Candidate, CANDIDATE_MOVES), (Draw, DRAW_MOVES)):
            for pk, state in model.objects.values_list("pk", "state"):
                before = self.seen.get((model, pk))
                assert before is None or before == state or self.leads(moves, before, state), (model, before, state)
                self.seen[model, pk] = state

    def leads(self, moves, before, state):
        """By one move or several of one step (an erasure withdraws first)."""
        kind = type(next(iter(moves)))
        reach, edge = set(), {kind(before)}
        while edge:
            edge = {target for one in edge for target in moves[one]} - reach
            reach |= edge
        return kind(state) in reach

    @invariant()
    def sealed_stays(self):
        if self.made is None:
            return
        for one in Draw.objects.exclude(seal=""):
            facts = (one.seal, one.manifest, one.table_sha256, one.pool_root, bytes(one.table.table))
            assert self.seals.setdefault(one.pk, facts) == facts
            reached[f"seen {one.state}"] += 1
        whole, parts = Draw.objects.filter(completes__isnull=True), Draw.objects.filter(completes__isnull=False)
        assert whole.filter(state=DrawState.CERTIFIED).count() <= 1
        assert whole.filter(state__in=BINDING).count() <= 1
        assert parts.filter(state__in=BETWEEN).count() <= 1
        for one in parts.select_related("completes"):
            assert one.completes.state == DrawState.CERTIFIED
            reached["seen residual"] += one.state == DrawState.CERTIFIED
        for one in Draw.objects.filter(state=DrawState.CERTIFIED).select_related("panel"):
            entries = proof.read_substitutions(publication.files(one, {proof.SUBSTITUTIONS})[proof.SUBSTITUTIONS])
            assert len(entries) == len(selectors.substitutions_of(one.panel, one))

    @invariant()
    def seats_are_held_by_those_who_hold(self):
        held = Candidate.objects.filter(seat__isnull=False)
        assert all(one.state in (*HOLDING, CandidateState.ERASED) for one in held)
        assert Candidate.objects.filter(state__in=HOLDING, seat__isnull=True).count() == 0
        assert Seat.objects.count() in (0, 4)
        ranks = list(Substitution.objects.order_by("pk").values_list("incoming_id", flat=True))
        assert len(ranks) == len(set(ranks))

    @invariant()
    def nothing_is_known_of_the_erased(self):
        for model in (CandidateContact, CandidateProfile):
            assert not model.objects.filter(candidate__state=CandidateState.ERASED).exists()
        standing = Candidate.objects.exclude(state=CandidateState.ERASED)
        assert standing.filter(profile__isnull=True).count() == 0


def ten_people():
    """A panel of four seats: ten people registered, two who hold a letter."""
    made = make.recruiting(seats=4)
    codes = made.print_letters(12)
    for n, code in enumerate(codes[:10]):
        fields = {"gender": make.WOMAN if n % 2 else make.MAN, "housing": make.SOCIAL if n % 3 else make.OWNER}
        one = made.register(code, address=f"{n} quai Nord", **fields)
        candidates.decide_eligibility(actor=made.facilitator, candidate=one, is_eligible=True)
    return made


@pytest.mark.leaves_effects("each walk is rolled back whole; what guarantors are told is in test_telling")
@pytest.mark.django_db
def test_no_walk_breaks_what_a_panel_promises():
    reached.clear()
    with time_machine.travel(START, tick=False):
        prepared[:] = [ten_people()]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=10, stateful_step_count=22, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip

    assert reached["walks"] >= 10


@pytest.mark.leaves_effects("the walk is rolled back whole; what guarantors are told is in test_telling")
@pytest.mark.django_db
def test_the_walk_that_goes_everywhere_keeps_them_too():
    """By the same steps, in an order that reaches every place where something can break, whatever the luck of walks."""
    reached.clear()
    with time_machine.travel(START, tick=False):
        prepared[:] = [ten_people()]
    walk = Walk()
    try:
        walk.prepare()
        # Who is drawn is luck: every seat is left, and everybody erased.
        steps = [
            lambda: walk.ceremony(7, 3),
            walk.void,
            lambda: walk.ceremony(7, 6),
            lambda: walk.call(CallOutcome.values),
            lambda: walk.empty_and_draw_again(3, 4),
            *(lambda place=place: walk.leave_a_seat(place) for place in range(1, 5)),
            lambda: walk.empty_and_draw_again(5, 4),
            lambda: walk.days(100),
            *(lambda n=n: walk.erase(n) for n in range(12)),
        ]
        for step in steps:
            step()
            walk.states_follow()
            walk.sealed_stays()
            walk.seats_are_held_by_those_who_hold()
            walk.nothing_is_known_of_the_erased()
    finally:
        walk.teardown()

    for place in ("certify", "leave", "erase", "void", "call", "seen certified"):
        assert reached[place] > 0, (place, reached)
    # Whether somebody of the reserve keeps every quota is the draw's luck.
    assert reached["complete"] + reached["complete refused"] > 0, reached
    assert reached["substitute"] + reached["substitute refused"] > 0, reached
