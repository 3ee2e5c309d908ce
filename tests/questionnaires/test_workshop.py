"""Organising on the screen: writing, ordering, trying, publishing, revising, closing; and who may not."""

import pytest
from django.urls import reverse

from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.models import Space
from src.questionnaires.models import AnswerSet, Questionnaire
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.participation import grant_in_space

from .test_screens import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def organised(as_):
    """A space, and the client of whoever looks after it."""
    space, person = make.asked_space(), AgentFactory()
    grant_in_space(person, Role.FACILITATOR, space)
    return space, as_(person)


def texts(made):
    made = make.again(made)
    return [question.text for question in (made.draft or made.revision).ordered]


def test_a_questionnaire_from_nothing_to_its_results(organised, as_):
    space, client = organised
    created = client.post(
        reverse("questionnaires:create"),
        {"space": space.pk, "title": "Les bancs", "minutes": "3", "answer_mode": "identity"},
    )
    made = Questionnaire.objects.get()
    assert created.url == at(made, "build")
    for kind, data in (
        ("single", {"text": "Faut-il des bancs ?", "choices": "Oui\nNon\nNon", "is_required": "on"}),
        ("scale", {"text": "Souvent ?", "least": "1", "most": "5", "least_label": "jamais", "no_opinion": "on"}),
        ("short_text", {"text": "Où ?", "condition": ["q1:c1"]}),
    ):
        assert client.get(at(made, "add", kind=kind)).status_code == 200
        assert client.post(at(made, "add", kind=kind), data).status_code == 303
    assert texts(made) == ["Faut-il des bancs ?", "Souvent ?", "Où ?"]

    # The order, by buttons; a question never goes before the one it depends on.
    assert client.post(at(made, "move_up", key="q2")).status_code == 303
    assert client.post(at(made, "move_down", key="q1")).status_code == 422
    assert texts(made) == ["Souvent ?", "Faut-il des bancs ?", "Où ?"]
    assert client.post(at(made, "remove", key="q1")).status_code == 422

    # A test goes through to the end, and nothing of it is counted.
    assert client.post(at(made, "test_start")).url == at(made, "test_step", key="q2")
    client.post(at(made, "test_step", key="q2"), {"answer": "3"})
    assert client.post(at(made, "test_step", key="q1"), {"answer": "c2"}).url == at(made, "test_check")
    assert client.post(at(made, "test_check")).url == at(made, "build")
    assert not AnswerSet.objects.exists()

    assert client.get(at(made, "publish")).status_code == 200
    assert client.post(at(made, "publish")).status_code == 303
    made = make.again(made)
    make.send(made, {"q1": "c2"})
    assert client.post(at(made, "revise")).status_code == 303
    client.post(
        at(made, "edit", key="q1"), {"text": "Combien de bancs ?", "choices": "Trois\nNon\nOui", "is_required": "on"}
    )
    client.post(at(made, "publish"))
    made = make.again(made)
    assert made.revision.number == 2
    assert made.revision.by_key["q1"].choices == [
        {"key": "c3", "label": "Trois"}, {"key": "c2", "label": "Non"}, {"key": "c1", "label": "Oui"},
    ]  # fmt: skip
    assert client.get(at(made, "close")).status_code == 200
    assert client.post(at(made, "close")).url == at(made, "results")
    assert "Moins de 11 personnes" in client.get(at(made, "results")).content.decode()
    assert client.get(at(made, "texts")).status_code == 200
    drain_outbox()


def test_mistakes_are_told_and_nothing_typed_is_lost(organised):
    space, client = organised
    made = make.questionnaire(make.single(), space=space, published=False)

    page = client.post(at(made, "add", kind="multiple"), {"text": "Lesquels ?", "choices": "Un seul", "most": "7"})

    assert page.status_code == 422
    assert "Un seul" in page.content.decode() and "au moins deux choix" in page.content.decode()
    assert client.post(at(made, "add", kind="scale"), {"text": "?", "least": "un"}).status_code == 422
    assert client.post(at(made, "describe"), {"title": "", "minutes": "0"}).status_code == 422
    assert client.get(at(made, "add", kind="inconnu")).status_code == 404
    assert texts(made) == ["Faut-il des bancs ?"]


def test_published_questions_are_not_changed_by_an_old_page(organised):
    space, client = organised
    made = make.questionnaire(space=space)

    assert client.post(at(made, "edit", key="q1"), {"text": "Autre", "choices": "a\nb"}).status_code == 303
    assert client.post(at(made, "move_down", key="q1")).status_code == 422
    assert client.post(at(made, "publish")).status_code == 303
    assert texts(made)[0] == "Faut-il des bancs ?"


def test_organising_is_for_those_who_look_after_the_space(organised, as_):
    _space, client = organised
    other = make.questionnaire()
    city_wide = AgentFactory(roles=[(Role.FACILITATOR, None)])

    for one in (client, as_(city_wide), as_(AgentFactory())):
        for name in ("build", "describe", "publish", "close"):
            assert one.get(at(other, name)).status_code == 404
    assert as_(city_wide).get(reverse("questionnaires:workshop")).status_code == 404
    assert as_(AgentFactory(roles=[(Role.ADMINISTRATOR, None)])).get(at(other, "build")).status_code == 200
    assert as_(None).get(reverse("questionnaires:workshop")).status_code == 302


def test_words_are_read_by_organisers_from_eleven_shuffled(organised):
    space, client = organised
    made = make.questionnaire(make.single(), make.short_text(), make.short_text("Et la nuit ?"), space=space)
    for number in range(14):
        words = {"q2": f"Lieu {number:02d}"} | ({"q3": "Secret"} if number < 3 else {})
        make.send(made, {"q1": "c1" if number < 3 else "c2", **words})
    client.post(at(made, "close"))

    page = client.get(at(made, "texts")).content.decode()

    assert all(f"Lieu {number:02d}" in page for number in range(14))
    assert "Secret" not in page
    drain_outbox()


def test_an_administrator_opens_a_space_of_questions_from_its_template(as_):
    admin, helper = AgentFactory(roles=[(Role.ADMINISTRATOR, None)]), AgentFactory(username="malika")
    answers = {
        "name": "Nos plannings", "starts_on": str(clock.today()), "days": "28", "circle": "agents", "step": "open",
        "steering_unit": str(UnitFactory().pk), "identity_modes": ["protected"], "facilitator": "malika", "slug": "nos",
    }  # fmt: skip
    client = as_(admin)
    page = reverse("espaces:from_kind", args=["consultation"])

    assert client.get(page).status_code == 200
    assert client.post(page, answers).status_code == 302

    space = Space.objects.get()
    assert (space.process, space.activities, [one.verbs for one in space.phases.all()]) == (
        None, ["questionnaire"], [["answer"]],
    )  # fmt: skip
    assert client.get(reverse("espaces:edit", args=[space.pk])).status_code == 200
    helped = as_(type(helper).objects.get(pk=helper.pk))
    assert "Nos plannings" in helped.get(reverse("questionnaires:create")).content.decode()
    drain_outbox()
