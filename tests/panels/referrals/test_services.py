"""A referral from what is asked to what was done: who may, what is refused, what stays."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.models import Candidate
from panels.referrals import selectors, services
from panels.referrals.enums import ReferralKind, ReferralState, TaskResult
from panels.referrals.models import AgentPlace, Change, Disagreement, MemberPlace, Referral, TestSheet, Word
from panels.referrals.services import erasing
from panels.referrals.services.testing import Said
from panels.services.preparing import WrongState
from src.directory.enums import Role
from src.directory.models import User
from src.directory.services import grant_role
from src.foundations import clock
from src.foundations.personal_data import export_of
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from tests.factories import panels as panels_make
from tests.factories import questionnaires as questionnaires_make
from tests.factories import referrals as make
from tests.factories.directory import AgentFactory, DirectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.asked_world()


def told(code: str) -> set[int]:
    return set(InboxItem.objects.filter(code=code).values_list("user_id", flat=True))


def tomorrow():
    return time_machine.travel(clock.now() + timedelta(days=1), tick=False)


def test_who_answers_for_the_unit_asks_in_its_name(world):
    referral = world.ask()
    assert (referral.state, referral.unit, referral.asked_by) == (ReferralState.ASKED, world.unit, world.decider)
    elsewhere = DirectionFactory()
    other = AgentFactory(unit=elsewhere, roles=[(Role.DECISION_MAKER, elsewhere)])
    for actor in (other, world.agent, world.made.organiser, world.account()):
        with pytest.raises(PermissionDenied):
            services.ask_panel(
                actor=actor, panel=world.panel, unit=world.unit, kind="question", title="T", question="Q"
            )
    assert Referral.objects.count() == 1


def test_who_sits_or_works_there_does_not_ask(world):
    sits = AgentFactory(unit=world.unit, roles=[(Role.IDEA_CORRESPONDENT, world.unit)])
    Candidate.objects.filter(pk=world.sitting[0].candidate_id).update(account=sits)
    grant_role(user=world.made.facilitator, role=Role.IDEA_CORRESPONDENT, unit=world.unit)
    for one in (sits, world.made.facilitator):
        with pytest.raises(PermissionDenied):
            services.ask_panel(
                actor=User.objects.get(pk=one.pk), panel=world.panel, unit=world.unit, kind="question", title="T",
                question="Q",
            )  # fmt: skip


def test_a_panel_that_is_not_at_work_is_not_consulted(world):
    made = panels_make.prepared(slug="prepare")
    with pytest.raises(WrongState, match="n’est pas consulté"):
        services.ask_panel(
            actor=world.decider, panel=made.panel, unit=world.unit, kind="question", title="T", question="Q"
        )


def test_sending_twice_asks_once(world):
    token = uuid4()
    assert world.ask(token=token).pk == world.ask(token=token).pk
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "  "}, "title"),
        ({"question": ""}, "question"),
        ({"wanted_on": clock.today() - timedelta(days=400)}, "wanted_on"),
        ({"kind": ReferralKind.FORM_TEST, "tasks": ()}, "tasks"),
        ({"kind": ReferralKind.FORM_TEST, "tasks": ["a"] * 9}, "tasks"),
        ({"kind": ReferralKind.FORM_TEST, "link": ""}, "document"),
        ({"kind": ReferralKind.FORM_TEST, "link": "javascript:alert(1)"}, "link"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(world, fields, field):
    with pytest.raises(ValidationError) as refused:
        world.ask(**fields)
    assert list(refused.value.message_dict) == [field]
    assert not Referral.objects.exists()


def test_the_form_is_made_anew_and_what_is_no_pdf_is_refused(world, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    referral = world.ask(ReferralKind.FORM_TEST, document=make.pdf(), link="")
    assert referral.form_test.document.name.startswith("panels/forms/")
    assert [one.text for one in referral.form_test.tasks.all()] == list(make.TASKS)
    fake = make.SimpleUploadedFile("x.pdf", b"<html>")
    with pytest.raises(ValidationError) as refused:
        world.ask(ReferralKind.FORM_TEST, document=fake, link="")
    assert "document" in refused.value.message_dict


def test_organisers_accept_with_a_day_and_members_are_told(world):
    referral = world.ask()
    day = clock.today() + timedelta(days=10)
    for actor in (world.made.facilitator, world.made.guarantor, world.decider, world.account()):
        with pytest.raises(PermissionDenied):
            services.accept_referral(actor=actor, referral=referral, reply_on=day)
    for wrong in (None, clock.today(), clock.today() + timedelta(days=900)):
        with pytest.raises(ValidationError):
            services.accept_referral(actor=world.made.organiser, referral=referral, reply_on=wrong)
    accepted = services.accept_referral(actor=world.made.organiser, referral=referral, reply_on=day)
    drain_outbox()
    assert (accepted.state, accepted.reply_on) == (ReferralState.ACCEPTED, day)
    assert told("panel_referrals.accepted") == {one.candidate.account_id for one in world.sitting}
    assert told("panel_referrals.decided") == {world.decider.pk}
    with pytest.raises(WrongState, match="en est à"):
        services.accept_referral(actor=world.made.organiser, referral=referral, reply_on=day)


def test_declining_says_why(world):
    referral = world.ask()
    with pytest.raises(ValidationError):
        services.decline_referral(actor=world.made.organiser, referral=referral, because=" ")
    services.decline_referral(actor=world.made.organiser, referral=referral, because="Hors du mandat.")
    drain_outbox()
    assert world.again(referral).because == "Hors du mandat."
    assert told("panel_referrals.decided") == {world.decider.pk}
    assert not Referral.objects.public().exists()


def test_whoever_asked_withdraws_until_the_answer(world):
    referral = world.accepted()
    with pytest.raises(PermissionDenied):
        services.withdraw_referral(actor=world.made.organiser, referral=referral, because="Non")
    services.withdraw_referral(actor=world.decider, referral=referral, because="Réglé autrement.")
    assert world.again(referral).state == ReferralState.WITHDRAWN
    with pytest.raises(WrongState):
        services.withdraw_referral(actor=world.decider, referral=world.answered(), because="Trop tard")


def test_a_word_is_a_draft_until_it_is_given_and_one_a_member(world):
    referral = world.accepted()
    services.keep_word(actor=world.account(), referral=referral, text="Canari", give=False)
    assert list(selectors.words_given(referral)) == []
    services.keep_word(actor=world.account(), referral=referral, text="Dix-neuf heures.")
    services.keep_word(actor=world.account(), referral=referral, text="Vingt heures.", give=False)
    assert [(one.text, one.is_given) for one in Word.objects.all()] == [("Vingt heures.", True)]
    for actor in (world.made.facilitator, world.decider, world.agent):
        with pytest.raises(PermissionDenied):
            services.keep_word(actor=actor, referral=referral, text="Moi aussi")


def test_a_word_comes_before_the_day_and_a_paper_until_the_answer(world):
    referral = world.accepted()
    with time_machine.travel(clock.now() + timedelta(days=21), tick=False):
        with pytest.raises(WrongState, match="est passé"):
            services.keep_word(actor=world.account(), referral=referral, text="Trop tard")
        services.keep_word(
            actor=world.made.facilitator, referral=referral, text="Sur papier", membership=world.sitting[1]
        )
    with pytest.raises(PermissionDenied):
        services.keep_word(actor=world.account(), referral=referral, text="Pour un autre", membership=world.sitting[1])
    other = make.asked_world(slug="ailleurs")
    with pytest.raises(ValidationError):
        services.keep_word(
            actor=world.made.facilitator, referral=referral, text="D’un autre panel", membership=other.sitting[0]
        )


def test_the_answer_is_read_a_day_before_it_is_published(world):
    referral = world.accepted()
    with pytest.raises(WrongState, match="Écrivez d’abord"):
        services.publish_answer(actor=world.made.organiser, referral=referral)
    services.keep_word(actor=world.account(), referral=referral, text="Dix-neuf heures.")
    world.shown(referral)
    with pytest.raises(WrongState, match="demain"):
        services.publish_answer(actor=world.made.organiser, referral=referral)
    services.disagree(actor=world.account(1), referral=referral, text="Vingt heures, pas dix-neuf.")
    with tomorrow():
        with pytest.raises(PermissionDenied):
            services.publish_answer(actor=world.made.facilitator, referral=referral)
        published = services.publish_answer(actor=world.made.organiser, referral=referral)
        assert published.follow_due_on == clock.today() + timedelta(days=world.panel.reply_days)
        drain_outbox()
    assert (published.state, published.taking_part) == (ReferralState.ANSWERED, 1)
    assert selectors.disagreements_of(referral) == ["Vingt heures, pas dix-neuf."]
    assert told("panel_referrals.answered") == {world.decider.pk}


def test_an_answer_written_anew_gives_another_day(world):
    referral = world.accepted()
    world.shown(referral)
    with tomorrow():
        services.show_answer(actor=world.made.facilitator, referral=referral, answer="Autre chose.")
        with pytest.raises(WrongState, match="demain"):
            services.publish_answer(actor=world.made.organiser, referral=referral)
    with tomorrow():
        same = services.show_answer(
            actor=world.made.facilitator, referral=world.again(referral), answer="Autre chose."
        )
    assert same.answer_shown_on == clock.today() + timedelta(days=1), "the same words move nothing"


def test_nobody_takes_a_published_disagreement_away(world):
    referral = world.accepted()
    world.shown(referral)
    services.disagree(actor=world.account(), referral=referral, text="Non.")
    services.disagree(actor=world.account(), referral=referral, text="")
    assert not Disagreement.objects.exists()
    services.disagree(actor=world.account(), referral=referral, text="Non, décidément.")
    with tomorrow():
        services.publish_answer(actor=world.made.organiser, referral=referral)
        drain_outbox()
    with pytest.raises(WrongState):
        services.disagree(actor=world.account(), referral=referral, text="")
    for gesture in (
        Disagreement.objects.all().delete,
        lambda: Disagreement.objects.update(text="D’accord."),
        lambda: Referral.objects.update(answer="Autre chose"),
        lambda: Referral.objects.filter(pk=referral.pk).delete(),
        lambda: Referral.objects.update(state=ReferralState.ACCEPTED),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            gesture()
    assert Disagreement.objects.get().text == "Non, décidément."
    assert erasing.detach_disagreements(world.account()) == 1
    assert Disagreement.objects.get().membership is None


def test_a_form_is_tried_and_who_it_was_leaves_with_the_answer(world):
    referral = world.accepted(ReferralKind.FORM_TEST)
    world.tried(referral, 0)
    world.tried(referral, 0, result=TaskResult.NOT_DONE, stuck="La page 2", minutes=12)
    services.fill_sheet(
        actor=world.made.facilitator,
        referral=referral,
        membership=world.sitting[1],
        said={1: Said(TaskResult.HELPED), 2: Said(TaskResult.ALONE, minutes=4)},
    )
    first, second = selectors.figures_of(referral)
    assert (dict(first.counts), first.minutes, first.stuck) == ({"not_done": 1, "helped": 1}, 12, ["La page 2"])
    assert (dict(second.counts), second.minutes) == ({"not_done": 1, "alone": 1}, 8)
    with pytest.raises(ValidationError) as refused:
        services.fill_sheet(actor=world.account(2), referral=referral, said={1: Said("alone")})
    assert list(refused.value.message_dict) == ["result_2"]
    published = world.published(referral)
    assert (published.green_light, published.taking_part) == (False, 2)
    assert set(TestSheet.objects.values_list("membership", flat=True)) == {None}
    assert selectors.public_figures(published) == [], "two testers are told to nobody"


def test_a_form_nobody_tried_has_no_light(world):
    referral = world.accepted(ReferralKind.FORM_TEST)
    with pytest.raises(ValidationError):
        world.shown(referral, green_light=None)
    with pytest.raises(ValidationError) as refused:
        world.shown(referral, changes=[])
    assert "changes" in refused.value.message_dict
    world.shown(referral, green_light=True, changes=[])
    with tomorrow(), pytest.raises(WrongState, match="Personne n’a encore essayé"):
        services.publish_answer(actor=world.made.organiser, referral=referral)


def test_from_eleven_testers_figures_are_public(world):
    referral = world.accepted(ReferralKind.FORM_TEST)
    test = referral.form_test
    for number in range(12):
        sheet = TestSheet.objects.create(test=test)
        for task in test.tasks.all():
            sheet.answers.create(task=task, result="alone" if number else "helped")
    published = world.published(referral)
    assert [one["rows"] for one in selectors.public_figures(published)] == [[], []] or all(
        count >= 11 for one in selectors.public_figures(published) for _label, count in one["rows"]
    )


def test_the_direction_says_of_each_change_whether_it_is_done(world):
    referral = world.answered(ReferralKind.FORM_TEST)
    with pytest.raises(PermissionDenied):
        services.follow_up(actor=world.made.organiser, referral=referral, text="Fait.")
    for outcomes in ({}, {1: ("not_done", " ")}, {1: ("maybe", "")}):
        with pytest.raises(ValidationError):
            services.follow_up(actor=world.decider, referral=referral, text="Fait.", outcomes=outcomes)
    assert Change.objects.get().outcome == ""
    services.follow_up(
        actor=world.decider, referral=referral, text="Presque tout.", outcomes={1: ("not_done", "Trop cher.")}
    )
    drain_outbox()
    assert world.again(referral).state == ReferralState.FOLLOWED
    assert told("panel_referrals.followed") == {one.candidate.account_id for one in world.sitting}
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(outcome="done")


def test_what_is_owed_and_not_said_is_late(world):
    referral = world.answered()
    assert referral.days_late == 0
    with time_machine.travel(clock.now() + timedelta(days=world.panel.reply_days + 4), tick=False):
        assert world.again(referral).days_late == 3
        assert list(Referral.objects.late()) == [referral]


def test_a_questionnaire_is_one_of_the_panels_space(world):
    referral = world.accepted(ReferralKind.QUESTIONNAIRE)
    elsewhere = questionnaires_make.questionnaire()
    with pytest.raises(ValidationError):
        services.choose_questionnaire(actor=world.made.facilitator, referral=referral, questionnaire=elsewhere)
    own = questionnaires_make.questionnaire(space=world.panel.space)
    world.shown(referral)
    with tomorrow(), pytest.raises(WrongState, match="questionnaire"):
        services.publish_answer(actor=world.made.organiser, referral=referral)
    services.choose_questionnaire(actor=world.made.facilitator, referral=referral, questionnaire=own)
    assert world.again(referral).questionnaire == own
    drain_outbox()


def test_seats_of_a_workshop_are_given_until_none_is_left(world):
    referral = world.accepted(ReferralKind.WORKSHOP)
    with pytest.raises(WrongState, match="pas encore de jour"):
        services.register_agent(actor=world.agent, referral=referral)
    world.planned(referral, members=1, agents=1)
    assert services.register_agent(actor=world.agent, referral=referral).number == 1
    assert services.register_agent(actor=world.agent, referral=referral).number == 1
    colleague = AgentFactory(unit=world.unit)
    with pytest.raises(WrongState, match="Toutes les places"):
        services.register_agent(actor=colleague, referral=referral)
    assert services.leave_workshop(actor=world.agent, referral=referral)
    services.register_agent(actor=colleague, referral=referral)
    with pytest.raises(PermissionDenied):
        services.register_agent(actor=AgentFactory(unit=DirectionFactory()), referral=referral)

    services.answer_invitation(actor=world.account(0), referral=referral, comes=True)
    with pytest.raises(WrongState, match="Toutes les places"):
        services.answer_invitation(actor=world.account(1), referral=referral, comes=True)
    services.answer_invitation(actor=world.account(0), referral=referral, comes=False)
    services.answer_invitation(actor=world.account(1), referral=referral, comes=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberPlace.objects.filter(number__isnull=True).update(number=2)
    with pytest.raises(ValidationError) as refused:
        world.planned(referral, members=0, agents=0)
    assert set(refused.value.message_dict) == {"member_seats", "agent_seats"}


def test_notes_come_after_and_forget_who_registered(world):
    referral = world.accepted(ReferralKind.WORKSHOP)
    world.planned(referral)
    services.register_agent(actor=world.agent, referral=referral)
    services.answer_invitation(actor=world.account(), referral=referral, comes=True)
    said = {"actor": world.made.facilitator, "notes": "On a parlé.", "members_came": 1, "agents_came": 1}
    with pytest.raises(WrongState, match="pas encore eu lieu"):
        services.publish_notes(referral=referral, **said)
    with time_machine.travel(clock.now() + timedelta(days=11), tick=False):
        with pytest.raises(WrongState, match="a commencé"):
            services.register_agent(actor=world.agent, referral=referral)
        services.publish_notes(referral=referral, **said)
        with pytest.raises(WrongState):
            services.publish_notes(referral=referral, **said)
    assert not AgentPlace.objects.exists() and not MemberPlace.objects.exists()
    assert world.published(referral).taking_part == 1


def test_words_are_forgotten_three_months_after_and_given_back_before(world):
    referral = world.answered()
    rows = export_of(world.account())
    assert [one["text"] for one in rows["panel_referrals.Word"]] == ["Dix-neuf heures."]
    assert erasing.forget_words(clock.now() + timedelta(days=92), apply=True) == 0
    assert erasing.forget_words(clock.now() + timedelta(days=94), apply=True) == 1
    assert world.again(referral).answer
