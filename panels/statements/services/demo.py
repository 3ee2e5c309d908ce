"""Loads two rounds of statements of a panel at work in the demo city: one with its map, one open."""

import random
from datetime import timedelta

from src.foundations import clock

from ..demo_content import (
    ASIDE,
    FIRST,
    PASSES,
    PROPOSED,
    SECOND,
    SECOND_ANSWERED,
    SECOND_STATEMENTS,
    SEEN,
    STATEMENTS,
    THIRD,
    THIRD_STATEMENTS,
    VOTERS,
)
from ..enums import Choice
from ..jobs import make_map
from ..models import Round, Statement
from . import answering, mapping, proposing, reading, rounds, telling

# Working days since the panel began to work, at the least.
SINCE = 20


def state_opinions(story) -> int:
    """Tell two rounds of the panel of a story at work for twenty working days; how many came in, none the second time.

    ``story`` gives the panel, its organiser, its facilitators and the days.
    """
    if Round.objects.filter(panel=story.panel).exists():
        return 0
    members = list(story.panel.memberships.sitting().select_related("candidate__account").order_by("number"))
    # Told alike in each loading of the city.
    dice = random.Random(FIRST["title"])  # noqa: S311
    _closed(story, members, dice)
    _open(story, members, dice)
    return 2


def prepare_next(story) -> int:
    """A round that the team prepares for next week; none where there is one."""
    if Round.objects.filter(panel=story.panel).exists():
        return 0
    with story.on(2, 16):
        opens = clock.today() + timedelta(days=9)
        made = rounds.open_round(
            actor=story.facilitator(0),
            panel=story.panel,
            opens_on=opens,
            closes_on=opens + timedelta(days=14),
            **THIRD,
        )
        proposing.add_statements(actor=story.facilitator(0), round_=made, texts=THIRD_STATEMENTS)
    return 1


def _begun(story, ago: int, until, words: dict, texts) -> Round:
    with story.on(ago, 9):
        made = rounds.open_round(
            actor=story.facilitator(0), panel=story.panel, opens_on=story.days[ago], closes_on=until, **words
        )
        proposing.add_statements(actor=story.facilitator(0), round_=made, texts=texts)
        telling.tell_opened(clock.now())
    return made


def _closed(story, members, dice) -> None:
    made = _begun(story, SINCE - 1, story.days[9], FIRST, [text for text, *_likely in STATEMENTS])
    for place, member in enumerate(members[:VOTERS]):
        choices = {}
        for number, (_text, *likely) in enumerate(STATEMENTS, 1):
            if dice.random() < SEEN:
                agrees = Choice.AGREE if dice.random() < likely[place % 5 > 2] else Choice.DISAGREE
                choices[number] = Choice.PASS if dice.random() < PASSES else agrees
        with story.on(SINCE - 2 - place % 8, 18):
            _answer(story, made, member, choices, place)
    with story.on(8, 10):
        closed = mapping.close_round(actor=story.organiser, round_=made)
        make_map(run_id=str(closed.run_id), round=closed.pk)


def _answer(story, made: Round, member, choices: dict, place: int) -> None:
    """By their account for a few, whose sheet would be the same; the others' sheets are typed."""
    account = member.candidate.account
    if account is None or place > 2:
        answering.type_sheet(actor=story.facilitator(place), round_=made, member=member.number, choices=choices)
        return
    shown = {one.number: one for one in Statement.objects.shown().filter(round=made)}
    for number, choice in choices.items():
        answering.answer(actor=account, statement=shown[number], choice=choice)


def _open(story, members, dice) -> None:
    made = _begun(story, 3, story.days[0] + timedelta(days=12), SECOND, SECOND_STATEMENTS)
    for place, member in enumerate(members[1 : SECOND_ANSWERED + 1]):
        choices = {
            number: dice.choice((Choice.AGREE, Choice.AGREE, Choice.DISAGREE, Choice.PASS))
            for number in range(1, len(SECOND_STATEMENTS) + 1)
        }
        with story.on(2, 18, place):
            _answer(story, made, member, choices, 3)
    authors = [one for one in members if one.candidate.account_id][:2]
    for member, text in zip(authors, (PROPOSED, ASIDE[0]), strict=False):
        with story.on(1, 12):
            one = proposing.propose(actor=member.candidate.account, round_=made, text=text)
        if text == ASIDE[0]:
            with story.on(1, 15):
                reading.set_aside(actor=story.facilitator(1), statement=one, because=ASIDE[1])
