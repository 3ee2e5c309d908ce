"""Secret answers: the roll says who, sealed boxes hold what; sent once for good, opened once at closing or never."""

import json
import logging
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from src.directory.enums import Role
from src.foundations import clock, envelopes
from src.foundations.models import AuditEntry, OutboxEvent
from src.foundations.personal_data import declaration_of
from src.foundations.testing import drain_outbox, forget_effects
from src.participation.enums import IdentityMode
from src.participation.models import ContributionDraft, SealedAuthor
from src.questionnaires import asking, rules, services, sizes
from src.questionnaires.enums import AnswerMode, State
from src.questionnaires.models import Answer, AnswerRoll, AnswerSet, Questionnaire, SealedAnswers, SealingKey
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space

from .test_answering import refused
from .test_asking import an_answer, questionnaires
from .test_screens import at

SECRET = AnswerMode.SECRET


def closed(made):
    """Closed by the calendar's hand, opened by the relay."""
    assert services.close_questionnaire(questionnaire=made) is None
    assert rules.state_of(make.again(made)) == State.COUNTING
    drain_outbox()
    return make.again(made)


@pytest.mark.django_db
def test_what_is_written_leads_nowhere_until_it_is_opened_all_together():
    made, people = make.questionnaire(answer_mode=SECRET), [AgentFactory() for _person in range(12)]
    forget_effects()
    written = AuditEntry.objects.count()
    for number, person in enumerate(people):
        assert make.send_secret(made, {"q1": "c1", "q2": "mot " * number or "mot"}, actor=person)

    assert not AnswerSet.objects.exists() and not OutboxEvent.objects.exists() and not SealedAuthor.objects.exists()
    assert AuditEntry.objects.count() == written
    assert set(AnswerRoll.objects.values_list("person_id", flat=True)) == {person.pk for person in people}
    assert len({len(box) for box in SealedAnswers.objects.values_list("ciphertext", flat=True)}) == 1
    assert not any(b"mot" in bytes(box) for box in SealedAnswers.objects.values_list("ciphertext", flat=True))

    made = closed(made)

    assert rules.state_of(made) == State.CLOSED and made.release.content["answers"] == 12
    opened = AnswerSet.objects.all()
    assert {(one.identity_mode, one.author_id, one.submission_token, one.created_at) for one in opened} == {
        (IdentityMode.ANONYMOUS, None, None, clock.week_start_moment(clock.week_of(made.closed_at)))
    }
    assert Answer.objects.filter(question__key="q2").count() == 12
    assert not SealedAnswers.objects.exists() and SealingKey.objects.get().locked is None
    assert AuditEntry.objects.filter(verb="questionnaires.opened").get().payload == {"boxes_equal_roll": True}
    assert services.open_answers(questionnaire=made) == made.release, "safe twice"


@pytest.mark.django_db
def test_too_few_are_never_opened():
    made = make.questionnaire(answer_mode=SECRET)
    for _person in range(10):
        make.send_secret(made, {"q1": "c1"})

    made = closed(made)

    assert made.release.content == {"answers": None, "k": 11, "questions": []}
    assert not AnswerSet.objects.exists() and not SealedAnswers.objects.exists()
    assert SealingKey.objects.get().locked is None


@pytest.mark.django_db
def test_once_a_person_whatever_they_press():
    made, agent, draft = make.questionnaire(answer_mode=SECRET), AgentFactory(), uuid.uuid4()

    assert [make.send_secret(made, {"q1": "c1"}, actor=agent, draft=draft) for _press in range(10)] == [True] + [
        False
    ] * 9
    other = ContributionDraft.objects.create(
        token=uuid.uuid4(), kind="x", ciphertext=_sealed_draft(), touched_on=clock.today()
    )
    with pytest.raises(services.AlreadyAnswered):
        make.send_secret(made, {"q1": "c2"}, actor=agent, draft=other.token)

    assert (AnswerRoll.objects.count(), SealedAnswers.objects.count()) == (1, 1)
    with pytest.raises(ValidationError):
        make.send_secret(made, {"q1": "c9"})
    with pytest.raises(ValueError, match="lead to nobody"):
        make.send(made, {"q1": "c1"})


def _sealed_draft():
    from src.participation.services.drafts import STEP, _encrypt

    return _encrypt({"answers": {}}, STEP)


@pytest.mark.django_db
def test_a_box_nobody_closed_with_our_key_is_left_out_and_the_journal_says_it(caplog):
    made = make.questionnaire(answer_mode=SECRET)
    for _person in range(11):
        make.send_secret(made, {"q1": "c1"})
    stuffed = envelopes.make_pair("test").public
    SealedAnswers.objects.create(questionnaire=made, ciphertext=envelopes.close(stuffed, b"{}", 512))

    made = closed(made)

    assert made.release.content["answers"] == 11
    assert AuditEntry.objects.get(verb="questionnaires.opened").payload == {"boxes_equal_roll": False}
    assert {"questionnaires.box_unreadable", "questionnaires.roll_differs"} <= {one.message for one in caplog.records}


@pytest.mark.django_db
@pytest.mark.parametrize(("true", "false"), [(10, 3), (2, 9)])
def test_boxes_of_nobody_hide_nobody_and_a_wrong_key_destroys_nothing(true, false):
    made, stuffed = make.questionnaire(answer_mode=SECRET), envelopes.make_pair("test").public
    for _person in range(true):
        make.send_secret(made, {"q1": "c1"})
    for _box in range(false):
        SealedAnswers.objects.create(questionnaire=made, ciphertext=envelopes.close(stuffed, b"{}", 512))
    services.close_questionnaire(questionnaire=made)

    if true > false:
        assert services.open_answers(questionnaire=make.again(made)).content["answers"] is None
    else:
        with pytest.raises(envelopes.CannotOpen):
            services.open_answers(questionnaire=make.again(made))
        assert SealedAnswers.objects.count() == 11 and SealingKey.objects.get().locked
    assert not AnswerSet.objects.exists()
    forget_effects()


@pytest.mark.django_db
def test_the_database_refuses_what_must_never_be_of_secret_answers():
    made, agent = make.questionnaire(answer_mode=SECRET), AgentFactory()
    make.send_secret(made, {"q1": "c1"}, actor=agent)
    signed = make.questionnaire()
    box, roll = SealedAnswers.objects.get(), AnswerRoll.objects.get()
    plain = {
        "questionnaire": made, "revision": made.revision, "week": clock.today(), "created_at": clock.now(),
        "identity_mode": IdentityMode.ANONYMOUS,
    }  # fmt: skip
    fields = {"questionnaire": made, "ciphertext": b"x"}

    assert refused(lambda: Questionnaire.objects.filter(pk=made.pk).update(answer_mode="identity"))
    assert refused(lambda: made.revisions.create(number=2))
    assert refused(lambda: AnswerSet.objects.create(**plain)), "nothing readable while it is open"
    assert refused(lambda: AnswerRoll.objects.create(questionnaire=made, person=agent))
    assert refused(lambda: AnswerRoll.objects.create(questionnaire=signed, person=agent))
    assert refused(lambda: AnswerRoll.objects.filter(pk=roll.pk).update(person=AgentFactory()))
    assert refused(lambda: SealedAnswers.objects.create(**fields | {"questionnaire": signed}))
    assert refused(lambda: SealedAnswers.objects.filter(pk=box.pk).update(ciphertext=b"y"))
    assert refused(lambda: SealedAnswers.objects.filter(pk=box.pk).delete())
    assert refused(lambda: SealingKey.objects.update(locked=b"y"))
    services.close_questionnaire(questionnaire=made)
    assert refused(lambda: AnswerRoll.objects.create(questionnaire=made, person=AgentFactory()))
    assert refused(lambda: SealedAnswers.objects.create(**fields))
    assert refused(lambda: AnswerSet.objects.create(**plain | {"identity_mode": IdentityMode.PROTECTED}))
    assert refused(lambda: AnswerSet.objects.create(**plain, submission_token=uuid.uuid4()))
    drain_outbox()
    assert refused(lambda: AnswerSet.objects.create(**plain)), "nothing once the results are told"


@given(questionnaires(), st.data())
@settings(max_examples=150, deadline=None)
def test_any_answers_fit_in_the_box_of_their_questions(questions, data):
    answers = {one.key: data.draw(an_answer(one)) for one in questions}
    for one in questions:
        if one.kind in asking.TEXTS:
            answers[one.key] = data.draw(st.sampled_from(["🪑", '"', "\\", "é\n"])) * (asking.longest_text(one) // 2)
    kept = asking.check(questions, answers).answers
    draft = {"revision": 1, "answers": answers, "token": str(uuid.uuid4()), "is_change": False}

    for content in ({"revision": 1, "answers": kept, "segments": {}}, draft):
        assert len(json.dumps(content, ensure_ascii=False).encode()) <= sizes.bucket(questions)


@pytest.mark.parametrize("sign", ["🪑", '"', "\\"])
def test_the_box_is_as_large_as_the_longest_text_asks(sign):
    text = asking.Question(key="q1", kind=asking.LONG_TEXT)
    longest = asking.check([text], {"q1": sign * asking.LONG_MOST}).answers

    assert len(json.dumps({"answers": longest}, ensure_ascii=False).encode()) <= sizes.bucket([text]) < 17_500


@pytest.mark.django_db
def test_a_person_who_leaves_and_the_roll_after_three_months(settings):
    made, agent = make.questionnaire(answer_mode=SECRET), AgentFactory()
    make.send_secret(made, {"q1": "c1"}, actor=agent)
    declared = declaration_of(AnswerRoll)

    assert list(declared.export(agent)) == [{"questionnaire": made.title}]
    assert declared.erase(agent) == 1 and AnswerRoll.objects.get().person is None
    assert SealedAnswers.objects.count() == 1
    closed(made)
    assert declared.purge(clock.now(), True) == 0
    settings.TERRAIN_ROLL_DAYS = -1
    assert declared.purge(clock.now(), True) == 1


# On the screen


@pytest.mark.django_db
def test_from_the_first_page_to_the_receipt_and_never_again(as_, caplog):
    made, agent = make.questionnaire(answer_mode=SECRET), AgentFactory()
    client = as_(agent)
    assert "jamais ce que vous avez répondu" in client.get(at(made, "detail")).content.decode()
    client.post(at(made, "start"))
    begun = len(bytes(ContributionDraft.objects.get().ciphertext))
    client.post(at(made, "step", key="q1"), {"answer": "c1"})
    client.post(at(made, "step", key="q2"), {"answer": "Près du portail " * 30})
    assert len(bytes(ContributionDraft.objects.get().ciphertext)) == begun, "a draft has one length"
    page = client.get(at(made, "check")).content.decode()
    assert "ne peuvent plus être changées ni reprises" in page and 'name="identity"' not in page
    forget_effects()

    assert client.post(at(made, "check")).url == at(made, "sent")

    assert not ContributionDraft.objects.exists() and not OutboxEvent.objects.exists()
    assert client.post(at(made, "check")).url == at(made, "sent"), "pressed again"
    receipt = client.get(at(made, "sent")).content.decode()
    assert "Nous savons que vous avez répondu" in receipt and "Changer mes réponses" not in receipt
    for gesture in (client.get, client.post):
        assert gesture(at(made, "step", key="q1")).url == at(made, "sent")
    assert client.post(at(made, "start")).url == at(made, "sent")
    assert "Commencer" not in client.get(at(made, "detail")).content.decode()
    assert "Vous avez répondu" in client.get("/questionnaires/").content.decode()
    assert (AnswerRoll.objects.count(), SealedAnswers.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_the_log_says_neither_who_nor_from_where(as_, caplog):
    caplog.set_level(logging.INFO, "terrain.access")
    agent, told = AgentFactory(), {}
    for mode in ("identity", "secret"):
        made = make.questionnaire(answer_mode=mode)
        caplog.clear()
        as_(agent).get(at(made, "detail"))
        told[mode] = [vars(one) for one in caplog.records if one.name == "terrain.access"]

    assert "ip_net" in told["identity"][0], "the control"
    assert told["secret"] and not any("ip_net" in line or "user" in line for line in told["secret"])
    assert not any(agent.username in str(line) for line in told["secret"])


@pytest.mark.django_db
def test_begun_on_two_screens_one_counts_and_the_other_is_told(as_):
    made, agent = make.questionnaire(answer_mode=SECRET), AgentFactory()
    phone, computer = as_(agent), as_(agent)
    for client in (phone, computer):
        client.post(at(made, "start"))
        client.post(at(made, "step", key="q1"), {"answer": "c1"})
        client.post(at(made, "step", key="q2"), {"answer": ""})
    phone.post(at(made, "check"))

    answer = computer.post(at(made, "check"), follow=True)

    assert "ces réponses-ci ne sont pas comptées" in answer.content.decode()
    assert not ContributionDraft.objects.exists()
    assert SealedAnswers.objects.count() == 1
    drain_outbox()


@pytest.mark.django_db
def test_an_organiser_chooses_it_before_publishing_and_reads_nothing_before_the_end(as_):
    space, person = make.asked_space(), AgentFactory()
    grant_in_space(person, Role.FACILITATOR, space)
    client = as_(person)
    client.post(
        "/questionnaires/atelier/nouveau/",
        {"space": space.pk, "title": "Les bancs", "minutes": "3", "answer_mode": "secret"},
    )
    made = Questionnaire.objects.get()
    assert made.is_secret
    services.save_question(questionnaire=made, **make.single())
    assert "même pour corriger un mot" in client.get(at(made, "publish")).content.decode()
    client.post(at(made, "publish"))
    made = make.again(made)
    for _person in range(12):
        make.send_secret(made, {"q1": "c1"})

    page = client.get(at(made, "build")).content.decode()
    assert "Rien n’est compté tant qu’il est ouvert" in page
    assert not re.search(r"\b12\s(réponses|personnes|agents)", page)
    assert client.post(at(made, "revise")).status_code == 422
    assert "answer_mode" not in client.get(at(made, "describe")).content.decode()
    client.post(at(made, "describe"), {"title": "Les bancs", "minutes": "3", "answer_mode": "identity"})
    assert make.again(made).is_secret
    assert client.post(at(made, "close")).url == at(made, "build")
    assert "en cours d’ouverture" in client.get(at(made, "build")).content.decode()
    for name in ("results", "texts"):
        assert client.get(at(made, name)).status_code == 404
    assert client.post(at(made, "close")).status_code == 303, "closed twice"
    drain_outbox()
    assert "12 personnes ont répondu" in client.get(at(made, "results")).content.decode()
