"""A referral walked at random by everybody around it; beside it, what an attentive person remembers.

At each step: the state follows from the last by the table of moves; what was asked, promised, answered and told is as
it was; a member has one word and one seat; no side of a workshop has more people than seats; nothing anybody wrote
after the publication moved.
"""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from panels.referrals import services
from panels.referrals.enums import REFERRAL_MOVES, TOLD, ReferralKind, ReferralState
from panels.referrals.models import AgentPlace, Disagreement, MemberPlace, Referral, TestSheet, Word
from panels.referrals.services.testing import Said
from src.foundations import clock
from src.foundations.testing import forget_effects
from tests.factories import referrals as make
from tests.factories.directory import AgentFactory

PEOPLE = st.integers(0, 3)
RESULTS = st.sampled_from(["alone", "helped", "not_done"])
FROZEN = ("title", "question", "kind", "unit_id", "panel_id")
ONCE = ("reply_on", "accepted_at", "because", "answered_at", "follow_up", "followed_at")
ANSWERED = ("answer", "green_light", "taking_part", "follow_due_on", "answer_shown_on")
world: list = []
reached: set = set()


class Walk(RuleBasedStateMachine):
    """One referral of one of the four kinds, on a panel of four."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel, self.days = None, 0
        self.around, self.agents = world[0], world[1]
        self.start = clock.now()
        self.before = None

    def teardown(self):
        if self.travel:
            self.travel.stop()
        forget_effects()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(kind=st.sampled_from(ReferralKind.values), fate=st.sampled_from(["", "", "", "decline", "withdraw"]))
    def ask(self, kind, fate):
        # Some walks end early; the others may be long.
        self.fate = fate
        self.referral = self.around.ask(kind)

    def tries(self, gesture, *args, **kwargs):
        """What a refusal leaves: nothing."""
        try:
            with transaction.atomic():
                return gesture(*args, referral=self.referral, **kwargs)
        except (ValidationError, PermissionDenied):
            return None

    def member(self, place):
        return self.around.account(place)

    @rule(days=st.integers(1, 12))
    def wait(self, days):
        self.days += days
        if self.travel:
            self.travel.stop()
        self.travel = time_machine.travel(self.start + datetime.timedelta(days=self.days), tick=False)
        self.travel.start()

    @rule(days=st.integers(-2, 30))
    def accept(self, days):
        if self.fate == "decline":
            return
        day = clock.today() + datetime.timedelta(days=days)
        self.tries(services.accept_referral, actor=self.around.made.organiser, reply_on=day)

    @rule()
    def decline(self):
        if self.fate == "decline":
            self.tries(services.decline_referral, actor=self.around.made.organiser, because="Hors du mandat.")

    @rule()
    def withdraw(self):
        if self.fate == "withdraw":
            self.tries(services.withdraw_referral, actor=self.around.decider, because="Réglé.")

    @rule(place=PEOPLE, give=st.booleans(), on_paper=st.booleans())
    def speak(self, place, give, on_paper):
        who = {"actor": self.member(place)}
        if on_paper:
            who = {"actor": self.around.made.facilitator, "membership": self.around.sitting[place]}
        self.tries(services.keep_word, text=f"Parole {place}", give=give, **who)

    @rule(place=PEOPLE, result=RESULTS)
    def test_form(self, place, result):
        said = {1: Said(result), 2: Said("alone", minutes=3)}
        self.tries(services.fill_sheet, actor=self.member(place), said=said)

    @rule(members=st.integers(0, 3), agents=st.integers(0, 2), days=st.integers(-1, 9))
    def plan(self, members, agents, days):
        self.tries(
            services.plan_workshop, actor=self.around.made.facilitator, place="Ici", member_seats=members,
            agent_seats=agents, starts_at=clock.now() + datetime.timedelta(days=days),
        )  # fmt: skip

    @rule(place=PEOPLE, comes=st.booleans())
    def come(self, place, comes):
        self.tries(services.answer_invitation, actor=self.member(place), comes=comes)

    @rule(place=st.integers(0, 2), comes=st.booleans())
    def register(self, place, comes):
        self.tries(services.register_agent if comes else services.leave_workshop, actor=self.agents[place])

    @rule()
    def note(self):
        self.tries(
            services.publish_notes, actor=self.around.made.facilitator, notes="Dit.", members_came=1, agents_came=1
        )

    @rule(light=st.booleans(), words=st.sampled_from(["Oui.", "Non."]))
    def show(self, light, words):
        self.tries(
            services.show_answer, actor=self.around.made.facilitator, answer=words, green_light=light, changes=["Ceci"]
        )

    @rule(place=PEOPLE, text=st.sampled_from(["", "Pas d’accord."]))
    def object(self, place, text):
        self.tries(services.disagree, actor=self.member(place), text=text)

    @rule()
    def publish(self):
        self.tries(services.publish_answer, actor=self.around.made.organiser)

    @rule(place=PEOPLE)
    def go_through(self, place):
        """What a quiet month looks like: tried, met, shown, read for a day, published."""
        self.speak(place, True, False)
        self.test_form(place, "alone")
        self.plan(2, 2, 1)
        self.wait(2)
        self.note()
        self.show(True, "Oui.")
        self.wait(1)
        self.tries(services.publish_answer, actor=self.around.made.organiser)

    @rule(outcome=st.sampled_from(["done", "not_done"]))
    def follow(self, outcome):
        self.go_through(0)
        self.holds()
        outcomes = {1: (outcome, "Trop cher." if outcome == "not_done" else "")}
        self.tries(services.follow_up, actor=self.around.decider, text="Voilà.", outcomes=outcomes)

    @invariant()
    def holds(self):
        if not hasattr(self, "referral"):
            return
        now = Referral.objects.get(pk=self.referral.pk)
        reached.add(now.state)
        told = (sorted(Disagreement.objects.values_list("text", flat=True)), Word.objects.count())
        before = self.before
        if before is not None:
            row, told_before = before
            assert now.state == row.state or now.state in REFERRAL_MOVES[ReferralState(row.state)]
            assert all(getattr(now, name) == getattr(row, name) for name in FROZEN)
            assert all(getattr(now, name) == getattr(row, name) for name in ONCE if getattr(row, name))
            if row.state in TOLD:
                assert all(getattr(now, name) == getattr(row, name) for name in ANSWERED)
                assert told == told_before
        if now.state in TOLD:
            assert now.answer_shown_on < now.answered_at.date() or now.answer_shown_on < clock.today()
            assert not TestSheet.objects.filter(membership__isnull=False).exists()
            assert now.kind != ReferralKind.QUESTIONNAIRE, "nobody chose one here"
        workshop = getattr(self.around.again(now), "workshop", None)
        if workshop is not None:
            assert MemberPlace.objects.exclude(number=None).count() <= workshop.member_seats
            assert AgentPlace.objects.count() <= workshop.agent_seats
        self.before = (now, told)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.leaves_effects("what people are told is run in test_services, not in a walk")
def test_a_walk_of_a_referral_keeps_its_promises():
    around = make.asked_world()
    world[:] = [around, [AgentFactory(unit=around.unit) for _n in range(3)]]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(reached) > 1 and reached == set(ReferralState.values)
