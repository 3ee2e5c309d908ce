"""The demo city's questionnaires: one open, one closed with results; loaded twice, nothing changes."""

import pytest

from src.directory.services import demo as directory_demo
from src.foundations import clock
from src.questionnaires import rules
from src.questionnaires.enums import State
from src.questionnaires.models import AnswerSet, Questionnaire
from src.questionnaires.services.demo import load_questionnaires

pytestmark = pytest.mark.django_db


@pytest.mark.leaves_effects("the demo city drains its own")
def test_one_is_open_and_one_tells_its_results():
    directory_demo.load_directory()

    assert (load_questionnaires(), load_questionnaires()) == (2, 0)
    rosters, at_work = Questionnaire.objects.for_pages().order_by("title")
    assert [rules.state_of(one) for one in (rosters, at_work)] == [State.OPEN, State.CLOSED]
    assert AnswerSet.objects.filter(questionnaire=rosters).count() == 212
    told = {one["key"]: one for one in at_work.release.content["questions"]}
    assert [one["withheld"] for one in told.values()] == [""] * 5
    assert all(number >= 20 for _key, _label, number in told["q4"]["tables"][0]["rows"])
    assert at_work.release.released_at < clock.now()
