"""A random walk of a panel from drafts to replies: whatever the order, what must hold holds at each step."""

import json

from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from panels.opinions.arithmetic import Rule, decided
from panels.opinions.enums import DraftState
from panels.opinions.models import AdoptionRule, Opinion, Recommendation, Reply, Vote
from panels.opinions.services import adopting, amending, drafting, ruling, settling, voting
from panels.opinions.services.settling import Counts
from panels.opinions.words import figures_of
from src.accountability.models import ResponseOwed
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from tests.factories import panel_opinions as make

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["rule", "draft", "rewrite", "amend", "decide", "room", "count", "call_off", "withdraw", "adopt"]),
        st.integers(1, 4), st.integers(0, 12), st.integers(0, 12),
    ),
    min_size=6, max_size=30,
)  # fmt: skip
ENDING = [("rule", 1, 0, 0), ("draft", 1, 0, 0), ("room", 1, 12, 0), ("count", 1, 12, 0)]


class Walk(TestCase):
    """Each example begins with the same panel at work, and is undone."""

    @classmethod
    def setUpTestData(cls):
        cls.made = make.at_work(40, seats=12)
        forget_effects()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_what_must_hold_holds(self, steps):
        fixed = None
        for step, number, favour, against in [*steps, *ENDING]:
            try:
                getattr(self, f"_{step}")(number, favour, against)
            except (ValidationError, PermissionDenied, Recommendation.DoesNotExist, Vote.DoesNotExist):
                pass
            fixed = self._holds(fixed)
        self._end()
        drain_outbox()

    def _rule(self, number, favour, against):
        self.made.rule(1 + favour, 14, ("expressed", "present", "members")[number % 3], against * 8 or None)

    def _draft(self, number, *_):
        self.made.draft(number)

    def _rewrite(self, number, favour, _against):
        words = {"title": f"Titre {favour}", "text": f"Texte {favour}.", "note": "Mieux."}
        drafting.write_version(actor=self.made.account(), recommendation=self.made.one(number), **words)

    def _amend(self, number, favour, _against):
        amending.propose(
            actor=self.made.account(1), recommendation=self.made.one(number), text=f"Amendé {favour}.", why="Mieux."
        )

    def _decide(self, number, favour, _against):
        one = self.made.one(number).amendments.last()
        if one is not None:
            outcome = ("accepted", "merged", "rejected")[favour % 3]
            amending.decide(
                actor=self.made.facilitator, amendment=one, outcome=outcome, reason="Dit.", text=f"Fondu {favour}."
            )

    def _room(self, number, *_):
        voting.put_to_room(actor=self.made.organiser, panel=self.made.panel, numbers=[number], held_on=clock.today())

    def _count(self, number, favour, against):
        typed = {number: Counts(favour, min(against, 12 - favour), 0)}
        for who in (self.made.base.facilitator, self.made.base.second):
            settling.type_counts(actor=who, panel=self.made.panel, present=12, counts=typed)

    def _call_off(self, number, *_):
        voting.call_off(actor=self.made.organiser, vote=self.made.vote(number), because="Erreur.")

    def _withdraw(self, number, *_):
        drafting.withdraw_draft(actor=self.made.account(), recommendation=self.made.one(number), because="Dit.")

    def _adopt(self, *_):
        self.made.adopt()

    def _holds(self, fixed):
        """Adopted exactly when the rule is met, on the last words; the rule is the same once a vote is opened."""
        rule = AdoptionRule.objects.filter(panel=self.made.panel).first()
        now = (rule.numerator, rule.denominator, rule.base, rule.quorum_percent) if rule else None
        if fixed is not None:
            assert now == fixed
        for one in Recommendation.objects.filter(panel=self.made.panel).whole():
            vote = one.vote
            settled = vote is not None and vote.is_settled
            assert (one.state == DraftState.ADOPTED) == (settled and vote.is_met)
            assert (one.state == DraftState.NOT_ADOPTED) == (settled and not vote.is_met)
            if vote is not None:
                assert vote.version_id == one.current.pk
            if settled and vote.is_told:
                asked = Rule(*now[:3], now[3] or 0)
                assert vote.is_met == decided(asked, figures_of(vote)).is_met
        return now if ruling.is_fixed(self.made.panel) else fixed

    def _end(self):
        """Withdraw what is left, adopt, hand over: the opinion equals what was voted, one reply is owed each."""
        for one in Recommendation.objects.filter(panel=self.made.panel).select_related("panel").whole():
            if one.state == DraftState.PROPOSED:
                voting.call_off(actor=self.made.organiser, vote=one.vote, because="Fin.")
            if one.state in (DraftState.DRAFT, DraftState.PROPOSED):
                drafting.withdraw_draft(actor=self.made.organiser, recommendation=one, because="Fin.")
        adopted = Recommendation.objects.filter(panel=self.made.panel, state=DraftState.ADOPTED)
        words = {one.number: one.current.text for one in adopted.whole()}
        if not Opinion.objects.filter(panel=self.made.panel).exists():
            if not words:
                return
            self.made.adopt()
        opinion = adopting.hand_over(actor=self.made.organiser, panel=self.made.panel)
        told = json.loads(opinion.body)["recommendations"]
        assert {one["number"]: one["text"] for one in told if one["adopted"]} == words
        replies = Reply.objects.filter(article__opinion=opinion)
        assert sorted(replies.values_list("article__number", flat=True)) == sorted(words)
        owed = ResponseOwed.objects.open().filter(subject_kind="recommendation")
        assert sorted(owed.values_list("subject_reference", flat=True)) == sorted(
            replies.values_list("reference", flat=True)
        )
        assert set(replies.values_list("due_on", flat=True)) == {opinion.due_on}
