"""The open link: anybody answers, signed out; nobody is known; stuffing is bounded, told, and nothing is set aside."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from src.directory.enums import Role
from src.foundations import clock, ratelimit
from src.foundations.models import OutboxEvent, RateBucket
from src.foundations.testing import drain_outbox, forget_effects
from src.participation.enums import Circle, IdentityMode
from src.participation.models import ContributionDraft, SealedAuthor
from src.questionnaires import runs, services
from src.questionnaires import spoken as spoken_codes
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
    forget_effects()
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


# The spoken code


def test_a_code_noted_on_one_device_goes_on_from_another(opened, as_):
    phone, library = as_(None), as_(None)
    phone.post(at(opened, "start"))
    code = re.search(r'translate="no">([A-Z]+ \d\d [A-Z]+)<', spoken(phone.get(at(opened, "step", key="q1"))))[1]
    phone.post(at(opened, "step", key="q1"), {"answer": "c2"})

    typed = code.lower().replace(" ", "-")
    assert library.post(at(opened, "resume"), {"code": typed}).url == at(opened, "step", key="q2")
    assert 'value="c2"' in spoken(library.get(at(opened, "step", key="q1")))
    assert code.split()[0].encode() not in b"".join(
        bytes(one.ciphertext) + one.token.bytes for one in ContributionDraft.objects.all()
    )
    library.post(at(opened, "step", key="q2"), {"answer": ""})
    assert library.post(at(opened, "check")).url == at(opened, "sent")
    assert as_(None).post(at(opened, "resume"), {"code": code}).status_code == 422, "sent, the code is dead"


def test_a_code_that_opens_nothing_says_so_alike_and_guesses_are_few(opened, as_, settings):
    run, client = runs.begin_under_code(opened), as_(None)
    other = make.questionnaire(space=make.asked_space(circle=Circle.EVERYONE), answer_mode="open", title="Autre")
    settings.TERRAIN_RESUME_DAYS = -1
    late = client.post(at(opened, "resume"), {"code": run.code})
    settings.TERRAIN_RESUME_DAYS = 14

    wrong = [client.post(at(opened, "resume"), {"code": code}) for code in ("POMME 10 RIVE", "rien", "🪑 12 x")]
    wrong.append(client.post(at(other, "resume"), {"code": run.code}))

    assert {one.status_code for one in (late, *wrong)} == {422}
    assert (
        {one.content.count(b"n\xe2\x80\x99ouvre rien") for one in (late, *wrong)}
        == {wrong[0].content.count(b"n\xe2\x80\x99ouvre rien")}
        != {0}
    )
    statuses = [client.post(at(opened, "resume"), {"code": "POMME 10 RIVE"}).status_code for _try in range(8)]
    assert statuses[-1] == 429
    ratelimit.forget_memory()
    everywhere = [spoken_codes.may_guess(opened, f"10.0.{n}.0/24") for n in range(70)]
    assert everywhere.count(True) < 60 and not everywhere[-1]
    assert as_(None).get(at(make.questionnaire(), "resume")).status_code == 404
    assert as_(AgentFactory()).get(at(make.questionnaire(), "resume")).status_code == 404
    assert as_(AgentFactory()).get(at(opened, "resume")).status_code == 303


def test_codes_are_said_without_doubt():
    assert len(set(spoken_codes.WORDS)) == len(spoken_codes.WORDS) > 400
    assert all(word.isascii() and word.isalpha() and len(word) >= 4 for word in spoken_codes.WORDS)
    code = spoken_codes.new_code()
    for typed in (code, code.lower(), code.replace(" ", ""), f"  {code.replace(' ', ' - ')} ", code.title()):
        assert spoken_codes.read_code(typed) == code
    assert spoken_codes.read_code("écluse 12 forêt") == "ECLUSE 12 FORET"
