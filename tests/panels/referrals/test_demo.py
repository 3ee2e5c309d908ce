"""The referrals of the demo city: in every state but one, one late on each side, told once."""

from datetime import timedelta

import pytest

from panels.models import TeamMember
from panels.referrals import demo_content as told
from panels.referrals import todo
from panels.referrals.models import Referral
from panels.referrals.services import demo
from panels.services.demo import Story
from src.directory.services import demo as directory_demo
from src.foundations import clock
from src.participation.models import Phase, SpaceMember
from src.questionnaires.models import AnswerRoll
from tests.factories import panels as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what people are told is run in test_services, not here"),
]


class _Story(Story):
    """The days and the people of a story, on a panel that is at work already."""

    def __init__(self, made):
        self.made, self.panel, self.today, self.days = made, made.panel, clock.today(), [clock.today()]
        for _ago in range(demo.SINCE + 5):
            self.days.append(clock.add_working_days(self.days[-1], -1))

    @property
    def organiser(self):
        return self.made.organiser

    def facilitator(self, place):
        return (self.made.facilitator, self.made.second)[place % 2]


def test_every_state_is_shown_once(settings):
    directory_demo.load_directory()
    made = make.working(20, seats=10)
    long_ago = clock.now() - timedelta(days=200)
    TeamMember.objects.update(since=long_ago.date())
    SpaceMember.objects.update(since=long_ago.date())
    Phase.objects.filter(space=made.panel.space).update(starts_at=long_ago)
    settings.TERRAIN_DEMO = True
    assert [demo.consult(_Story(made)), demo.consult(_Story(made))] == [12, 0]
    found = {one.title: one for one in Referral.objects.all()}
    states = [one.state for one in found.values()]
    assert {state: states.count(state) for state in states} == {
        "asked": 1, "accepted": 7, "declined": 1, "answered": 2, "followed": 1,
    }  # fmt: skip
    assert {one.title for one in found.values() if one.days_late} == {
        told.SHUTTLE["title"], told.SORTING["title"],
    }  # fmt: skip
    canteen = found["Le formulaire de première inscription à la cantine"]
    assert (canteen.taking_part, canteen.green_light, canteen.changes.exclude(outcome="").count()) == (6, False, 4)
    assert canteen.form_test.sheets.filter(on_paper=True).count() == 2
    assert found["Les horaires du soir de la mairie des Quais"].disagreements.count() == 1
    pool = found["Les horaires d’été de la piscine"]
    assert AnswerRoll.objects.filter(questionnaire=pool.questionnaire).count() == len(told.POOL_ANSWERS)
    # Whoever visits the city as its first member finds something of each kind to do.
    first = made.members()[0]
    waiting = Referral.objects.filter(todo.waiting_for([first.pk]))
    assert sorted(waiting.values_list("kind", flat=True)) == ["form_test", "question", "question", "workshop"]
