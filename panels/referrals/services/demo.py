"""Loads the referrals of a standing panel of the demo city, in every state, by the verbs people use, on their days."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.directory.selectors import holders
from src.foundations import clock
from src.questionnaires.enums import AnswerMode
from src.questionnaires.models import Questionnaire
from src.questionnaires.services.building import create_questionnaire, publish, save_question
from src.questionnaires.services.secret import send_secret

from .. import demo_content as told
from ..enums import ReferralKind
from ..models import Referral
from . import asking, deciding, gathering, speaking, testing

# Working days since the panel began to work, at the least.
SINCE = 100


def consult(story) -> int:
    """Tell them of the panel of a story that has been at work for a hundred working days; how many came in.

    A form tried, answered and followed, another being tried; questions at each step, the panel late with one and a
    direction with another; a questionnaire, two workshops with agents; one declined, one that waits to be accepted.
    ``story`` gives the panel, its organiser, its facilitators and the days. Of the members who have an account the
    first one says nothing of what is asked now. Nothing where the panel was already asked something.
    """
    if Referral.objects.filter(panel=story.panel).exists():
        return 0
    members = list(story.panel.memberships.sitting().select_related("candidate__account").order_by("number"))
    _owed_by_a_direction(story, members)
    _canteen(story, members)
    _evenings(story, members)
    with story.on(12, 9):
        declined = _ask(story, "TRA", ReferralKind.QUESTION, **told.UNIFORM)
    with story.on(11, 10):
        deciding.decline_referral(actor=story.organiser, referral=declined, because=told.UNIFORM_NOT)
    _late(story, members[1:])
    _shown(story, members[1:])
    _going_on(story, members[1:])
    _questionnaire(story, members[1:])
    _workshops(story, members[1:])
    with story.on(1, 11):
        _ask(story, "RES", ReferralKind.QUESTION, **told.BOARDS)
    return Referral.objects.filter(panel=story.panel).count()


def _decider(code: str) -> User:
    return holders(Role.DECISION_MAKER, Unit.objects.get(code=code))[0]


def _ask(story, code: str, kind: str, **words) -> Referral:
    unit = Unit.objects.get(code=code)
    return asking.ask_panel(actor=_decider(code), panel=story.panel, unit=unit, kind=kind, **words)


def _accept(story, referral: Referral, *, ago: int, days: int) -> Referral:
    with story.on(ago, 10):
        day = clock.today() + timedelta(days=days)
        return deciding.accept_referral(actor=story.organiser, referral=referral, reply_on=day)


def _as(story, member, place: int, *, on_paper: bool = False) -> dict:
    """Who acts: the member by their account, else a facilitator who types their paper."""
    account = member.candidate.account
    if account is not None and not on_paper:
        return {"actor": account}
    return {"actor": story.facilitator(place), "membership": member}


def _words(story, referral: Referral, texts, members, ago: int) -> None:
    """What members say, one a day from then on."""
    for place, (text, member) in enumerate(zip(texts, members, strict=False)):
        with story.on(ago - place, 19):
            speaking.keep_word(referral=referral, text=text, **_as(story, member, place))


def _tried(story, referral: Referral, testers, members, ago: int, on_paper: int = 0) -> None:
    """What testers say, one a day from then on: minutes shared between tasks, words where it went worst."""
    for place, ((results, minutes, stuck), member) in enumerate(zip(testers, members, strict=False)):
        worst = max(range(len(results)), key=lambda task: ("alone", "helped", "not_done").index(results[task]))
        said = {
            task + 1: testing.Said(
                result, stuck=stuck if task == worst else "", minutes=max(minutes // len(results), 1)
            )
            for task, result in enumerate(results)
        }
        with story.on(ago - place, 18):
            who = _as(story, member, place, on_paper=place >= len(testers) - on_paper)
            testing.fill_sheet(referral=referral, said=said, **who)


def _canteen(story, members) -> None:
    with story.on(29, 9):
        referral = _ask(story, "ECO", ReferralKind.FORM_TEST, **told.CANTEEN)
    _accept(story, referral, ago=27, days=21)
    _tried(story, referral, told.TESTERS, members, 24, told.ON_PAPER)
    with story.on(16, 15):
        deciding.show_answer(
            actor=story.facilitator(0), referral=referral, answer=told.CANTEEN_ANSWER, green_light=False,
            changes=told.CANTEEN_CHANGES,
        )  # fmt: skip
    with story.on(14, 9):
        deciding.publish_answer(actor=story.organiser, referral=referral)
    with story.on(3, 16):
        asking.follow_up(
            actor=_decider("ECO"), referral=referral, text=told.CANTEEN_DONE, outcomes=told.CANTEEN_OUTCOMES
        )


def _evenings(story, members) -> None:
    with story.on(22, 9):
        referral = _ask(story, "ACC", ReferralKind.QUESTION, **told.EVENINGS)
    _accept(story, referral, ago=21, days=16)
    _words(story, referral, told.EVENING_WORDS, members[2:], 19)
    with story.on(9, 15):
        deciding.show_answer(actor=story.facilitator(1), referral=referral, answer=told.EVENING_ANSWER)
    if len(members) > 3:
        with story.on(8, 20):
            speaking.disagree(referral=referral, text=told.EVENING_DISAGREEMENT, **_as(story, members[3], 1))
    with story.on(6, 9):
        deciding.publish_answer(actor=story.organiser, referral=referral)


def _owed_by_a_direction(story, members) -> None:
    """Answered last season: the direction hasn't said what it did, and the day has passed."""
    with story.on(98, 9):
        referral = _ask(story, "PRO", ReferralKind.QUESTION, **told.SORTING)
    _accept(story, referral, ago=96, days=20)
    _words(story, referral, told.SORTING_WORDS, members, 94)
    with story.on(84, 15):
        deciding.show_answer(actor=story.facilitator(0), referral=referral, answer=told.SORTING_ANSWER)
    with story.on(82, 9):
        deciding.publish_answer(actor=story.organiser, referral=referral)


def _late(story, members) -> None:
    """The panel's own answer is late."""
    with story.on(24, 9):
        referral = _ask(story, "RUE", ReferralKind.QUESTION, **told.SHUTTLE)
    _accept(story, referral, ago=23, days=21)
    _words(story, referral, told.SHUTTLE_WORDS, members, 20)


def _shown(story, members) -> None:
    """Members read the answer since yesterday: it may be published."""
    with story.on(15, 9):
        referral = _ask(story, "BCS", ReferralKind.QUESTION, **told.OVERDUE)
    _accept(story, referral, ago=14, days=25)
    _words(story, referral, told.OVERDUE_WORDS, members, 12)
    with story.on(1, 15):
        deciding.show_answer(actor=story.facilitator(0), referral=referral, answer=told.OVERDUE_ANSWER)


def _going_on(story, members) -> None:
    """A question and a form that members are on."""
    with story.on(7, 9):
        nursery = _ask(story, "PEN", ReferralKind.QUESTION, **told.NURSERY)
        carers = _ask(story, "SOL", ReferralKind.FORM_TEST, **told.CARERS)
    _accept(story, nursery, ago=6, days=20)
    _accept(story, carers, ago=6, days=24)
    _words(story, nursery, told.NURSERY_WORDS, members, 4)
    _tried(story, carers, told.CARERS_TESTERS, members[2:], 4, 1)


def _questionnaire(story, members) -> None:
    """Written by the team in the members' space, answered in secret by some."""
    with story.on(10, 9):
        referral = _ask(story, "BCS", ReferralKind.QUESTIONNAIRE, **told.POOL)
    _accept(story, referral, ago=9, days=28)
    team = story.facilitator(1)
    with story.on(8, 10):
        made = create_questionnaire(
            actor=team, space=story.panel.space, minutes=3, answer_mode=AnswerMode.SECRET, **told.POOL_ASKED
        )
        for kind, text, choices in told.POOL_QUESTIONS:
            lines = [{"key": f"c{place}", "label": label} for place, label in enumerate(choices, 1)]
            settings = {"choices": lines} if lines else {}
            save_question(questionnaire=made, kind=kind, text=text, settings=settings, is_required=bool(lines))
        publish(actor=team, questionnaire=made)
        deciding.choose_questionnaire(actor=team, referral=referral, questionnaire=made)
    made = Questionnaire.objects.for_pages().get(pk=made.pk)
    accounts = [one.candidate.account for one in members if one.candidate.account is not None]
    for place, (account, (*chosen, words)) in enumerate(zip(accounts, told.POOL_ANSWERS, strict=False)):
        said = {f"q{number}": f"c{choice}" for number, choice in enumerate(chosen, 1)}
        with story.on(7 - place, 20):
            send_secret(
                actor=account, questionnaire=made, revision=made.revision,
                answers=said | ({f"q{len(chosen) + 1}": words} if words else {}),
            )  # fmt: skip


def _workshops(story, members) -> None:
    """One with agents of a town hall in ten days; one took place this week, its notes are still to be published."""
    with story.on(18, 9):
        visit = _ask(story, "ACC", ReferralKind.WORKSHOP, **told.VISIT)
    _accept(story, visit, ago=17, days=35)
    with story.on(16, 9):
        gathering.plan_workshop(
            actor=story.facilitator(0), referral=visit, starts_at=story.moment(2, 9, 30), place=told.VISIT_PLACE,
            member_seats=6, agent_seats=4,
        )  # fmt: skip
    for place, one in enumerate(members[:4]):
        with story.on(14 - place, 18):
            gathering.answer_invitation(referral=visit, comes=True, **_as(story, one, place))
    with story.on(9, 11):
        counter = _ask(story, "ACC", ReferralKind.WORKSHOP, **told.COUNTER)
    _accept(story, counter, ago=8, days=40)
    day = clock.add_working_days(story.today, 10)
    with story.on(7, 9):
        gathering.plan_workshop(
            actor=story.facilitator(1), referral=counter, place=told.COUNTER_PLACE,
            starts_at=timezone.make_aware(datetime.combine(day, time(14))),
            member_seats=told.COUNTER_SEATS[0], agent_seats=told.COUNTER_SEATS[1],
        )  # fmt: skip
    for place, (comes, one) in enumerate(zip(told.COUNTER_COMES, members, strict=False)):
        with story.on(6 - place, 18):
            gathering.answer_invitation(referral=counter, comes=comes, **_as(story, one, place))
    for agent in User.objects.filter(current_affectation__unit__code="ACC-BUS").order_by("pk")[:2]:
        with story.on(3, 12):
            gathering.register_agent(actor=agent, referral=counter)
