"""Votes: the rule fixed first, the words that no longer change, and what is counted held against the rule."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.opinions import words
from panels.opinions.enums import DraftState, VoteWay
from panels.opinions.models import AdoptionRule, Recommendation, RecommendationVersion, RoomCount, Vote
from panels.opinions.services import drafting, ruling, settling, voting
from panels.opinions.services.settling import Counts
from panels.services.preparing import WrongState
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.ballots import services as ballots
from src.participation.ballots.models import Ballot
from tests.factories import panel_opinions as make
from tests.factories.ballots import next_dates

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make.at_work()


@pytest.fixture
def large():
    """Twelve members with an account: figures are told from eleven."""
    return make.at_work(40, seats=12)


def refused_by_the_database(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def by_ballot(made, numbers=(1,), **fields):
    opens_at, closes_at = next_dates()
    return voting.put_to_ballot(
        actor=made.organiser, panel=made.panel, numbers=numbers, opens_at=opens_at, closes_at=closes_at, **fields
    )


def cast_and_count(made, number, choices):
    """The members vote so, then the ballot is closed and counted by the ticker."""
    ballot = made.vote(number).ballot
    with time_machine.travel(ballot.opens_at + datetime.timedelta(minutes=5), tick=False):
        for place, choice in enumerate(choices):
            ballots.cast_simple(actor=made.account(place), ballot=ballot, choice=choice)
    with time_machine.travel(ballot.closes_at + datetime.timedelta(minutes=1), tick=False):
        ballots.close_due(clock.now())
        drain_outbox()


def test_nobody_votes_without_a_rule(made):
    made.draft()
    with pytest.raises(WrongState, match="règle"):
        by_ballot(made)
    with pytest.raises(WrongState, match="règle"):
        voting.put_to_room(actor=made.organiser, panel=made.panel, numbers=[1], held_on=clock.today())


def test_the_rule_is_written_again_until_a_vote_opens(made):
    made.rule()
    made.rule(2, 3, "members", 50)
    assert "2/3" in words.of_rule(AdoptionRule.objects.get())
    made.draft()
    voting.put_to_room(actor=made.organiser, panel=made.panel, numbers=[1], held_on=clock.today())
    with pytest.raises(WrongState):
        made.rule()
    refused_by_the_database(lambda: AdoptionRule.objects.update(numerator=1))
    refused_by_the_database(lambda: AdoptionRule.objects.all()._raw_delete("default"))


def test_the_rule_is_fixed_by_a_ballot_opened_elsewhere_too(made):
    made.rule()
    made.draft()
    by_ballot(made)
    Vote.objects.update(opened_at=None) if not Vote.objects.filter(opened_at__isnull=False) else None
    assert ruling.is_fixed(made.panel)
    refused_by_the_database(lambda: AdoptionRule.objects.update(numerator=1))


@pytest.mark.parametrize("who", ["facilitator", "decider"])
def test_organisers_alone_write_the_rule_and_open_votes(made, who):
    made.rule()
    made.draft()
    actor = getattr(made, who)
    for act in (
        lambda: ruling.write_rule(actor=actor, panel=made.panel, numerator=1, denominator=2, base="expressed"),
        lambda: voting.put_to_room(actor=actor, panel=made.panel, numbers=[1], held_on=clock.today()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_words_put_to_the_vote_no_longer_change(made):
    made.rule()
    draft = made.draft()
    by_ballot(made)
    drain_outbox()
    assert made.one().state == DraftState.PROPOSED
    with pytest.raises(WrongState):
        drafting.write_version(actor=made.account(), recommendation=draft, title="Un", text="Autre.", note="Autre.")
    refused_by_the_database(lambda: drafting.add_version(draft, title="Un", text="Autre.", for_table="Table 1"))
    refused_by_the_database(lambda: RecommendationVersion.objects.update(text="Autre."))
    refused_by_the_database(lambda: Recommendation.objects.update(state=DraftState.ADOPTED))


def test_one_gesture_makes_a_ballot_each_of_the_words_voted(large):
    large.rule()
    large.draft(0)
    large.draft(1)
    made = by_ballot(large, (1, 2))
    drain_outbox()
    found = list(Ballot.objects.order_by("pk"))
    assert [one.pk for one in found] == [vote.ballot_id for vote in made]
    assert {one.method for one in found} == {"yes_no"} and all(one.frozen_at for one in found)
    assert large.one(2).current.text in found[1].introduction
    assert found[0].electors.count() == 12, "members alone"
    with pytest.raises(PermissionDenied):
        with time_machine.travel(found[0].opens_at + datetime.timedelta(minutes=5), tick=False):
            ballots.cast_simple(actor=large.organiser, ballot=found[0], choice=[0])


def test_a_ballot_counted_is_settled_by_the_rule_in_the_same_breath(large):
    large.rule()
    large.draft()
    by_ballot(large)
    cast_and_count(large, 1, [[1]] * 7 + [[0]] * 4 + [[]])
    vote = large.vote()
    assert (vote.favour, vote.against, vote.blank, vote.present, vote.is_met) == (7, 4, 1, 12, True)
    assert large.one().state == DraftState.ADOPTED
    assert words.of_vote(vote).replace("\xa0", " ") == "7 pour sur 11 exprimés : 63,6 %\u202f; il fallait 60 %."
    assert settling.settle(actor=large.organiser, vote=vote).settled_at == vote.settled_at
    assert settling.settle_due() == 0


def test_what_is_masked_is_decided_and_not_told(large):
    large.rule()
    large.draft(0)
    large.draft(1)
    by_ballot(large, (1, 2))
    ballot = large.vote(2).ballot
    with time_machine.travel(ballot.opens_at + datetime.timedelta(minutes=5), tick=False):
        for place in range(5):
            ballots.cast_simple(actor=large.account(place), ballot=ballot, choice=[0])
    cast_and_count(large, 1, [[1]] * 12)
    first, second = large.vote(1), large.vote(2)
    assert (first.is_met, first.favour, first.against) == (True, None, None), "all alike"
    assert (second.is_met, second.favour, second.present) == (False, None, 5), "few"
    assert (large.one(1).state, large.one(2).state) == (DraftState.ADOPTED, DraftState.NOT_ADOPTED)
    assert "12" not in words.of_vote(first)


def test_a_quorum_that_is_not_met_adopts_nothing(large):
    large.rule(quorum=75)
    large.draft()
    large.vote_in_room({1: (8, 0, 0)}, present=8)
    vote = large.vote()
    assert (vote.quorum_met, vote.is_met) == (False, False)
    assert words.of_vote(vote).startswith("8")


def test_a_vote_in_the_room_takes_two_people_who_count_the_same(large):
    large.rule()
    large.draft()
    voting.put_to_room(actor=large.organiser, panel=large.panel, numbers=[1], held_on=clock.today())

    def typed(actor, *counts, present=12):
        return settling.type_counts(actor=actor, panel=large.panel, present=present, counts={1: Counts(*counts)})

    assert typed(large.facilitator, 8, 3, 1) == []
    assert typed(large.facilitator, 7, 4, 1) == [], "the same person again replaces their own"
    with pytest.raises(ValidationError, match="1"):
        typed(large.base.second, 8, 3, 1)
    assert large.one().state == DraftState.PROPOSED
    for wrong in ({"present": 13}, {"present": 11}):
        with pytest.raises(ValidationError):
            typed(large.base.second, 7, 4, 1, **wrong)
    with pytest.raises(PermissionDenied):
        typed(large.account(), 7, 4, 1)
    assert typed(large.base.second, 7, 4, 1) == [1]
    vote = large.vote()
    assert (vote.way, vote.is_met, vote.checked_by_id) == (VoteWay.ROOM, True, large.base.second.pk)
    assert not RoomCount.objects.exists()
    with pytest.raises(WrongState):
        typed(large.base.second, 7, 4, 1)


def test_few_votes_in_the_room_are_not_told(made):
    made.rule()
    made.draft()
    made.vote_in_room({1: (3, 1, 0)})
    assert (made.vote().is_met, made.vote().favour) == (True, None)


def test_a_vote_called_off_gives_its_draft_back_and_stays_told(made):
    made.rule()
    made.draft()
    by_ballot(made)
    with pytest.raises(ValidationError):
        voting.call_off(actor=made.organiser, vote=made.vote(), because=" ")
    with pytest.raises(PermissionDenied):
        voting.call_off(actor=made.facilitator, vote=made.vote(), because="Non.")
    voting.call_off(actor=made.organiser, vote=made.vote(), because="Le texte était incomplet.")
    drain_outbox()
    assert made.one().state == DraftState.DRAFT and Ballot.objects.get().cancelled_at is not None
    assert made.vote_in_room({1: (4, 0, 0)}) == [1]
    assert Vote.objects.count() == 2


def test_a_ballot_whose_words_were_changed_settles_nothing(made):
    made.rule()
    made.draft()
    by_ballot(made, secrecy="secret")
    vote = made.vote()
    ballots.change_ballot(actor=made.organiser, ballot=vote.ballot, introduction="Autre chose.")
    with pytest.raises(WrongState):
        voting.open_votes(actor=made.organiser, panel=made.panel)
    assert vote.opened_at is None
    made.rule(1, 2), "nothing is opened"
    voting.call_off(actor=made.organiser, vote=vote, because="Le bulletin avait changé.")
    assert not Ballot.objects.exists()


def test_the_database_refuses_an_outcome_the_rule_does_not_give(large):
    large.rule()
    large.draft()
    voting.put_to_room(actor=large.organiser, panel=large.panel, numbers=[1], held_on=clock.today())
    told = {
        "present": 12, "members": 12, "favour": 6, "against": 6, "blank": 0, "void": 0, "numerator": 60,
        "denominator": 100, "base": "expressed", "quorum_met": True, "settled_at": clock.now(),
    }  # fmt: skip
    refused_by_the_database(lambda: Vote.objects.update(**told, is_met=True))
    refused_by_the_database(lambda: Vote.objects.update(**{**told, "numerator": 50}, is_met=True))
    Vote.objects.update(**told, is_met=False)
    refused_by_the_database(lambda: Recommendation.objects.update(state=DraftState.ADOPTED))
    refused_by_the_database(lambda: Vote.objects.update(favour=12, against=0))
    Recommendation.objects.update(state=DraftState.NOT_ADOPTED)
