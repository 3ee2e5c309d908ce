"""Tells the questionnaires before and after of a panel of the demo city, by the verbs people use."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from src.directory.models import User
from src.foundations import clock
from src.questionnaires import services as asking
from src.questionnaires.enums import AnswerMode
from src.questionnaires.models import Questionnaire

from .. import demo_content as told
from ..models import Pairing
from .pairing import link, open_after, settle


@transaction.atomic
def ask_twice(story) -> int:
    """Tell them of the panel of a story, members with an account; one came in, none the second time.

    ``story`` gives the panel, its organiser, its facilitators. Nothing where fewer than the pairs told could answer.
    """
    sitting = story.panel.memberships.sitting().filter(candidate__account__isnull=False).order_by("number")
    accounts = [User.objects.get(pk=pk) for pk in sitting.values_list("candidate__account", flat=True)]
    pairs = _pairs()
    needed = len(pairs) + told.BEFORE_ALONE + told.AFTER_ALONE
    if Pairing.objects.filter(panel=story.panel).exists() or len(accounts) < needed:
        return 0
    both, alone = accounts[: len(pairs)], accounts[len(pairs) : needed]
    with _on(told.LINKED):
        pairing = link(actor=story.facilitator(0), panel=story.panel, before=_first(story))
    before = dict(zip(both, (one for one, _other in pairs), strict=True))
    before |= dict(zip(alone[: told.BEFORE_ALONE], (one for one, _other in pairs), strict=False))
    _answered(pairing.before, before, told.ANSWERED, told.CLOSED, story)
    settle(pairing)
    with _on(told.AGAIN):
        second = open_after(actor=story.facilitator(0), pairing=pairing, title=told.AGAIN_TITLE)
    after = dict(zip(both, (other for _one, other in pairs), strict=True))
    after |= dict(zip(alone[told.BEFORE_ALONE :], (other for _one, other in pairs), strict=False))
    _answered(second, after, told.ANSWERED_AGAIN, told.CLOSED_AGAIN, story)
    with _on(told.CLOSED_AGAIN, 19):
        settle(pairing)
    return 1


def _first(story) -> Questionnaire:
    user = story.facilitator(0)
    first = asking.create_questionnaire(
        actor=user, space=story.panel.space, title=told.TITLE, introduction=told.INTRODUCTION, minutes=3,
        answer_mode=AnswerMode.SECRET,
    )  # fmt: skip
    for text, _given in told.QUESTIONS:
        asking.save_question(questionnaire=first, kind="scale", text=text, settings=told.ENDS)
    choices = [{"key": key, "label": label} for key, label in told.FIRST]
    asking.save_question(questionnaire=first, kind="single", text=told.CHOICE[0], settings={"choices": choices})
    return Questionnaire.objects.for_pages().get(pk=first.pk)


def _pairs() -> list[tuple[dict, dict]]:
    """What each member says before and after, question by question, in an order told alike in each loading."""
    columns = []
    for text, given in (*told.QUESTIONS, told.CHOICE):
        column = [pair for pair, number in given.items() for _one in range(number)]
        random.Random(text).shuffle(column)  # noqa: S311
        columns.append(column)
    rows = list(zip(*columns, strict=True))
    return [tuple({f"q{place}": pair[side] for place, pair in enumerate(row, 1)} for side in (0, 1)) for row in rows]


def _answered(questionnaire: Questionnaire, said: dict, ago: int, closed: int, story) -> None:
    asked = Questionnaire.objects.for_pages().get(pk=questionnaire.pk)
    with _on(ago, 18):
        for account, answers in said.items():
            asking.send_secret(actor=account, questionnaire=asked, revision=asked.revision, answers=answers)
    with _on(closed, 18):
        asking.close_questionnaire(actor=story.organiser, questionnaire=asked)


@contextmanager
def _on(ago: int, hour: int = 10) -> Iterator[None]:
    """What is done in this block is done on that day."""
    day = clock.today() - timedelta(days=ago)
    with clock.told_as(timezone.make_aware(datetime.combine(day, time(hour)))):
        yield
