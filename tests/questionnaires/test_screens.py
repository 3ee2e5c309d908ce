"""Answering on the screen: one question a page, kept at each step, read again, sent once; results; refusals."""

import re

import pytest
from django.urls import reverse

from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle, IdentityMode
from src.questionnaires import services
from src.questionnaires.models import AnswerSet
from src.questionnaires.services.answering import read_answers
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory
from tests.factories.participation import invite

pytestmark = pytest.mark.django_db


def at(made, name, **kwargs):
    return reverse(f"questionnaires:{name}", kwargs={"reference": made.reference, **kwargs})


def test_from_the_first_page_to_the_receipt(as_):
    made, agent = make.questionnaire(), AgentFactory()
    client = as_(agent)

    assert "Environ 4 minutes, 2 questions" in client.get(at(made, "detail")).content.decode()
    begun = client.post(at(made, "start"))
    assert begun.url == at(made, "step", key="q1")
    page = client.get(begun.url).content.decode()
    assert "Question 1 sur 2" in page and "Faut-il des bancs" in page
    answered = client.post(begun.url, {"answer": "c1"})
    assert answered.url == at(made, "step", key="q2")
    assert client.post(answered.url, {"answer": "Près du portail"}).url == at(made, "check")
    read = client.get(at(made, "check")).content.decode()
    assert "Oui" in read and "Près du portail" in read
    unsigned = client.post(at(made, "check"))
    assert unsigned.status_code == 422 and not AnswerSet.objects.exists()
    sent = client.post(at(made, "check"), {"identity": "protected"})

    assert sent.url == at(made, "sent")
    assert client.get(sent.url).status_code == 200
    # The button pressed again, from a page left open.
    assert client.post(at(made, "check"), {"identity": "protected"}).url == at(made, "sent")
    assert read_answers(AnswerSet.objects.get()) == {"q1": "c1", "q2": "Près du portail"}
    drain_outbox()


def test_what_was_begun_is_found_on_another_device(as_):
    made, agent = make.questionnaire(), AgentFactory()
    phone = as_(agent)
    phone.post(at(made, "start"))
    phone.post(at(made, "step", key="q1"), {"answer": "c2"})
    drain_outbox()
    computer = as_(agent)

    assert "Reprendre" in computer.get(at(made, "detail")).content.decode()
    assert computer.post(at(made, "start")).url == at(made, "step", key="q2")
    assert 'value="c2"' in computer.get(at(made, "step", key="q1")).content.decode()
    assert computer.post(at(made, "discard")).status_code == 303
    assert "Commencer" in computer.get(at(made, "detail")).content.decode()


def test_a_mistake_is_told_and_what_was_typed_is_kept(as_):
    made = make.questionnaire(
        {"kind": "number", "text": "Combien ?", "settings": {"least": 0, "most": 50}, "is_required": True}
    )
    client = as_(AgentFactory())
    client.post(at(made, "start"))

    page = client.post(at(made, "step", key="q1"), {"answer": "douze bancs"})

    assert page.status_code == 422
    assert "douze bancs" in page.content.decode() and "Écrivez un nombre" in page.content.decode()
    assert "Erreur" in page.content.decode().split("</title>")[0]
    assert client.post(at(made, "step", key="q1"), {"answer": ""}).status_code == 422
    drain_outbox()


def test_every_kind_of_question_is_asked_answered_and_read_again(as_):
    choices, rows = make.BENCHES, [{"key": "r1", "label": "Le quai"}, {"key": "r2", "label": "La cour"}]
    made = make.questionnaire(
        {"kind": "information", "text": "Avant de commencer", "help": "Rien n'est noté."},
        make.single(is_personal=True),
        {"kind": "multiple", "text": "Lesquels ?", "settings": {"choices": choices, "most": 2}, "is_personal": True},
        {"kind": "scale", "text": "Souvent ?", "settings": {"least": 1, "most": 5, "least_label": "jamais", "no_opinion": True}},
        {"kind": "grid", "text": "Et ici ?", "settings": {"choices": choices, "rows": rows}, "is_required": True},
        {"kind": "ranking", "text": "Dans quel ordre ?", "settings": {"choices": choices}},
        {"kind": "grades", "text": "Que valent-ils ?", "settings": {"choices": choices, "rows": rows}},
        {"kind": "number", "text": "Combien ?", "settings": {"least": 0, "most": 50}},
        {"kind": "date", "text": "Quand ?"},
        {"kind": "long_text", "text": "Pourquoi ?"},
    )  # fmt: skip
    client = as_(AgentFactory())
    page = client.post(at(made, "start")).url
    posts = [
        {}, {"answer": "declined"}, {"answer": ["c1", "c3"]}, {"answer": "no_opinion"}, {"row_r1": "c1", "row_r2": "c2"},
        {"place_c1": "2", "place_c2": "1", "place_c3": "3"}, {"row_r1": "c3"}, {"answer": "12,5"},
        {"answer": "2026-03-01"}, {"answer": ""},
    ]  # fmt: skip
    for data in posts:
        assert client.get(page).status_code == 200
        answered = client.post(page, data)
        assert answered.status_code == 303, answered.content.decode()
        page = answered.url

    assert page == at(made, "check")
    client.post(page, {"identity": "named"})
    assert read_answers(AnswerSet.objects.get()) == {
        "q2": {"declined": True}, "q3": ["c1", "c3"], "q4": "no_opinion", "q5": {"r1": "c1", "r2": "c2"},
        "q6": ["c2", "c1", "c3"], "q7": {"r1": "c3"}, "q8": "12.5", "q9": "2026-03-01",
    }  # fmt: skip
    assert client.post(at(made, "start")).url == at(made, "check"), "everything was seen: it is read again"
    assert client.post(at(made, "step", key="q5"), {"row_r1": "c1"}).status_code == 422
    assert client.post(at(made, "step", key="q6"), {"place_c1": "1", "place_c2": "1"}).status_code == 422
    for _mode in range(1):
        assert "1. Non" in client.get(at(made, "check")).content.decode()
    drain_outbox()


def test_a_condition_shows_and_hides_the_question_that_follows(as_):
    made = make.questionnaire(make.single(), make.short_text(condition={"question": "q1", "values": ["c1"]}))
    client = as_(AgentFactory())
    client.post(at(made, "start"))

    assert client.post(at(made, "step", key="q1"), {"answer": "c2"}).url == at(made, "check")
    assert client.get(at(made, "step", key="q2")).status_code == 303
    assert client.post(at(made, "step", key="q1"), {"answer": "c1", "retour": "verifier"}).url == at(
        made, "step", key="q2"
    )
    drain_outbox()


def test_a_text_that_bears_witness_to_harm_is_held_before_anything_is_kept(as_):
    made = make.questionnaire(make.short_text())
    client = as_(AgentFactory())
    client.post(at(made, "start"))

    held = client.post(at(made, "step", key="q1"), {"answer": "Mon chef me harcèle tous les jours"})

    assert held.status_code == 200 and "harcèle" in held.content.decode()
    assert client.get(at(made, "check")).content.decode().count("harcèle") == 0
    drain_outbox()


def test_other_people_and_other_moments(as_):
    made = make.questionnaire()
    private = make.questionnaire(space=make.asked_space(circle=Circle.MEMBERS))
    prepared = make.questionnaire(published=False)
    over = make.questionnaire(space=make.asked_space(opens=-3, closes=-1))
    agent, member = AgentFactory(), AgentFactory()
    invite(member, private.space)
    client = as_(agent)

    assert client.get(at(private, "detail")).status_code == 404
    assert client.post(at(private, "start")).status_code == 404
    assert as_(member).get(at(private, "detail")).status_code == 200
    assert client.get(at(prepared, "detail")).status_code == 404
    assert as_(None).get(at(made, "detail")).status_code == 404
    assert as_(None).get(at(made, "step", key="q1")).status_code == 302
    assert client.get(at(made, "results")).status_code == 404
    assert client.post(at(over, "start")).status_code == 409
    for name in ("build", "publish", "close", "texts"):
        assert client.get(at(made, name)).status_code == 404
    assert client.post(at(made, "test_start")).status_code == 404
    listed = client.get(reverse("questionnaires:list")).content.decode()
    assert listed.count("card__") == listed.count("card__") and private.title in listed


def test_closed_the_results_are_there_with_their_table_and_file(as_):
    made = make.questionnaire()
    for number in range(30):
        make.send(made, {"q1": "c1" if number < 18 else "c2"})
    services.close_questionnaire(questionnaire=made)
    client = as_(AgentFactory())

    page = client.get(at(made, "results")).content.decode()
    file = b"".join(client.get(at(made, "export"))).decode()

    assert "30 personnes ont répondu" in page and "<svg" in page and "<caption>" in page
    assert '"Oui";"18";"60"' in file and '"Non";"12";"40"' in file
    assert client.post(at(made, "start")).status_code == 409
    late = AgentFactory()
    assert as_(late).post(at(made, "check"), {"identity": "protected"}).status_code == 409
    drain_outbox()


def test_the_ticker_closes_what_is_over():
    made = make.questionnaire(space=make.asked_space(opens=-3, closes=-1))
    still = make.questionnaire()

    assert (services.close_due(clock.now()), services.close_due(clock.now())) == (1, 0)
    made.refresh_from_db()
    still.refresh_from_db()
    assert made.closed_at is not None and still.closed_at is None


def test_what_a_page_costs(as_, django_assert_num_queries):
    made, agent = make.questionnaire(), AgentFactory()
    client = as_(agent)
    client.post(at(made, "start"))
    drain_outbox()
    client.get(at(made, "detail"))

    with django_assert_num_queries(8):
        client.get(at(made, "step", key="q1"))
    with django_assert_num_queries(8):
        client.post(at(made, "step", key="q1"), {"answer": "c1"})
    with django_assert_num_queries(18):
        client.post(at(made, "check"), {"identity": "protected"})
    with django_assert_num_queries(8):
        client.get(reverse("questionnaires:list"))
    drain_outbox()


def test_the_same_answers_named_are_found_by_their_author_alone(as_):
    made, agent = make.questionnaire(), AgentFactory()
    make.send(made, {"q1": "c1"}, actor=agent, mode=IdentityMode.NAMED)

    assert as_(agent).get(at(made, "sent")).status_code == 200
    assert as_(AgentFactory()).get(at(made, "sent")).status_code == 303


def test_the_sheet_of_paper_has_every_question(as_):
    made = make.questionnaire()

    answer = as_(AgentFactory()).get(at(made, "sheet"))

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF") or "Faut-il des bancs" in answer.content.decode()


@pytest.mark.parametrize("mode", ["named", "protected"])
def test_pressed_again_after_an_answer_that_got_lost_it_is_told_to_be_sent(as_, mode):
    """The worker died after the commit: the browser knows of nothing, the keyring isn't filled yet."""
    made = make.questionnaire()
    person = AgentFactory()
    client = as_(person)
    client.post(at(made, "start"))
    client.post(at(made, "step", key="q1"), {"answer": "c1"})
    client.post(at(made, "step", key="q2"), {"answer": "Devant"})
    found = re.search(r'name="envoi" value="([^"]+)"', client.get(at(made, "check")).content.decode())[1]
    drafts_known = dict(client.cookies)
    fields = {"identity": mode, "envoi": found}
    assert client.post(at(made, "check"), fields).url == at(made, "sent")
    client.cookies.clear()
    client.cookies.update(drafts_known)

    assert client.post(at(made, "check"), fields).url == at(made, "sent")
    assert "Vos réponses sont envoyées" in client.get(at(made, "sent")).content.decode()
    assert AnswerSet.objects.count() == 1
    # The same words from somebody else, or other words, lead nowhere.
    assert as_(AgentFactory()).post(at(made, "check"), fields).url == at(made, "detail")
    assert as_(AgentFactory()).get(at(made, "sent")).url == at(made, "detail")
    assert as_(AgentFactory()).post(at(made, "check"), fields | {"envoi": "rien"}).url == at(made, "detail")
    drain_outbox()
