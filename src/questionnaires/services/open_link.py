"""Answers by the open link: nobody is known; days are counted, unusual ones told, nothing is set aside."""

from collections.abc import Mapping
from datetime import datetime
from statistics import median
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from src.foundations import clock, metrics
from src.foundations.references import new_reference
from src.participation.enums import Channel, IdentityMode, Signature
from src.participation.services import drafts
from src.participation.services.contributions import anonymous_name, freeze_space

from .. import rules
from ..enums import AnswerMode
from ..models import Answer, AnswerDay, AnswerSet, Questionnaire
from .answering import Closed, checked_whole, closed_sentence, hold_open, rows

_TRIES = 5
# A day is unusual from this many answers, when it has over five times the median of the other days.
UNUSUAL_LEAST, UNUSUAL_TIMES = 50, 5


def was_sent(questionnaire: Questionnaire, token: UUID) -> bool:
    """Whether what was begun with this token was sent."""
    return AnswerSet.objects.filter(submission_token=token, questionnaire=questionnaire).exists()


def send_open(
    *, questionnaire: Questionnaire, revision, answers: Mapping, token: UUID, draft: UUID | None = None
) -> bool:
    """Keep the answers of somebody nobody knows; False when this ``token`` already sent them.

    Writes the answers with the week alone, counts them in the day, erases the ``draft``, and freezes the space.
    Refuses with ``Closed`` a questionnaire that isn't open, with ValidationError answers that don't hold.
    """
    if not questionnaire.is_open_link:
        raise ValueError("This questionnaire isn't open to anybody.")
    if not rules.is_open(questionnaire):
        if was_sent(questionnaire, token):
            return False
        raise Closed(closed_sentence())
    kept = checked_whole(revision, answers)
    for remaining in reversed(range(_TRIES)):
        sent = AnswerSet(
            **anonymous_fields(clock.now()), questionnaire=questionnaire, revision=revision, submission_token=token
        )
        try:
            with transaction.atomic():
                hold_open(questionnaire)
                sent.save(force_insert=True)
                Answer.objects.bulk_create(rows(sent, kept))
                drafts.delete_draft(draft)
                freeze_space(questionnaire.space)
                _count_day(questionnaire)
        except IntegrityError:
            if was_sent(questionnaire, token):
                metrics.duplicates_refused.inc()
                return False
            if not remaining:
                raise
        else:
            return True
    raise AssertionError("unreachable")


def anonymous_fields(moment: datetime) -> dict:
    """The fields of answers that lead to nobody: a random handle, and midnight of the Monday."""
    week = clock.week_of(moment)
    return {
        "reference": new_reference(),
        "identity_mode": IdentityMode.ANONYMOUS.value,
        "signature": Signature.PERSON.value,
        "handle": uuid4(),
        "signed_as": anonymous_name(),
        "channel": Channel.WEB.value,
        "week": week,
        "created_at": clock.week_start_moment(week),
    }


def _count_day(questionnaire: Questionnaire) -> None:
    """Last in the transaction: everybody of the day writes this row."""
    today = {"questionnaire": questionnaire, "day": clock.today()}
    if not AnswerDay.objects.filter(**today).update(answers=F("answers") + 1):
        AnswerDay.objects.bulk_create([AnswerDay(**today)], ignore_conflicts=True)
        AnswerDay.objects.filter(**today).update(answers=F("answers") + 1)


def look_at_days(now: datetime) -> int:
    """Say of each day that is over whether it was unusual; answers how many were. Safe twice."""
    unusual = 0
    waiting = AnswerDay.objects.filter(
        day__lt=timezone.localdate(now), is_unusual=None, questionnaire__answer_mode=AnswerMode.OPEN
    )
    for one in waiting.order_by("questionnaire", "day"):
        others = AnswerDay.objects.filter(questionnaire=one.questionnaire_id, day__lt=timezone.localdate(now))
        found = is_unusual(one.answers, list(others.exclude(pk=one.pk).values_list("answers", flat=True)))
        AnswerDay.objects.filter(pk=one.pk).update(is_unusual=found)
        unusual += found
    return unusual


def is_unusual(answers: int, others: list[int]) -> bool:
    """Whether a day has over five times the median of the others, from fifty answers up; the first day never is."""
    return bool(others) and answers >= UNUSUAL_LEAST and answers > UNUSUAL_TIMES * median(others)


def unusual_days(questionnaire: Questionnaire) -> int:
    """How many days were found unusual."""
    return AnswerDay.objects.filter(questionnaire=questionnaire, is_unusual=True).count()
