"""Answers: sent once a person, changed until it closes, kept on their revision, refused to the others."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle, IdentityMode
from src.participation.models import SealedAuthor
from src.questionnaires import services
from src.questionnaires.models import Answer, AnswerSet
from src.questionnaires.services.answering import read_answers
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, ExternalFactory

pytestmark = pytest.mark.django_db


def test_the_same_sending_ten_times_leaves_one_set():
    made, agent, token = make.questionnaire(), AgentFactory(), uuid.uuid4()

    receipts = [make.send(made, {"q1": "c1", "q2": "Dehors"}, actor=agent, token=token) for _time in range(10)]

    assert [one.is_new for one in receipts] == [True] + [False] * 9
    sent = AnswerSet.objects.get()
    assert read_answers(sent) == {"q1": "c1", "q2": "Dehors"}
    assert sent.author is None and sent.created_at == clock.week_start_moment(sent.week)
    assert SealedAuthor.objects.count() == 1
    drain_outbox()


@pytest.mark.parametrize("mode", [IdentityMode.NAMED, IdentityMode.PROTECTED])
def test_somebody_who_answered_changes_their_answers_and_never_sends_twice(mode):
    made, agent = make.questionnaire(), AgentFactory()
    sent = make.send(made, {"q1": "c1"}, actor=agent, mode=mode).answer_set
    drain_outbox()
    agent = type(agent).objects.get(pk=agent.pk)

    with pytest.raises(services.AlreadyAnswered):
        make.send(made, {"q1": "c2"}, actor=agent, mode=mode)
    services.change_answers(actor=agent, answer_set=sent, answers={"q1": "c2"})

    assert read_answers(AnswerSet.objects.get()) == {"q1": "c2"}
    with pytest.raises(PermissionDenied):
        services.change_answers(actor=AgentFactory(), answer_set=sent, answers={"q1": "c3"})


def test_answers_that_do_not_hold_are_refused_whole():
    made = make.questionnaire()

    for answers in ({}, {"q2": "Dehors"}, {"q1": "c9"}):
        with pytest.raises(ValidationError):
            make.send(made, answers)

    assert not AnswerSet.objects.exists() and not Answer.objects.exists()


def test_what_a_condition_hides_is_not_stored():
    made = make.questionnaire(make.single(), make.short_text(condition={"question": "q1", "values": ["c1"]}))

    make.send(made, {"q1": "c2", "q2": "Un mot"})

    assert read_answers(AnswerSet.objects.get()) == {"q1": "c2"}
    drain_outbox()


def test_people_outside_the_circle_or_before_and_after_are_refused():
    with pytest.raises(PermissionDenied):
        make.send(make.questionnaire(), {"q1": "c1"}, actor=ExternalFactory())
    members = make.asked_space(circle=Circle.MEMBERS)
    with pytest.raises(PermissionDenied):
        make.send(make.questionnaire(space=members), {"q1": "c1"})
    for dates in ({"opens": 1, "closes": 2}, {"opens": -3, "closes": -1}):
        with pytest.raises(services.Closed):
            make.send(make.questionnaire(space=make.asked_space(**dates)), {"q1": "c1"})


def test_answers_keep_their_revision_and_the_next_ones_take_the_new():
    made, agent = make.questionnaire(), AgentFactory()
    first = make.send(made, {"q1": "c1"}, actor=agent).answer_set
    drain_outbox()
    services.revise(questionnaire=made)
    services.save_question(questionnaire=made, key="q1", **make.single("Combien de bancs ?"))
    services.publish(questionnaire=made)
    made = make.again(made)

    second = make.send(made, {"q1": "c2"}).answer_set
    agent = type(agent).objects.get(pk=agent.pk)
    services.change_answers(actor=agent, answer_set=AnswerSet.objects.get(pk=first.pk), answers={"q1": "c3"})

    assert [first.revision.number, second.revision.number] == [1, 2]
    texts = {one.answer_set_id: one.question.text for one in Answer.objects.select_related("question")}
    assert texts == {first.pk: "Faut-il des bancs ?", second.pk: "Combien de bancs ?"}
    drain_outbox()


def refused(gesture):
    """Whether the database itself refuses."""
    try:
        with transaction.atomic():
            gesture()
    except (IntegrityError, ProtectedError):
        return True
    return False


def test_the_database_refuses_what_must_never_be():
    made = make.questionnaire()
    sent = make.send(made, {"q1": "c1"}).answer_set
    question = made.revision.ordered[0]
    other = make.questionnaire()
    fields = {"question": other.revision.ordered[0], "value": "c1"}

    assert refused(lambda: type(question).objects.filter(pk=question.pk).update(text="Autre chose"))
    assert refused(lambda: type(question).objects.filter(pk=made.revision.ordered[1].pk).delete())
    assert refused(lambda: type(question)(revision=made.revision, key="q9", position=9, kind="single").save())
    assert refused(lambda: type(made.revision).objects.filter(pk=made.revision.pk).update(published_at=None))
    assert refused(lambda: Answer.objects.create(answer_set=sent, **fields)), "a question of another questionnaire"
    assert refused(
        lambda: Answer.objects.create(answer_set=sent, question=made.revision.ordered[1], declined=True, value="x")
    )
    assert refused(lambda: AnswerSet.objects.filter(pk=sent.pk).update(identity_mode="named"))
    services.close_questionnaire(questionnaire=made)
    assert refused(lambda: Answer.objects.filter(answer_set=sent).update(value="c2"))
    assert refused(lambda: Answer.objects.create(answer_set=sent, question=made.revision.ordered[1], value="x"))
    assert refused(lambda: type(made).objects.filter(pk=made.pk).update(closed_at=None))
    made.refresh_from_db()
    assert refused(lambda: type(made.release).objects.filter(pk=made.release.pk).update(content={}))
    drain_outbox()


def test_what_is_kept_of_people_leaves_with_them_and_after_a_year(settings):
    from src.foundations.personal_data import declaration_of

    made, agent = make.questionnaire(), AgentFactory()
    make.send(made, {"q1": "c1", "q2": "Dehors"}, actor=agent, mode=IdentityMode.NAMED)
    make.send(made, {"q1": "c2"})
    drain_outbox()
    declared = declaration_of(AnswerSet)

    (row,) = declared.export(agent)
    assert row["answers"] == ["Faut-il des bancs ? Oui", "Où les mettre ? Dehors"]
    assert declared.erase(agent) == 1
    services.close_questionnaire(questionnaire=made)
    assert declared.purge(clock.now(), True) == 0
    settings.TERRAIN_ANSWERS_DAYS = -1
    assert declared.purge(clock.now(), True) == 1
    assert not AnswerSet.objects.exists() and not SealedAuthor.objects.exists()
