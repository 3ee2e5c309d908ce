"""A ballot walked at random by its people, at random moments; beside it an oracle that only remembers.

At each step: the roll holds those the oracle saw vote, once; boxes are as many as those who voted otherwise than on
paper; nothing comes in after the closing; the figures, once told, are those that the oracle adds up, and never change.
"""

import datetime
from collections import Counter

import nacl.exceptions
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.participation.ballots import rules, services
from src.participation.ballots.enums import Method, Secrecy, State
from src.participation.ballots.models import (
    CountedBox,
    HalfOpened,
    PairBox,
    PaperBatch,
    PaperBox,
    RollEntry,
    SealedBox,
    SimpleVote,
)
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, UnitFactory

REFUSALS = (ValidationError, PermissionDenied, services.Closed, services.AlreadyVoted)
PEOPLE = st.integers(0, 21)
HOLDERS = st.integers(0, 2)
# What the walks of this session came to.
reached: Counter = Counter()


class Walk(RuleBasedStateMachine):
    """The ballot, and what an attentive person remembers of it."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self):
        reached["walks"] += 1
        reached.update(
            name for name in ("opened", "closed", "counted", "cancelled", "destroyed") if getattr(self, name, 0)
        )
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(
        method=st.sampled_from(Method),
        secrecy=st.sampled_from(Secrecy),
        started=st.integers(0, 5),
        crowd=st.integers(0, 20),
    )
    def prepare(self, method, secrecy, started, crowd):
        """Most walks begin once it is open and some have voted: what follows is longer than what precedes."""
        self.made = make.prepared(method=method, secrecy=secrecy, people=22)
        self.place = UnitFactory()
        self.desk = [AgentFactory(roles=[(Role.FACILITATOR, self.place)]) for _one in range(2)]
        for number, person in enumerate(self.made.people):
            person.personnel_number, person.last_name = f"M{number}", f"Nom{number}"
        User.objects.bulk_update(self.made.people, ["personnel_number", "last_name"])
        self.now = clock.now()
        self.voted: dict[int, list[int]] = {}
        self.sent: dict[int, bytes] = {}
        self.on_paper: set[int] = set()
        self.papers: list[list[int] | None] = []
        self.typed: list | None = None
        self.halves: set[int] = set()
        self.opened = self.closed = self.counted = self.cancelled = self.destroyed = False
        self.told = None
        if started:
            self.open()
            self.time_passes(hours=2)
            for who in range(crowd):
                self.vote(who, [who, who + 1])

    # What the oracle knows of the moment.

    @property
    def takes_votes(self) -> bool:
        ballot = self.made.ballot
        return self.opened and not self.cancelled and ballot.opens_at <= self.now < ballot.closes_at

    def attempt(self, gesture) -> bool:
        """Whether it was accepted; a refusal is one of ours, in words."""
        with time_machine.travel(self.now, tick=False):
            try:
                with transaction.atomic():
                    gesture()
            except REFUSALS:
                return False
        self.made.again()
        return True

    def choice(self, drawn: list[int]) -> list[int]:
        method = self.made.ballot.method
        if method == Method.YES_NO:
            return [one % 2 for one in drawn[:1]]
        if method == Method.GRADES:
            return [one % 8 - 1 for one in drawn] if len(drawn) == 4 else []
        return sorted({one % 4 for one in drawn[:2]})

    @rule(hours=st.sampled_from([0.05, 1, 2, 20, 70, 130]))
    def time_passes(self, hours):
        self.now += datetime.timedelta(hours=hours)

    @rule()
    def open(self):
        done = self.attempt(lambda: services.open_ballot(actor=self.made.organiser, ballot=self.made.ballot))
        assert done == (not self.opened and self.now < self.made.ballot.opens_at)
        self.opened |= done

    @precondition(lambda self: self.opened)
    @rule(who=PEOPLE, drawn=st.lists(st.integers(0, 7), max_size=4))
    def vote(self, who, drawn):
        choice, person = self.choice(drawn), self.made.people[who]
        secret = self.made.ballot.is_secret
        box = self.made.box(choice) if secret else b""
        done = self.attempt(
            lambda: (
                services.cast_secret(actor=person, ballot=self.made.ballot, box=box)
                if secret
                else services.cast_simple(actor=person, ballot=self.made.ballot, choice=choice)
            )
        )
        free = who not in self.on_paper and not (secret and who in self.voted)
        assert done == (self.takes_votes and free)
        if done:
            self.voted[who], self.sent[who] = choice if any(one >= 0 for one in choice) else [], box

    @precondition(lambda self: self.sent and self.made.ballot.is_secret and not self.destroyed)
    @rule(data=st.data())
    def press_again(self, data):
        who = data.draw(st.sampled_from(sorted(self.sent)))
        done = self.attempt(
            lambda: services.cast_secret(actor=self.made.people[who], ballot=self.made.ballot, box=self.sent[who])
        )
        assert done, "what was acknowledged is, whenever it is asked again"

    @precondition(lambda self: self.opened)
    @rule()
    def somebody_not_listed_votes(self):
        stranger = AgentFactory()
        assert not self.attempt(lambda: services.cast_simple(actor=stranger, ballot=self.made.ballot, choice=[0]))

    @rule(who=PEOPLE)
    def mark(self, who):
        done = self.attempt(
            lambda: services.mark_on_paper(
                actor=self.desk[0], ballot=self.made.ballot, place=self.place, number=f"M{who}", last_name=f"Nom{who}"
            )
        )
        assert done == (self.takes_votes and who not in self.voted and who not in self.on_paper)
        if done:
            self.on_paper.add(who)

    @rule(drawn=st.lists(st.integers(0, 7), max_size=4), number=st.integers(1, 3))
    def type_papers(self, drawn, number):
        votes = [*[self.choice(drawn)] * (number - 1), None]
        done = self.attempt(
            lambda: services.type_papers(actor=self.desk[0], ballot=self.made.ballot, place=self.place, votes=votes)
        )
        waiting = len(self.typed or [])
        room = number <= len(self.on_paper) - len(self.papers) - waiting
        running = self.opened and not self.cancelled and not self.counted and self.now >= self.made.ballot.opens_at
        assert done == (running and room)
        if done:
            self.typed = [*(self.typed or []), *votes]

    @precondition(lambda self: self.typed)
    @rule(honest=st.booleans())
    def type_again(self, honest):
        for batch in PaperBatch.objects.filter(checked_at__isnull=True).select_related("ballot", "place"):
            number = batch.papers
            votes = self.typed[:number]
            again = votes if honest else [*votes[:-1], []]
            before = PaperBox.objects.count()
            done = self.attempt(lambda: services.check_papers(actor=self.desk[1], batch=batch, votes=again))
            added = PaperBox.objects.count() - before
            assert added == (number if done and honest else 0)
            if not added:
                return
            self.papers += votes
            self.typed = self.typed[number:]

    @rule()
    def tick(self):
        with time_machine.travel(self.now, tick=False):
            services.close_due(clock.now())
        self.made.again()
        ballot = self.made.ballot
        if self.opened and not self.cancelled and self.now >= ballot.closes_at:
            self.closed = True
        waits = (
            len(self.on_paper) - len(self.papers) if self.now < ballot.closes_at + datetime.timedelta(days=3) else 0
        )
        if self.closed and not self.counted and not self.cancelled and not ballot.is_secret and not waits:
            self.counted = True
        assert (ballot.closed_at is not None, ballot.counted_at is not None) == (self.closed, self.counted)

    @precondition(lambda self: self.opened and not self.closed)
    @rule(sure=st.integers(0, 2))
    def its_last_hour_passes(self, sure):
        if not sure:
            self.now = max(self.now, self.made.ballot.closes_at + datetime.timedelta(minutes=1))
            self.tick()

    @precondition(lambda self: self.closed)
    @rule(days=st.sampled_from([1, 3, 31]))
    def days_pass(self, days):
        self.now += datetime.timedelta(days=days)
        self.tick()

    @precondition(lambda self: self.made.ballot.is_secret and self.opened)
    @rule(who=HOLDERS)
    def first_holder(self, who):
        done = self.attempt(lambda: self.made.half_open(who))
        ready = self.closed and not self.counted and not self.cancelled
        assert done == ready
        if done:
            self.halves.add(who)

    @precondition(lambda self: self.made.ballot.is_secret and self.halves)
    @rule(who=HOLDERS)
    def second_holder(self, who):
        def count():
            key = self.made.urn_key(who) if not self.destroyed else b"\1" * 32
            services.count_secret(actor=self.made.holders[who], ballot=self.made.ballot, secret_key=key)

        was_counted = self.counted
        try:
            done = self.attempt(count)
        except (LookupError, nacl.exceptions.CryptoError):
            assert self.halves <= {who}, "one alone opens nothing"
            return
        late = self.now >= self.made.ballot.closes_at + datetime.timedelta(days=3)
        ready = not self.cancelled and (late or len(self.on_paper) == len(self.papers))
        assert done == (was_counted or ready)
        self.counted |= done

    @precondition(lambda self: self.opened)
    @rule(sure=st.integers(0, 6))
    def call_off(self, sure):
        if sure:
            return
        done = self.attempt(
            lambda: services.cancel_ballot(actor=self.made.organiser, ballot=self.made.ballot, because="Erreur.")
        )
        assert done == (not self.counted and not self.cancelled)
        self.cancelled |= done

    @rule()
    def destroy(self):
        with time_machine.travel(self.now, tick=False):
            services.destroy_due(clock.now())
        self.made.again()
        over = self.counted and make.timezone.localdate(self.now) > self.made.ballot.disputed_until
        self.destroyed |= over or self.cancelled
        assert (self.made.ballot.keys_destroyed_at is not None) == self.destroyed

    @precondition(lambda self: self.opened)
    @rule()
    def nobody_changes_the_rules(self):
        for gesture in (
            lambda: services.change_ballot(actor=self.made.organiser, ballot=self.made.ballot, title="Autre"),
            lambda: services.set_options(actor=self.made.organiser, ballot=self.made.ballot, options=[]),
            lambda: services.delete_ballot(actor=self.made.organiser, ballot=self.made.ballot),
        ):
            assert not self.attempt(gesture)

    @invariant()
    def rows_are_those_of_the_oracle(self):
        ballot = self.made.ballot
        assert set(RollEntry.objects.filter(place=None).values_list("person_id", flat=True)) == {
            self.made.people[who].pk for who in self.voted
        }
        assert set(RollEntry.objects.exclude(place=None).values_list("person_id", flat=True)) == {
            self.made.people[who].pk for who in self.on_paper
        }
        sealed, counted, simple = (one.objects.count() for one in (SealedBox, CountedBox, SimpleVote))
        papers = PaperBox.objects.count()
        if self.destroyed:
            assert sealed + counted + simple + papers + PairBox.objects.count() + HalfOpened.objects.count() == 0
        elif ballot.is_secret:
            moved = len(self.papers) if self.counted else 0
            assert (simple, papers) == (0, len(self.papers) - moved)
            expected = (0, len(self.voted) + moved) if self.closed else (len(self.voted), 0)
            assert (sealed, counted) == expected
        else:
            assert (sealed, counted, simple, papers) == (0, 0, len(self.voted), len(self.papers))

    @invariant()
    def figures_are_those_of_the_oracle(self):
        ballot = self.made.ballot
        if not self.counted:
            assert ballot.result is None
            return
        votes = [*self.voted.values(), *self.papers]
        told = ballot.result.get("voted")
        assert told in (None, len(self.voted) + len(self.on_paper))
        if len(votes) >= rules.LEAST_BALLOTS and "total" in ballot.result:
            total = ballot.result["total"]
            assert total["ballots"] == len(votes)
            assert total["void"] in (None, votes.count(None))
            assert total["blank"] in (None, votes.count([]))
            for option, number in enumerate(total.get("counts") or ()):
                told = [self.says(vote, option) for vote in votes if vote]
                assert number in (None, sum(told)), (option, votes)
        assert self.told in (None, ballot.result), "figures never change"
        self.told = ballot.result

    def says(self, vote: list[int], option: int) -> bool:
        """Whether a vote is for this one; of yes or no, yes comes first."""
        return vote[0] != option if self.made.ballot.method == Method.YES_NO else option in vote

    @invariant()
    def its_state_is_that_of_the_clock(self):
        ballot = self.made.ballot
        expected = (
            State.CANCELLED if self.cancelled
            else State.COUNTED if self.counted
            else State.PREPARED if not self.opened
            else State.CLOSED if self.now >= ballot.closes_at
            else State.OPEN if self.now >= ballot.opens_at
            else State.READY
        )  # fmt: skip
        assert rules.state_of(ballot, self.now) == expected


WALKED = ("opened", "closed", "counted")


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.leaves_effects("each walk is rolled back whole")
def test_a_ballot_walked_at_random():
    # Ten walks rarely count nothing at all: then ten more, so that what is asked below was really walked.
    for _turn in range(4):
        run_state_machine_as_test(
            Walk,
            settings=settings(
                max_examples=10,
                stateful_step_count=50,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                # A walk that fails is printed as it was: making it shorter takes minutes.
                phases=[Phase.generate],
            ),
        )
        if all(reached[one] for one in WALKED):
            break
    assert min(reached[one] for one in WALKED) > 0, reached
