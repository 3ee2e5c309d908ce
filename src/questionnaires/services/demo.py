"""Loads the questionnaires of the demo city: written, published and closed by the verbs people use."""

import random
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.foundations import clock
from src.participation.enums import IdentityMode
from src.participation.models import Space
from src.participation.services import grant_space_role
from src.participation.services.contributions import freeze_space, identity_fields
from src.participation.services.from_kind import create_from_kind

from .. import asking, axes
from ..demo_content import ALL, RANKING, SEVERAL, TEXT, Asked, AskedQuestion
from ..kinds import CONSULTATION
from ..models import Answer, AnswerSet, OutreachTask, Questionnaire, StaffFrame
from .answering import rows
from .building import create_questionnaire, publish, save_question
from .closing import close_questionnaire
from .framing import open_outreach

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
        open_now=True,
    )
    grant_space_role(user=User.objects.get(username=ORGANISES), role=Role.FACILITATOR, space=space)
    first, second = (*asked.axes, "", "")[:2]
    made = create_questionnaire(
        space=space,
        title=asked.title,
        introduction=asked.introduction,
        minutes=asked.minutes,
        first_axis=first,
        second_axis=second,
    )
    for question in asked.questions:
        save_question(questionnaire=made, **question.columns)
    publish(questionnaire=made)
    _count_people(made, asked)
    made = Questionnaire.objects.for_pages().get(pk=made.pk)
    _answer(made, asked)
    _reach(made, asked)
    if asked.is_closed:
        ended = clock.today() - timedelta(days=asked.opened_ago - asked.days)
        close_questionnaire(questionnaire=made, at=clock.start_of_day(ended))
    return 1


def _count_people(made: Questionnaire, asked: Asked) -> None:
    """The city's head-counts: its accounts are a sample of them, so posts aren't counted one by one."""
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


def _reach(made: Questionnaire, asked: Asked) -> None:
    """The tasks that the gaps open; those of a questionnaire that is over were ended in time."""
    open_outreach(questionnaire=made)
    if asked.reached:
        ended = clock.today() - timedelta(days=asked.opened_ago - asked.days + 3)
        OutreachTask.objects.filter(questionnaire=made).update(
            opened_on=ended - timedelta(days=9),
            due_on=ended + timedelta(days=1),
            done_on=ended,
            done_note=asked.reached,
        )


def _answer(made: Questionnaire, asked: Asked) -> None:
    """The crowd's answers, under protected names whose authors nobody knows."""
    dice = random.Random(asked.slug)  # noqa: S311 - the same city each time
    lasts = min(asked.opened_ago, asked.days)
    sets = []
    for segments in _segments(made, asked, dice):
        moment = clock.now() - timedelta(days=asked.opened_ago - dice.randrange(lasts))
        fields = identity_fields(made.space, None, identity_mode=IdentityMode.PROTECTED, now=moment)
        sets.append(AnswerSet(**fields, questionnaire=made, revision=made.revision, segments=segments))
    AnswerSet.objects.bulk_create(sets)
    given = []
    # Each text was written once, by somebody.
    written = {
        question.text: dict(zip(dice.sample(sets, len(question.texts)), question.texts, strict=True))
        for question in asked.questions
    }
    for one in sets:
        answers = {
            f"q{n}": written[question.text].get(one) if question.kind == TEXT else _one(question, dice)
            for n, question in enumerate(asked.questions, start=1)
        }
        given += rows(one, asking.check(made.revision.specs, answers).answers)
    Answer.objects.bulk_create(given, batch_size=500)
    freeze_space(made.space)


def _one(question: AskedQuestion, dice: random.Random):
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
