"""Many people send while somebody closes: each answer acknowledged is in the results, none comes after."""

import time
import uuid
from functools import partial

import pytest

from src.questionnaires import services
from src.questionnaires.models import AnswerSet, Questionnaire, ResultRelease
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory
from tests.participation.real_database import several_writers

PEOPLE, SENDINGS = 6, 8


def send_some(pk, users) -> int:
    """Each of these people sends, twice with one token; how many were acknowledged."""
    made = Questionnaire.objects.for_pages().get(pk=pk)
    sent = 0
    for number, user in enumerate(users):
        token = uuid.uuid4()
        try:
            for _press in range(2):
                make.send(made, {"q1": f"c{1 + number % 2}"}, actor=user, token=token)
        except services.Closed:
            continue
        sent += 1
    return sent


def close_soon(pk) -> int:
    time.sleep(0.15)
    services.close_questionnaire(questionnaire=Questionnaire.objects.get(pk=pk))
    return 0


def state(pk):
    return AnswerSet.objects.filter(questionnaire=pk).count(), ResultRelease.objects.get(questionnaire=pk).content


@pytest.mark.django_db(transaction=True)
def test_closing_counts_each_answer_acknowledged(tmp_path, settings):
    settings.TERRAIN_K = settings.TERRAIN_K_FLOOR = 1
    made = make.questionnaire(make.single(is_required=True))
    users = [AgentFactory() for _person in range(PEOPLE * SENDINGS)]

    with several_writers(tmp_path) as run:
        groups = [partial(send_some, made.pk, users[n::PEOPLE]) for n in range(PEOPLE)]
        acknowledged = sum(run([*groups, partial(close_soon, made.pk)]))
        kept, told = run([partial(state, made.pk)])[0]

    assert kept == acknowledged
    assert (told["answers"] or 0) == kept
