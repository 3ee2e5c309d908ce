"""A space made from its kind comes with its vote, in preparation: dates after the study, as many chosen as told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation import kinds
from src.participation.activities import cards_of
from src.participation.ballots import rules
from src.participation.ballots.enums import Method, Secrecy, State
from src.participation.ballots.models import Ballot
from src.participation.services.from_kind import create_from_kind
from tests.factories.ballots import opened
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """``made(**fields)``: a space of the kind « Collect, study, choose », with its administrator."""
    default_process()
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])

    def one(**fields):
        asked = {
            "actor": admin,
            "kind": kinds.find("choose-together"),
            "name": "Services sobres",
            "slug": "services-sobres",
            "summary": "Sept projets choisis.",
            "steering_unit": UnitFactory(name="Cellule des idées"),
            "starts_on": clock.today(),
            "chosen_count": 3,
        }
        asked |= fields
        if not asked["kind"].numbers:
            del asked["chosen_count"]
        space = create_from_kind(**asked)
        drain_outbox()
        return space, admin

    return one


def test_the_vote_is_prepared_for_the_end_of_the_study(made):
    space, admin = made(days=30)

    vote = Ballot.objects.for_pages().get(space=space)
    study_ends = space.phases.order_by("-starts_at").first().ends_at

    assert "ballots" in space.activities
    assert (vote.seats, vote.most_choices, vote.method, vote.secrecy) == (3, 3, Method.APPROVAL, Secrecy.SIMPLE)
    assert (vote.prepares_decisions, rules.state_of(vote), vote.ordered) == (True, State.PREPARED, [])
    said = [text.replace("\u00a0", " ").replace("\u202f", " ") for text in (vote.title, vote.question)]
    assert said == ["Le vote : Services sobres", "Quelles propositions choisissez-vous ? 3 au plus."]
    assert study_ends <= vote.opens_at <= study_ends + timedelta(days=7)
    assert rules.faults_of_dates(vote.opens_at, vote.closes_at) == {}
    assert timezone.localtime(vote.closes_at).hour < 20
    assert rules.may_organise(admin, vote)
    # Nobody else knows of it before it is opened.
    assert not Ballot.objects.visible_to(AgentFactory()).exists()
    assert not [card for card in cards_of(space, admin) if card.url.startswith("/scrutins/")]


def test_a_space_whose_study_is_over_has_a_vote_to_come(made):
    space, _admin = made(starts_on=clock.today() - timedelta(days=400), days=30)

    assert Ballot.objects.get(space=space).opens_at > clock.now()


def test_asked_twice_makes_one_vote_and_other_kinds_none(made):
    made()
    made()
    made(kind=kinds.find("permanent-box"), name="Boîte", slug="boite")

    assert Ballot.objects.count() == 1


def test_the_page_of_its_ideas_shows_the_vote_once_opened(made):
    cell = UnitFactory(name="Cellule des idées")
    AgentFactory(roles=[(Role.DECISION_MAKER, cell)])
    space, _admin = made(days=30, steering_unit=cell, open_now=True)
    voter = AgentFactory()
    here = f"/idees/?boite={space.slug}"
    client = Client()
    client.force_login(voter, backend="src.directory.backends.DirectoryBackend")
    before = client.get(here).content.decode()

    ballot = opened(people=12, space=space).ballot

    page = client.get(here).content.decode()
    assert "Aussi dans cet espace" not in before
    assert ("Aussi dans cet espace" in page, f'href="/scrutins/{ballot.reference}/"' in page) == (True, True)
    assert "Aussi dans cet espace" not in client.get("/idees/").content.decode()
