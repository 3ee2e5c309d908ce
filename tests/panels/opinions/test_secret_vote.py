"""A recommendation voted by secret ballot, from the keys of three holders to the outcome the rule gives."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from panels.opinions import words
from panels.opinions.enums import DraftState
from panels.opinions.models import Vote
from panels.opinions.services import settling, voting
from src.foundations.testing import drain_outbox
from src.participation.ballots import services as ballots
from src.participation.ballots.models import Ballot, RollEntry, SealedBox
from tests.factories import ballots as urns
from tests.factories import panel_opinions as make
from tests.factories.ballots import next_dates
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.panels.screens import as_, text_of

pytestmark = pytest.mark.django_db
FOR, AGAINST = [1], [0]


def put_to_secret_vote(made) -> urns.Made:
    """The ballot of recommendation 1, with its three key holders named."""
    opens_at, closes_at = next_dates()
    voting.put_to_ballot(
        actor=made.organiser, panel=made.panel, numbers=[1], opens_at=opens_at, closes_at=closes_at, secrecy="secret"
    )
    holders = [AgentFactory(unit=DirectionFactory()) for _place in range(3)]
    urn = urns.Made(Ballot.objects.get(), made.organiser, [made.account(place) for place in range(28)], holders)
    ballots.set_key_holders(actor=made.organiser, ballot=urn.ballot, people=holders)
    drain_outbox()
    return urn


def test_from_three_keys_to_the_outcome_figures_equal():
    made = make.at_work(70, seats=28)
    made.rule(1, 2)
    made.draft()
    urn = put_to_secret_vote(made)
    with pytest.raises(ValidationError, match="cl[ée]"):
        voting.open_votes(actor=made.organiser, panel=made.panel)
    assert made.vote().opened_at is None, "without their keys, nothing opens"
    urns.rehearsed(urn)
    assert voting.open_votes(actor=made.organiser, panel=made.panel) == 1
    drain_outbox()
    urn.again()
    assert made.one().state == DraftState.PROPOSED and urn.ballot.electors.count() == 28

    urn.cast_all([FOR] * 14 + [AGAINST] * 12)
    urn.close()
    vote = made.vote()
    assert RollEntry.objects.count() == 26 and not vote.is_settled, "closed isn't counted"
    with pytest.raises(ValidationError):
        settling.settle(actor=made.organiser, vote=vote)

    urn.count()

    vote = made.vote()
    told = (vote.favour, vote.against, vote.blank, vote.void, vote.present, vote.members, vote.is_met)
    assert told == (14, 12, 0, 0, 26, 28, True) and made.one().state == DraftState.ADOPTED
    said = words.of_vote(vote).replace("\xa0", " ").replace("\u202f", " ")
    assert said == "14 pour sur 26 exprimés : 53,8 % ; il fallait 50 %."
    page = text_of(as_(made.account()).get(f"{urn.ballot.get_absolute_url()}resultats/"))
    assert "Oui 14" in page and "Non 12" in page, "the ballot's own page tells the same"
    assert settling.settle(actor=made.organiser, vote=vote).settled_at == vote.settled_at, "once"
    opinion = made.adopt()
    told = json.loads(opinion.body)["recommendations"][0]
    assert (told["vote"]["for"], told["vote"]["against"]) == (14, 12)


def test_nothing_leads_from_a_member_to_what_they_voted():
    made = make.at_work(70, seats=28)
    made.rule(1, 2)
    made.draft()
    urn = put_to_secret_vote(made)
    urns.rehearsed(urn)
    voting.open_votes(actor=made.organiser, panel=made.panel)
    drain_outbox()
    urn.again()
    urn.cast_all([FOR] * 20)

    table = SealedBox._meta.db_table
    with connection.cursor() as cursor:
        columns = {one.name for one in connection.introspection.get_table_description(cursor, table)}
    assert not columns & {"person_id", "user_id", "elector_id", "membership_id"}
    assert len({len(bytes(one)) for one in SealedBox.objects.values_list("ciphertext", flat=True)}) == 1
    assert Vote.objects.get().favour is None
