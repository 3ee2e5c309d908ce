"""Ways of answering beside ways of telling: secret answers by category, a file or sheets beside categories."""

import pytest
from django.core.exceptions import ValidationError

from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.participation.enums import Channel
from src.questionnaires import organising, rules, services
from src.questionnaires.enums import AnswerMode
from src.questionnaires.models import AnswerSet, OutreachTask
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.participation import grant_in_space

from .test_by_axis import by, crowd, directions, frame
from .test_screens import at

pytestmark = pytest.mark.django_db
HALVES = [(letter, f"c{n}", 13) for letter in "ab" for n in (1, 2)]


def told_by_category(made) -> bool:
    return any(question.get("by") for question in made.release.content["questions"])


def two_directions(**fields):
    made = by("direction", **fields)
    return frame(made, [["a", 200], ["b", 100]], {"direction": {"a": "Voirie", "b": "Écoles"}})


def answered(made, *more):
    return crowd(made, [({"direction": letter}, {"q1": choice}, n) for letter, choice, n in HALVES] + list(more))


def test_secret_answers_carry_their_category_in_the_box_and_tell_it_once_opened():
    """While it is open nothing says who answers: no gap is read, no task opens."""
    roads, schools = directions(200, 100)
    made = services.create_questionnaire(
        space=make.asked_space(), title="Les bancs", minutes=4, first_axis="direction", answer_mode=AnswerMode.SECRET
    )
    services.save_question(questionnaire=made, **make.single())
    services.publish(questionnaire=made)
    made = make.again(made)
    for direction in (roads, schools):
        unit = UnitFactory(parent=direction)
        for number in range(26):
            make.send_secret(made, {"q1": f"c{1 + number % 2}"}, actor=AgentFactory(unit=unit))
    made = make.again(made)
    grant_in_space(AgentFactory(), Role.FACILITATOR, made.space)

    assert organising.gaps(made) == [] and services.open_outreach(questionnaire=made) == []
    assert not AnswerSet.objects.exists() and not OutreachTask.objects.exists()

    services.close_questionnaire(questionnaire=made)
    drain_outbox()
    made = make.again(made)
    assert {one["direction"] for one in AnswerSet.objects.values_list("segments", flat=True)} == {
        str(roads.pk),
        str(schools.pk),
    }
    assert made.release.content["answers"] == 52 and told_by_category(made)


def test_secret_answers_take_neither_sheets_nor_files():
    made = make.questionnaire(answer_mode=AnswerMode.SECRET)

    assert "secrètes" in rules.why_no_sheet(made)
    with pytest.raises(ValidationError, match="secrètes"):
        services.open_import(actor=None, questionnaire=made, source="Ailleurs", data=b"a;b\noui;non")


def test_by_category_until_a_file_comes_in():
    """Whoever holds the file could take it off the category of the others."""
    alone, beside = answered(two_directions()), answered(two_directions(), ({}, {"q1": "c1"}, 13))
    AnswerSet.objects.filter(questionnaire=beside, segments={}).update(channel=Channel.IMPORT)

    for made in (alone, beside):
        services.close_questionnaire(questionnaire=made)

    assert told_by_category(make.again(alone)) and not told_by_category(make.again(beside))


def test_channels_are_not_told_apart_beside_categories():
    """Sheets say no category: their number would leave those of the others who came by the web."""
    plain, divided = make.questionnaire(), answered(two_directions(), ({}, {"q1": "c1"}, 15))
    crowd(plain, [({}, {"q1": "c1"}, 30), ({}, {"q1": "c2"}, 30)])
    for made, n in ((plain, 15), (divided, 15)):
        kept = AnswerSet.objects.filter(questionnaire=made, segments={}).values("pk")[:n]
        AnswerSet.objects.filter(pk__in=list(kept.values_list("pk", flat=True))).update(channel=Channel.PAPER)
        services.close_questionnaire(questionnaire=made)

    assert make.again(plain).release.content.get("channels")
    assert told_by_category(make.again(divided)) and not make.again(divided).release.content.get("channels")


@pytest.mark.parametrize("mode", [AnswerMode.IDENTITY, AnswerMode.SECRET])
def test_what_stays_beside_the_answers_is_told_before_they_begin_and_before_they_are_sent(as_, mode):
    """Secret or under a protected name, a category stays: nobody learns it afterwards."""
    made = services.create_questionnaire(
        space=make.asked_space(), title="Les bancs", minutes=4, first_axis="direction", answer_mode=mode
    )
    services.save_question(questionnaire=made, **make.single())
    services.publish(questionnaire=made)
    client = as_(AgentFactory())

    before = client.get(at(made, "detail")).content.decode()
    client.post(at(made, "start"))
    client.post(at(made, "step", key="q1"), {"answer": "c1"})
    sending = client.get(at(made, "check")).content.decode()

    for page in (before, sending):
        assert "sans votre nom" in page and "direction" in page and "moins de 11 personnes" in page
    drain_outbox()
