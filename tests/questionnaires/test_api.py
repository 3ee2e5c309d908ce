"""Questionnaires read by other programs: the circle's gate, the questions, never an answer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/questionnaires/"


def test_each_reads_those_of_their_circle_and_no_answer(as_):
    agents = make.questionnaire(title="Aux agents")
    public = make.questionnaire(title="À tout le monde", space=make.asked_space(circle=Circle.EVERYONE))
    prepared = make.questionnaire(title="En préparation", published=False, space=public.space)
    make.send(agents, {"q1": "c1", "q2": "Zibeline"})
    drain_outbox()
    admin, agent = as_(AgentFactory(roles=[(Role.ADMINISTRATOR, None)])), as_(AgentFactory())

    def titles(client):
        return [one["title"] for one in client.get(LIST).json()["items"]]

    assert titles(Client()) == ["À tout le monde"]
    assert titles(agent) == titles(admin) == ["À tout le monde", "Aux agents"]
    assert Client().get(f"{LIST}{agents.reference}/").status_code == 404
    assert admin.get(f"{LIST}{prepared.reference}/").status_code == 404
    one = agent.get(f"{LIST}{agents.reference}/").json()
    assert (one["state"], one["circle"], one["questions"], one["version"]) == ("open", "agents", 2, 1)
    assert [question["key"] for question in one["asked"]] == ["q1", "q2"]
    assert [choice["label"] for choice in one["asked"][0]["choices"]] == ["Oui", "Non", "Je ne sais pas"]
    assert "Zibeline" not in str(one)


def test_the_list_costs_the_same_with_one_and_with_three():
    counts = []
    for more in (1, 2):
        for _one in range(more):
            make.questionnaire(space=make.asked_space(circle=Circle.EVERYONE))
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(LIST).status_code == 200
        counts.append(sum(1 for one in seen if "questionnaires_" in one["sql"] or "participation_" in one["sql"]))

    assert counts == [4, 4]
