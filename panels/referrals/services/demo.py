"""Loads three referrals of a panel at work in the demo city, by the verbs people use, each on its day."""

from datetime import timedelta

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.directory.selectors import holders
from src.foundations import clock

from .. import demo_content as told
from ..enums import ReferralKind
from ..models import Referral
from . import asking, deciding, speaking, testing

# Working days since the panel began to work, at the least.
SINCE = 30


def consult(story) -> int:
    """Tell them of the panel of a story that has been at work for thirty working days; answers how many came in.

    A form tried, answered and followed; a question answered, of which the direction owes an account; a workshop that
    waits for the panel to accept it. ``story`` gives the panel, its organiser, its facilitators and the days.
    Nothing where the panel was already asked something.
    """
    if Referral.objects.filter(panel=story.panel).exists():
        return 0
    members = list(story.panel.memberships.sitting().select_related("candidate__account").order_by("number"))
    _canteen(story, members)
    _evenings(story, members)
    with story.on(2, 11):
        _ask(story, "ACC", ReferralKind.WORKSHOP, **told.COUNTER)
    return 3


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


def _canteen(story, members) -> None:
    with story.on(SINCE - 1, 9):
        referral = _ask(story, "ECO", ReferralKind.FORM_TEST, **told.CANTEEN)
    _accept(story, referral, ago=27, days=21)
    on_paper = len(told.TESTERS) - told.ON_PAPER
    for place, ((results, minutes, stuck), member) in enumerate(zip(told.TESTERS, members, strict=False)):
        # Minutes of the whole, shared between the tasks; the words where it went worst.
        worst = max(range(len(results)), key=lambda task: ("alone", "helped", "not_done").index(results[task]))
        said = {
            task + 1: testing.Said(
                result, stuck=stuck if task == worst else "", minutes=max(minutes // len(results), 1)
            )
            for task, result in enumerate(results)
        }
        with story.on(24 - place, 18):
            who = _as(story, member, place, on_paper=place >= on_paper)
            testing.fill_sheet(referral=referral, said=said, **who)
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
    for place, (text, member) in enumerate(zip(told.EVENING_WORDS, members[2:], strict=False)):
        with story.on(19 - place, 19):
            speaking.keep_word(referral=referral, text=text, **_as(story, member, place))
    with story.on(9, 15):
        deciding.show_answer(actor=story.facilitator(1), referral=referral, answer=told.EVENING_ANSWER)
    if len(members) > 3:
        with story.on(8, 20):
            speaking.disagree(referral=referral, text=told.EVENING_DISAGREEMENT, **_as(story, members[3], 1))
    with story.on(6, 9):
        deciding.publish_answer(actor=story.organiser, referral=referral)
