"""What the demo city tells of before and after: once, and in figures that may all be told."""

import pytest

from panels.pairings import demo_content as told
from panels.pairings.services.demo import ask_twice
from src.foundations.testing import drain_outbox
from tests.factories import panel_opinions as panels
from tests.factories import panels as base

pytestmark = pytest.mark.django_db


class Story:
    """Who the loading of the city gives to each room."""

    def __init__(self, made):
        self.panel, self.organiser, self.made = made.panel, made.as_now(made.organiser), made

    def facilitator(self, _place):
        return self.made.as_now(self.made.facilitator)


def test_each_question_is_told_whole_once():
    with panels.days_later(-250):
        made = base.working(130, seats=60)
    story = Story(made)

    assert (ask_twice(story), ask_twice(story)) == (1, 0)
    drain_outbox()

    pairing = made.panel.pairings.get()
    assert pairing.is_told and [one["people"] for one in pairing.figures] == [54] * 5
    assert [one["verdict"] for one in pairing.figures] == ["up", "up", "down", "none", ""]
    assert [len(one["moves"]) for one in pairing.figures] == [3, 3, 3, 3, 0]
    assert len(pairing.figures[4]["bars"]) == len(told.FIRST)


def test_a_small_panel_is_asked_nothing():
    made = base.working(20)
    assert ask_twice(Story(made)) == 0
