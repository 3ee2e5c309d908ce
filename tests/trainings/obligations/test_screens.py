"""What I am asked to learn: one's own alone, with its day and its reasons; and the to-do list."""

import pytest
from django.urls import reverse

from src.directory.enums import AccountKind
from src.directory.viewer import Viewer
from src.foundations import clock
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, UnitFactory
from tests.trainings.obligations.test_evaluating import posted
from trainings.obligations import todo
from trainings.obligations.models import Requirement
from trainings.obligations.services.evaluating import evaluate

pytestmark = pytest.mark.django_db
URL = reverse("trainings_obligations:mine")


@pytest.fixture
def nadia():
    return posted(UnitFactory(), contact=True)


def page(client, person):
    client.force_login(person)
    return client.get(URL)


def test_one_reads_ones_own_with_the_day_and_the_reasons(client, nadia):
    obligation = made.obligation(made.RECEPTION)
    other = made.obligation({"field": "is_manager", "op": "=", "value": True}, track=ledger.track("Autre parcours"))
    boss = posted(UnitFactory())
    evaluate()

    text = page(client, nadia).content.decode()

    owed = Requirement.objects.get(agent=nadia, obligation=obligation)
    assert text.count("<details>") == 1
    assert "À faire" in text and "Vous êtes au contact du public." in text
    assert str(owed.due_on.year) in text and obligation.decision in text
    assert other.track.title not in text
    assert "Rien ne vous est demandé" in page(client, boss).content.decode()


def test_what_is_done_says_until_when_it_holds(client, nadia):
    obligation = made.obligation()
    ledger.completed(nadia, obligation.track)
    evaluate()

    text = page(client, nadia).content.decode()

    assert "À jour" in text and "valable jusqu’au" in text
    assert todo.to_learn(Viewer(nadia)) == []


def test_who_is_no_agent_is_refused_and_a_visitor_led_to_the_door(client):
    assert client.get(URL).status_code == 302

    answer = page(client, AgentFactory(unit=None, kind=AccountKind.EXTERNAL))

    assert answer.status_code == 403
    assert "agentes et les agents" in answer.content.decode()


def test_the_to_do_list_tells_the_day(nadia):
    obligation = made.obligation()
    evaluate()

    (item,) = todo.to_learn(Viewer(nadia))

    assert (item.title, item.due_on) == (obligation.track.title, Requirement.objects.get().due_on)
    assert item.due_on > clock.today()


def test_statements_do_not_grow_with_what_is_asked(client, nadia, django_assert_num_queries):
    made.obligation()
    evaluate()
    page(client, nadia)
    with django_assert_num_queries(4):
        client.get(URL)
    for _n in range(2):
        made.obligation()
    evaluate()

    with django_assert_num_queries(4):
        client.get(URL)
