"""The demo city's mandatory training: asked once, of those it is about, at several states."""

import pytest
from django.urls import reverse

from src.directory.models import User
from src.directory.services import demo as directory_demo
from src.foundations.testing import forget_effects
from trainings.learning.services.demo import load_learning
from trainings.obligations.models import Obligation, Requirement
from trainings.obligations.models.requirement import ASKED
from trainings.obligations.services.demo import MAIN, REFRESHER, load_obligations
from trainings.obligations.services.evaluating import evaluate
from trainings.services.demo import files, load_tracks


@pytest.mark.django_db
def test_the_demo_city_asks_a_training_once_and_people_stand_differently(client):
    directory_demo.load_directory()
    load_tracks()
    load_learning()
    for _turn in range(2):
        load_obligations()
    forget_effects()

    assert [told["slug"] for told in files()] == [MAIN, REFRESHER]
    assert Obligation.objects.count() == 3
    assert (
        sum(one.is_active for one in Obligation.objects.all())
        == sum(one.is_draft for one in Obligation.objects.all())
        == 1
    )
    states = set(Requirement.objects.values_list("state", flat=True))
    assert {"up_to_date", "exempt", "suspended"} < states
    assert not Requirement.objects.filter(lacks_anchor=True).exists()
    night = evaluate()
    assert (night.opened, night.changed) == (0, 0)
    late = Requirement.objects.filter(state__in=ASKED).select_related("agent").first()
    client.force_login(User.objects.get(pk=late.agent_id))
    page = client.get(reverse("trainings_obligations:mine")).content.decode()
    assert "Accueillir sans discriminer" in page and "Décision de la Ville" in page
