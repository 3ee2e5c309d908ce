"""The concertation spaces of the demo city: loaded once, in every state worth seeing."""

import pytest

from consultations.concertation.services.demo import load_concertation
from src.accountability.models import MeasureOrigin
from src.directory.models import User
from src.directory.services import demo as directory_demo
from src.directory.viewer import Viewer
from src.foundations.testing import forget_effects
from src.meetings import todo
from src.meetings.models import Action, Meeting, MeetingSeries, Topic

pytestmark = pytest.mark.django_db


def test_the_demo_shows_every_state_and_loads_once():
    directory_demo.load_directory()

    assert [load_concertation(), load_concertation()] == [3, 0]
    assert {one.unit.code: one.is_late for one in MeetingSeries.objects.select_related("unit")} == {
        "PRO-TAN": False,
        "PRO-RIV": True,
        "BCS-ROS": False,
    }
    assert sorted(Meeting.objects.values_list("state", flat=True)) == [
        "called",
        "cancelled",
        "held",
        "published",
        "published",
    ]
    assert sorted(Action.objects.values_list("state", "carries")) == [("done", 0), ("open", 1), ("open", 1)]
    assert MeasureOrigin.objects.get(subject_kind="commitment").measure.published_on is None
    assert Topic.objects.get(title__startswith="Des crochets").carries == 2
    runner = Viewer(User.objects.get(username="facilitation"))
    assert [item.verb for item in todo.to_run(runner)] == ["Choisir", "Écrire"]
    (item,) = todo.promised(Viewer(User.objects.get(username="encadrement")))
    assert item.title == "Demander au magasin les crochets en stock"
    forget_effects()
