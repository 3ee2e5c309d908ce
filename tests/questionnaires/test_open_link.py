"""The open link: anybody answers, signed out; nobody is known; stuffing is bounded, told, and nothing is set aside."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from src.directory.enums import Role
from src.foundations import clock, ratelimit
from src.foundations.models import OutboxEvent, RateBucket
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle, IdentityMode
from src.participation.models import ContributionDraft, SealedAuthor
from src.questionnaires import services
from src.questionnaires.models import AnswerDay, AnswerSet
from src.questionnaires.services.answering import read_answers
from src.questionnaires.services.open_link import is_unusual
from src.questionnaires.views import reading
from src.questionnaires.views.going import COOKIE
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space

from .test_screens import at

pytestmark = pytest.mark.django_db
VOLUNTARY = "Réponses volontaires : elles ne représentent pas toute la ville."


@pytest.fixture
def opened():
    ratelimit.forget_memory()
    return make.questionnaire(space=make.asked_space(circle=Circle.EVERYONE), answer_mode="open")


def spoken(page) -> str:
    """What the page says, narrow spaces as spaces."""
    return page.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def answer(client, made, first="c1"):
    client.post(at(made, "start"))
    client.post(at(made, "step", key="q1"), {"answer": first})
    return client.post(at(made, "step", key="q2"), {"answer": "Près du portail"})


def test_a_resident_answers_without_an_account_and_nothing_says_who(opened, as_):
    resident = as_(None)
    assert "Commencer" in spoken(resident.get(at(opened, "detail")))
    assert answer(resident, opened).url == at(opened, "check")
    assert "ni votre nom ni l’adresse de votre appareil" in spoken(resident.get(at(opened, "check")))

    assert resident.post(at(opened, "check")).url == at(opened, "sent")

    sent = AnswerSet.objects.get()
    assert read_answers(sent) == {"q1": "c1", "q2": "Près du portail"}
    assert (sent.identity_mode, sent.author_id, sent.created_at) == (
        IdentityMode.ANONYMOUS, None, clock.week_start_moment(sent.week),
    )  # fmt: skip
    assert not ContributionDraft.objects.exists() and not SealedAuthor.objects.exists()
    assert not OutboxEvent.objects.exists() and not RateBucket.objects.exists()
    assert "rien ne mène d’elles à vous" in spoken(resident.get(at(opened, "sent")))
    # Pressed again, gone back, from elsewhere.
    assert resident.post(at(opened, "check")).url == at(opened, "sent")
    assert resident.get(at(opened, "step", key="q1")).url == at(opened, "detail")
    assert as_(None).get(at(opened, "sent")).url == at(opened, "detail")
    assert AnswerSet.objects.count() == 1 and AnswerDay.objects.get().answers == 1


def test_what_was_begun_is_found_on_the_device_alone_and_erased_when_asked(opened, as_):
    resident = as_(None)
    answer(resident, opened)
    assert COOKIE in resident.cookies and resident.cookies[COOKIE]["httponly"]

    assert "Reprendre" in spoken(resident.get(at(opened, "detail")))
    assert "Reprendre" not in spoken(as_(None).get(at(opened, "detail")))
    other = make.questionnaire(space=make.asked_space(circle=Circle.EVERYONE), answer_mode="open", title="Autre")
    resident.cookies[COOKIE]["path"] = "/"
    assert "Reprendre" not in spoken(resident.get(at(other, "detail"))), "the token of one opens no other"
    resident.post(at(opened, "discard"))
    assert not ContributionDraft.objects.exists()
    resident.cookies[COOKIE] = "forged"
    assert resident.get(at(opened, "check")).url == at(opened, "detail")


def test_somebody_signed_in_is_asked_to_sign_out(opened, as_):
    client = as_(AgentFactory())

    assert "Me déconnecter, puis répondre" in spoken(client.get(at(opened, "detail")))
    assert client.post(at(opened, "start")).status_code == 403
    assert not ContributionDraft.objects.exists()
    assert as_(None).post(at(make.questionnaire(), "start")).status_code == 302, "the others ask for an account"


def test_robots_and_crowds_are_slowed_and_told(opened, as_):
    resident = as_(None)
    answer(resident, opened)

    trapped = resident.post(at(opened, "check"), {"site": "http://example.org"})

    assert trapped.status_code == 422 and "pour les robots" in spoken(trapped) and not AnswerSet.objects.exists()
    assert resident.post(at(opened, "check"), {"site": ""}).status_code == 303
    statuses = {as_(None).post(at(opened, "start")).status_code for _visit in range(61)}
    assert statuses == {303, 429}, "a network opens sixty forms an hour"


def test_the_same_sending_twice_is_one_and_the_closing_refuses(opened):
    token = uuid.uuid4()
    gesture = {"questionnaire": opened, "revision": opened.revision, "answers": {"q1": "c1"}, "token": token}

    assert [services.send_open(**gesture) for _press in range(3)] == [True, False, False]
    services.close_questionnaire(questionnaire=opened)
    assert services.send_open(**gesture) is False
    with pytest.raises(services.Closed):
        services.send_open(**gesture | {"token": uuid.uuid4()})
    with pytest.raises(ValueError, match="open to anybody"):
        services.send_open(**gesture | {"questionnaire": make.questionnaire()})


def test_it_is_published_where_everyone_sees_it():
    inside = make.questionnaire(published=False, answer_mode="open")

    with pytest.raises(ValidationError, match="visible de tout le monde"):
        services.publish(questionnaire=inside)


def test_an_unusual_day_is_told_and_all_its_answers_stay(opened, as_):
    organiser = AgentFactory()
    grant_in_space(organiser, Role.FACILITATOR, opened.space)
    for days, answers in ((4, 10), (3, 12), (2, 80), (1, 9)):
        AnswerDay.objects.create(questionnaire=opened, day=clock.today() - timedelta(days=days), answers=answers)
    for number in range(24):
        services.send_open(
            questionnaire=opened, revision=opened.revision, answers={"q1": f"c{1 + number % 2}"}, token=uuid.uuid4()
        )

    assert (services.look_at_days(clock.now()), services.look_at_days(clock.now())) == (1, 0)

    page = spoken(as_(organiser).get(at(opened, "build")))
    assert "1 jour a apporté bien plus de réponses" in page and opened.get_absolute_url() in page
    services.close_questionnaire(questionnaire=opened)
    for told in (as_(None).get(at(opened, "results")), as_(organiser).get(at(opened, "results"))):
        assert VOLUNTARY in spoken(told) and "1 jour a apporté" in spoken(told) and "24 personnes" in spoken(told)
    file = b"".join(as_(None).get(at(opened, "export"))).decode()
    assert "elles ne représentent pas toute la ville" in file and "1 jour a apporté" in file
    drain_outbox()


def test_the_sheet_says_it_too(opened, as_, monkeypatch):
    monkeypatch.setattr(reading.documents, "pdf_or_html_response", lambda html, name: HttpResponse(html))

    assert VOLUNTARY in spoken(as_(None).get(at(opened, "sheet")))


@pytest.mark.parametrize(
    ("answers", "others", "found"),
    [(500, [], False), (49, [1, 1, 1], False), (50, [10, 10], False), (51, [10, 10], True), (80, [10, 12, 9], True)],
)
def test_when_a_day_is_unusual(answers, others, found):
    assert is_unusual(answers, others) is found
