"""The rounds of the demo city: one with its map in two groups, one open, told once."""

from datetime import timedelta

import pytest

from panels.models import TeamMember
from panels.services.demo import Story
from panels.statements.demo_content import STATEMENTS
from panels.statements.map_reading import Told
from panels.statements.models import Round, Statement, StatementVote
from panels.statements.services import demo
from src.foundations import clock
from tests.factories import panels as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("the map is made by hand here, its job is run in test_services"),
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


def test_two_rounds_once(settings):
    made = make.working(90, seats=52)
    TeamMember.objects.update(since=clock.today() - timedelta(days=90))
    settings.TERRAIN_DEMO = True
    assert [demo.state_opinions(_Story(made)), demo.state_opinions(_Story(made))] == [2, 0]
    opened, closed = Round.objects.select_related("snapshot")
    told = Told(closed.snapshot)
    assert len(STATEMENTS) == 24 and len(told.groups) == 2 and told.voters == 52 and not told.hidden
    assert told.agreed and told.refused and told.divided and all(one.own for one in told.groups)
    assert opened.is_open and StatementVote.objects.filter(statement__round=opened).count() == 72
    assert not StatementVote.objects.filter(statement__round=closed).exists()
    assert sorted(Statement.objects.filter(round=opened).exclude(state="shown").values_list("state", flat=True)) == [
        "aside", "proposed",
    ]  # fmt: skip
    assert all(len(text) <= 140 for text, *_likely in STATEMENTS)


def test_a_round_is_prepared_once_and_members_know_nothing_of_it(settings):
    made = make.working()
    TeamMember.objects.update(since=clock.today() - timedelta(days=90))
    settings.TERRAIN_DEMO = True
    assert [demo.prepare_next(_Story(made)), demo.prepare_next(_Story(made))] == [1, 0]
    one = Round.objects.get()
    assert one.is_coming and one.statements.count() == 5
    member, team = made.as_now(made.members()[0].candidate.account), made.as_now(made.facilitator)
    assert [Round.objects.visible_to(who).count() for who in (member, team)] == [0, 1]
