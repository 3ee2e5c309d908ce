"""The ballots of the demo city: loaded once, in every state, with votes for visitors to cast."""

import pytest

from src.directory.models import User
from src.directory.services import demo as directory_demo
from src.directory.viewer import as_viewer
from src.foundations.testing import forget_effects
from src.participation.ballots import results_reading, todo
from src.participation.ballots.models import Ballot, RollEntry
from src.participation.ballots.rules import state_of
from src.participation.ballots.services.demo import load_ballots
from src.participation.models import Space

pytestmark = pytest.mark.django_db


def test_the_demo_shows_every_state_and_loads_once(settings, tmp_path):
    settings.TERRAIN_DEMO, settings.VAR_DIR = True, tmp_path
    directory_demo.load_directory()
    Space.objects.create(slug="services-sobres", name="Services sobres", activities=["ideas"])

    assert [load_ballots(), load_ballots()] == [8, 0]

    forget_effects()
    found = {one.title: one for one in Ballot.objects.for_pages()}
    assert sorted(str(state_of(one)) for one in found.values()) == [
        "closed",
        "counted",
        "counted",
        "counted",
        "open",
        "open",
        "prepared",
        "prepared",
    ]
    sober = found["Services sobres : sept propositions à choisir"]
    assert (len(sober.ordered), len(results_reading.read(sober).retained)) == (21, 7)
    assert Space.objects.get(slug="services-sobres").activities == ["ideas", "ballots"]
    assert not RollEntry.objects.filter(person__username__in=["agent", "agent2", "instructeur"]).exists()
    assert len(todo.to_vote(as_viewer(User.objects.get(username="agent")))) == 2
    assert len(todo.to_hold(as_viewer(User.objects.get(username="cle1")))) == 2
