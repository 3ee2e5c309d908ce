"""The demo city's coverage and reminders: loaded once, with a team in every state."""

import pytest
from django.urls import reverse

from src.directory.models import Unit, User
from src.directory.services import demo as directory_demo
from src.directory.viewer import Viewer
from src.foundations.testing import forget_effects
from tests.directory.test_demo import HEADCOUNT
from trainings.coverage import teams
from trainings.coverage.models import CoverageMonth, CoverageTarget
from trainings.coverage.services.demo import load_coverage, load_depot
from trainings.obligations.models import Requirement
from trainings.obligations.services.demo import REFRESHER, load_obligations
from trainings.obligations.services.evaluating import evaluate
from trainings.reminders.models import ManagerDigest, ReminderBatch, ReminderSent
from trainings.reminders.services.demo import load_reminders
from trainings.services.demo import load_tracks

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    models = (Requirement, CoverageTarget, CoverageMonth, ReminderBatch, ReminderSent, ManagerDigest, User)
    return [model.objects.count() for model in models]


def test_the_demo_city_is_followed_once_and_its_depot_stands_in_every_way(client):
    directory_demo.load_directory()
    load_tracks()
    told = []
    for _turn in range(2):
        for load in (load_depot, load_obligations, load_coverage, load_reminders):
            load()
        told.append(counts())
    forget_effects()

    assert told[0] == told[1] and all(told[0])
    depot = Requirement.objects.current().filter(obligation__track__slug=REFRESHER)
    assert set(depot.values_list("state", flat=True)) == {
        "up_to_date", "to_renew", "expired", "exempt", "suspended", "overdue", "due_soon", "to_do",
    }  # fmt: skip
    assert sum(Unit.objects.directions().values_list("headcount", flat=True)) == HEADCOUNT
    night = evaluate()
    assert (night.opened, night.changed) == (0, 0)
    boss = User.objects.get(username="encadrement")
    assert teams.summary(Viewer(boss)).to_plan >= 4
    client.force_login(User.objects.get(username="rh"))
    for name in ("trainings_coverage:overview", "trainings_coverage:without_referent", "trainings_reminders:list"):
        assert client.get(reverse(name)).status_code == 200
    public = client.get(reverse("trainings_coverage:trained")).content.decode()
    assert public.count("entre ") >= 8
