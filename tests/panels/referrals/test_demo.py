"""The referrals of the demo city: three, in three states, told once."""

from datetime import timedelta

import pytest

from panels.models import TeamMember
from panels.referrals.models import Referral
from panels.referrals.services import demo
from panels.services.demo import Story
from src.directory.services import demo as directory_demo
from src.foundations import clock
from tests.factories import panels as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what people are told is run in test_services, not here"),
]


class _Story(Story):
    """The days and the people of a story, on a panel that is at work already."""

    def __init__(self, made):
        self.made, self.panel, self.days = made, made.panel, [clock.today()]
        for _ago in range(40):
            self.days.append(self.days[-1] - timedelta(days=1))

    @property
    def organiser(self):
        return self.made.organiser

    def facilitator(self, place):
        return (self.made.facilitator, self.made.second)[place % 2]


def test_three_referrals_in_three_states_once(settings):
    directory_demo.load_directory()
    made = make.working(20, seats=10)
    TeamMember.objects.update(since=clock.today() - timedelta(days=90))
    settings.TERRAIN_DEMO = True
    assert [demo.consult(_Story(made)), demo.consult(_Story(made))] == [3, 0]
    found = {one.title: one for one in Referral.objects.all()}
    assert [one.state for one in found.values()] == ["asked", "answered", "followed"]
    canteen = found["Le formulaire de première inscription à la cantine"]
    assert (canteen.taking_part, canteen.green_light, canteen.changes.exclude(outcome="").count()) == (6, False, 4)
    assert canteen.form_test.sheets.filter(on_paper=True).count() == 2
    assert found["Les horaires du soir de la mairie des Quais"].disagreements.count() == 1
