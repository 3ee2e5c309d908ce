"""Loads the questionnaires of the demo city: written, published and closed by the verbs people use."""

import random
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.foundations import clock
from src.participation.enums import Circle, IdentityMode
from src.participation.models import Space
from src.participation.services import grant_space_role
from src.participation.services.contributions import freeze_space, identity_fields
from src.participation.services.from_kind import create_from_kind

from .. import asking, axes
from ..demo_content import ALL, RANKING, SEVERAL, TEXT, Asked, AskedQuestion
from ..enums import AnswerMode
from ..kinds import CONSULTATION
from ..models import Answer, AnswerDay, AnswerRoll, AnswerSet, Questionnaire, SealedAnswers, StaffFrame
from .answering import rows
from .building import create_questionnaire, publish, save_question
from .closing import close_questionnaire
from .demo_drawings import round_of_the_bus
from .framing import open_outreach
from .open_link import anonymous_fields
from .opening import open_answers
from .secret import box_of

STEERING = "RES"
# Who looks after these spaces: the role is held in each of them.
ORGANISES = "lea"
# In a hundred: who leaves a question that may be left, who doesn't wish to answer a personal one.
LEAVE, DECLINE = 4, 7


def load_questionnaires() -> int:
    """Load those that are missing; answers how many came in."""
    return sum(_load(asked) for asked in ALL)


@transaction.atomic
def _load(asked: Asked) -> int:
    if Space.objects.filter(slug=asked.slug).exists():
        return 0
    space = create_from_kind(
        CONSULTATION,
        name=asked.name,
        slug=asked.slug,
        steering_unit=Unit.objects.get(code=STEERING),
        starts_on=clock.today() - timedelta(days=asked.opened_ago),
        days=asked.days,
        identity_modes=[IdentityMode.PROTECTED],
        units=Unit.objects.filter(code__in=asked.units),
        circle=Circle.EVERYONE if asked.is_open_link else Circle.AGENTS,
        open_now=True,
    )
    grant_space_role(user=User.objects.get(username=ORGANISES), role=Role.FACILITATOR, space=space)
    first, second = (*asked.axes, "", "")[:2]
    made = create_questionnaire(
        space=space,
        title=asked.title,
        introduction=asked.introduction,
        minutes=asked.minutes,
        answer_mode=_mode_of(asked),
        first_axis=first,
        second_axis=second,
    )
    for question in asked.questions:
        shown = {"image": round_of_the_bus(), "image_alt": question.drawing} if question.drawing else {}
        save_question(questionnaire=made, **question.columns, **shown)
    publish(questionnaire=made)
    _count_people(made, asked)
    made = Questionnaire.objects.for_pages().get(pk=made.pk)
    _answer(made, asked)
    # What its gaps call for; of secret answers nothing is read before the end.
    open_outreach(questionnaire=made)
    if asked.is_closed:
        ended = clock.today() - timedelta(days=asked.opened_ago - asked.days)
        close_questionnaire(questionnaire=made, at=clock.start_of_day(ended))
        if made.is_secret:
            made.refresh_from_db(fields=["closed_at"])
            open_answers(questionnaire=made, at=clock.start_of_day(ended))
    return 1


def _mode_of(asked: Asked) -> AnswerMode:
    if asked.is_open_link:
        return AnswerMode.OPEN
    return AnswerMode.SECRET if asked.is_secret else AnswerMode.IDENTITY


def _count_people(made: Questionnaire, asked: Asked) -> None:
    """The city's head-counts: its accounts are a sample of them, so posts aren't counted one by one."""
    if not asked.axes:
        return
    directions = {unit.code: unit for unit in Unit.objects.filter(code__in=asked.people)}
    people = {}
    for code, (number, in_contact, _answers) in asked.people.items():
        direction = str(directions[code].pk)
        if len(asked.axes) == 1:
            people[direction,] = number
        else:
            people |= {(direction, "yes"): in_contact, (direction, "no"): number - in_contact}
    StaffFrame.objects.create(
        questionnaire=made,
        taken_on=clock.today() - timedelta(days=asked.opened_ago),
        cells=axes.fold(people, settings.TERRAIN_K),
        labels={"direction": {str(unit.pk): unit.name for unit in directions.values()}},
    )


def _segments(made: Questionnaire, asked: Asked, dice: random.Random) -> list[dict]:
    """Where the crowd works: so many answers of a direction, then its people in contact with the public or not."""
    if not asked.axes:
        return [{}] * asked.answers
    codes = list(asked.people)
    units = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
    weights = [answers for _people, _contact, answers in asked.people.values()]
    found = []
    for code in dice.choices(codes, weights, k=asked.answers):
        number, in_contact, _answers = asked.people[code]
        raw = [str(units[code])]
        if len(asked.axes) > 1:
            raw.append("yes" if dice.randrange(number) < in_contact else "no")
        found.append(dict(zip(asked.axes, axes.fitting(made.frame.cells, raw), strict=True)))
    return found


def _answer(made: Questionnaire, asked: Asked) -> None:
    """The crowd's answers."""
    dice = random.Random(asked.slug)  # noqa: S311 - the same city each time
    lasts, people = min(asked.opened_ago, asked.days), range(asked.answers)
    moments = [clock.now() - timedelta(days=asked.opened_ago - dice.randrange(lasts)) for _person in people]
    segments = _segments(made, asked, dice)
    # Each text was written once, by somebody.
    written = {
        question.text: dict(zip(dice.sample(people, len(question.texts)), question.texts, strict=True))
        for question in asked.questions
    }
    crowd = []
    for person in people:
        answers = {
            f"q{n}": written[question.text].get(person) if question.kind == TEXT else one_answer(question, dice)
            for n, question in enumerate(asked.questions, start=1)
        }
        crowd.append(asking.check(made.revision.specs, answers).answers)
    if asked.is_secret:
        _seal(made, crowd, segments)
    else:
        _keep(made, moments, crowd, segments)
    freeze_space(made.space)


def _keep(made: Questionnaire, moments: list, crowd: list[dict], segments: list[dict]) -> None:
    """Under protected names whose authors nobody knows, or those of nobody, counted by day."""
    sets = [
        AnswerSet(**_nobody(made, moment), questionnaire=made, revision=made.revision, segments=segment)
        for moment, segment in zip(moments, segments, strict=True)
    ]
    if made.is_open_link:
        days = Counter(timezone.localdate(moment) for moment in moments)
        AnswerDay.objects.bulk_create(AnswerDay(questionnaire=made, day=day, answers=n) for day, n in days.items())
    AnswerSet.objects.bulk_create(sets)
    given = [answer for one, answers in zip(sets, crowd, strict=True) for answer in rows(one, answers)]
    Answer.objects.bulk_create(given, batch_size=500)


def _nobody(made: Questionnaire, moment) -> dict:
    if made.is_open_link:
        return anonymous_fields(moment)
    return identity_fields(made.space, None, identity_mode=IdentityMode.PROTECTED, now=moment)


def _seal(made: Questionnaire, crowd: list[dict], segments: list[dict]) -> None:
    """In sealed boxes, beside a roll of people who have no account in the demo city."""
    AnswerRoll.objects.bulk_create(AnswerRoll(questionnaire=made) for _person in crowd)
    SealedAnswers.objects.bulk_create(
        SealedAnswers(questionnaire=made, ciphertext=box_of(made, made.revision, answers, segment))
        for answers, segment in zip(crowd, segments, strict=True)
    )


def one_answer(question: AskedQuestion, dice: random.Random):
    """One person's answer."""
    if question.fields.get("is_personal") and dice.randrange(100) < DECLINE:
        return asking.DECLINED
    if not question.fields.get("is_required") and dice.randrange(100) < LEAVE:
        return None
    keys = [f"c{n}" for n in range(1, len(question.weights) + 1)]
    if question.kind == asking.SCALE:
        keys = [*range(1, len(question.weights)), asking.NO_OPINION]
    if question.kind == SEVERAL:
        ticked = [key for key, weight in zip(keys, question.weights, strict=True) if dice.randrange(100) < weight]
        return ticked[: question.settings["most"]] or None
    first = dice.choices(keys, question.weights)[0]
    if question.kind != RANKING:
        return first
    others = [key for key in keys if key != first]
    dice.shuffle(others)
    return [first, *others]
