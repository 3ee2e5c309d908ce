"""Barometers, their editions asked here or typed, and findings for tests."""

from datetime import timedelta
from decimal import Decimal

from src.foundations import clock
from src.participation.models import Phase
from src.questionnaires import services
from src.questionnaires.models import Answer, AnswerSet, Barometer
from src.questionnaires.services import barometers, findings

from . import questionnaires as make
from .directory import DirectionFactory

COUNTED = ["c1"]


def barometer(*questions, number=1, space=None, published=True, **fields) -> Barometer:
    """A barometer begun from a published questionnaire that is open."""
    made = make.questionnaire(*(questions or (make.single(is_required=True),)), space=space, published=published)
    return barometers.begin_barometer(
        questionnaire=made, title=fields.pop("title", "Nos bancs"), number=number, **fields
    )


def people(headcount: int) -> None:
    """A direction of so many people, who are those asked by a space of every agent."""
    direction = DirectionFactory()
    type(direction).objects.filter(pk=direction.pk).update(headcount=headcount)


def crowd(made, *answers) -> None:
    """Answers of many, without a person behind: ``answers`` are (answers by key, how many)."""
    sets, given = [], []
    questions = made.revision.by_key
    for values, number in answers:
        for _time in range(number):
            one = AnswerSet(
                questionnaire=made, revision=made.revision, identity_mode="protected", week="2026-03-02",
                created_at="2026-03-02T00:00:00Z",
            )  # fmt: skip
            sets.append(one)
            given += [Answer(answer_set=one, question=questions[key], value=value) for key, value in values.items()]
    AnswerSet.objects.bulk_create(sets)
    Answer.objects.bulk_create(given)


def edition(one: Barometer, *answers, close=True):
    """Answers of the last edition asked here, then its closing."""
    last = one.editions.filter(questionnaire__isnull=False).order_by("-number").first()
    made = make.again(last.questionnaire)
    if made.revision is None:
        services.publish(questionnaire=made)
        made = make.again(made)
    Phase.objects.filter(space=made.space).update(
        starts_at=clock.now() - timedelta(days=2), ends_at=clock.now() + timedelta(days=2)
    )
    crowd(made, *answers)
    if close:
        services.close_questionnaire(questionnaire=made)
        Phase.objects.filter(space=made.space).update(ends_at=clock.now() - timedelta(hours=1))
    last.refresh_from_db()
    return last


def following(one: Barometer, *, title="Édition suivante", starts=10, days=7, mode="identity", **fields):
    """The next edition, begun."""
    first = clock.today() + timedelta(days=starts)
    return barometers.open_next_edition(
        barometer=one, title=title, starts_on=first, ends_on=first + timedelta(days=days), answer_mode=mode, **fields
    )


def typed(one: Barometer, number: int, figures: dict, *, answered=400, asked=None, ago=400):
    """An edition held elsewhere: ``figures`` are share, number and wording by key."""
    tracked = {each.key: each for each in one.tracked.all()}
    return barometers.save_past_edition(
        barometer=one,
        number=number,
        ended_on=clock.today() - timedelta(days=ago),
        answered=answered,
        asked=asked,
        source="Rapport papier, page 4",
        figures={
            tracked[key]: barometers.Typed(Decimal(share), of, wording)
            for key, (share, of, wording) in figures.items()
        },
    )


def follow(one: Barometer, key="q1", counted=COUNTED, **fields):
    """A question followed."""
    return barometers.follow_question(barometer=one, key=key, counted=list(counted), **fields)


def finding(one, tracked, text="Une personne sur deux attend encore une réponse."):
    """A finding of an edition on a followed question."""
    return findings.save_finding(edition=one, tracked=tracked, text=text)
