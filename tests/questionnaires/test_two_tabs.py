"""One person, two tabs, Back, a session that ends, questions that change meanwhile: nothing typed goes without a word."""

import pytest
from django.test import Client

from src.foundations.testing import drain_outbox
from src.participation.services import drafts
from src.questionnaires import runs, services
from src.questionnaires.models import AnswerSet
from src.questionnaires.services.answering import read_answers
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory

from .test_screens import at
from .test_synthesis import plain

pytestmark = pytest.mark.django_db
TYPED = "Près du portail, à l’abri du vent, et assez près pour voir le bus arriver."


def begun(as_, *, person=None, made=None):
    made, person = made or make.questionnaire(), person or AgentFactory()
    client = as_(person)
    client.post(at(made, "start"))
    client.post(at(made, "step", key="q1"), {"answer": "c1"})
    drain_outbox()
    return made, person, client


@pytest.mark.parametrize("mode", ["named", "protected"])
def test_the_other_tab_sent_meanwhile(as_, mode):
    made, person, first = begun(as_)
    second = as_(person)
    assert first.post(at(made, "check"), {"identity": mode}).url == at(made, "sent")
    drain_outbox()

    late = second.post(at(made, "step", key="q2"), {"answer": TYPED})

    assert late.status_code == 409
    page = plain(late.content.decode())
    assert "depuis une autre page" in page and TYPED in page
    # Sent again from there: the receipt of the first, or a word; never a second set.
    second.post(at(made, "check"), {"identity": mode})
    assert read_answers(AnswerSet.objects.get()) == {"q1": "c1"}
    # Until it closes, both tabs change one and the same answers: the last word stands.
    for client in (first, second):
        client.post(at(made, "start"))
    first.post(at(made, "step", key="q2"), {"answer": "Un autre endroit."})
    second.post(at(made, "step", key="q2"), {"answer": TYPED})
    assert second.post(at(made, "check")).url == at(made, "sent")
    assert read_answers(AnswerSet.objects.get()) == {"q1": "c1", "q2": TYPED}
    # The first tab sends what it showed: there is nothing left to change, and nothing breaks.
    assert first.post(at(made, "check"), follow=True).status_code == 200
    drain_outbox()
    assert AnswerSet.objects.count() == 1


def test_back_after_sending_shows_no_form_that_lies(as_):
    made, _person, client = begun(as_)
    client.post(at(made, "check"), {"identity": "protected"})
    drain_outbox()

    assert client.get(at(made, "step", key="q2")).url == at(made, "detail")
    assert client.get(at(made, "check")).url == at(made, "sent")
    assert client.post(at(made, "step", key="q2"), {"answer": TYPED}).status_code == 409
    assert AnswerSet.objects.count() == 1


def test_the_session_ended_and_the_text_is_there(as_):
    made, person, client = begun(as_)
    away = Client()

    lost = away.post(at(made, "step", key="q2"), {"answer": TYPED})

    assert lost.status_code == 403 and TYPED in plain(lost.content.decode())
    # What was kept before is still there, and the text goes through once signed in again.
    again = as_(person)
    assert again.post(at(made, "step", key="q2"), {"answer": TYPED}).url == at(made, "check")
    assert TYPED in plain(again.get(at(made, "check")).content.decode())


def test_a_condition_answered_otherwise_in_the_other_tab(as_):
    follow = make.short_text(condition={"question": "q1", "values": ["c1"]})
    made, person, first = begun(as_, made=make.questionnaire(make.single(), follow))
    second = as_(person)
    second.post(at(made, "step", key="q1"), {"answer": "c2"})

    late = first.post(at(made, "step", key="q2"), {"answer": TYPED})

    assert late.status_code == 409 and TYPED in plain(late.content.decode())


def test_the_organiser_changes_a_question_meanwhile(as_):
    made, _person, client = begun(as_)
    services.revise(questionnaire=make.again(made))
    draft = make.again(made)
    services.save_question(questionnaire=draft, key="q2", **make.short_text("Où exactement ?"))
    services.publish(questionnaire=make.again(made))

    page = plain(client.get(at(made, "step", key="q2")).content.decode())
    assert "Où les mettre" in page and "Où exactement" not in page
    client.post(at(made, "step", key="q2"), {"answer": TYPED})
    assert client.post(at(made, "check"), {"identity": "named"}).url == at(made, "sent")
    drain_outbox()
    assert AnswerSet.objects.get().revision.number == 1
    _made, _other, after = begun(as_, made=made)
    assert "Où exactement" in plain(after.get(at(made, "step", key="q2")).content.decode())


def test_closed_while_typing_the_text_comes_back(as_):
    made, _person, client = begun(as_)
    services.close_questionnaire(questionnaire=make.again(made))

    late = client.post(at(made, "step", key="q2"), {"answer": TYPED})

    assert late.status_code == 409 and TYPED in plain(late.content.decode())
    assert not AnswerSet.objects.exists()


def test_two_questions_answered_at_the_same_moment_are_both_kept(as_):
    """Each tab read the draft before the other wrote: question by question, nothing acknowledged is taken back."""
    made, person, _client = begun(as_)
    one, other = runs.current(person, made), runs.current(person, made)

    one.answer("q1", "c2")
    runs.keep(one, person)
    other.answer("q2", TYPED)
    runs.keep(other, person)

    assert runs.current(person, made).answers == {"q1": "c2", "q2": TYPED}
    # The same question twice: the last word stands, even when it says again what was read.
    one, other = runs.current(person, made), runs.current(person, made)
    one.answer("q1", "c1")
    runs.keep(one, person)
    other.answer("q1", "c2")
    runs.keep(other, person)
    assert runs.current(person, made).answers == {"q1": "c2", "q2": TYPED}
    assert len(drafts.drafts_of(person, runs.kind_of(made, False))) == 1
