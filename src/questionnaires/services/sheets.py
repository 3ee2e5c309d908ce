"""Taking the answers of a sheet of paper: nobody's name is asked, the place where it was gathered vouches."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from src.participation.enums import Channel
from src.participation.services.contributions import freeze_space, identity_fields

from .. import rules
from ..models import AnswerSet, Questionnaire
from .answering import check_open, checked_whole, first_sent, hold_open, write


def take_sheet(
    *,
    questionnaire: Questionnaire,
    revision,
    answers: Mapping,
    place,
    token: UUID,
    channel: str = Channel.PAPER,
) -> AnswerSet:
    """Keep the answers of one sheet; the same ``token`` answers what it wrote the first time.

    Nothing leads to its author: anonymous where the space offers it, otherwise a protected name that nobody holds.
    Freezes the space's circle and identity modes. Refuses with ``Closed`` a questionnaire that isn't open, with
    ValidationError a space that takes no sheet, a place outside its limits, and answers that don't hold.
    """
    refusal = rules.why_no_sheet(questionnaire) or rules.why_not_from(questionnaire.space, place)
    if refusal:
        raise ValidationError(refusal)
    check_open(questionnaire)
    kept = checked_whole(revision, answers)
    fields = identity_fields(questionnaire.space, None, identity_mode=rules.paper_mode(questionnaire.space))
    sent = AnswerSet(**fields, questionnaire=questionnaire, revision=revision, submission_token=token, channel=channel)
    try:
        with transaction.atomic():
            hold_open(questionnaire)
            write(sent, kept)
            freeze_space(questionnaire.space)
    except IntegrityError:
        first = first_sent(questionnaire, token)
        if first is None:
            raise
        return first
    return sent
