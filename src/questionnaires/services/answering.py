"""Sending answers, once a person, and changing them until it closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import metrics
from src.foundations.references import new_reference
from src.participation.enums import Channel, IdentityMode
from src.participation.services import authorship
from src.participation.services.contributions import freeze_space, identity_fields

from .. import asking, axes, rules
from ..enums import AnswerMode
from ..models import Answer, AnswerSet, Questionnaire
from .framing import ensure_frame

_TRIES = 5


class Closed(ValidationError):
    """No answer is taken any more, or not yet."""


class AlreadyAnswered(ValidationError):
    """The person has answers here: they are changed, not sent twice."""


@dataclass(frozen=True)
class Receipt:
    """What was sent; ``handle`` is for the author's browser, None when the answers are signed."""

    answer_set: AnswerSet
    is_new: bool = True

    @property
    def handle(self) -> UUID | None:
        return None if self.answer_set.identity_mode == IdentityMode.NAMED else self.answer_set.handle


def send_answers(
    *,
    actor,
    questionnaire: Questionnaire,
    revision,
    answers: Mapping,
    identity_mode: str,
    token: UUID,
    channel: str = Channel.WEB,
) -> Receipt:
    """Send a person's answers to one revision; the same ``token`` answers what it sent the first time.

    Writes the answers to the questions shown (what a condition hides is not stored), the sealed author when the name
    is protected, and freezes the space's circle and identity modes. Refuses with PermissionDenied somebody outside
    the circle or its limits, with ``Closed`` a questionnaire that isn't open, with ``AlreadyAnswered`` a second
    sending, with ValidationError answers that don't hold, or a mode the space doesn't offer. Answers that lead to
    nobody go by ``send_secret`` and ``send_open``.
    """
    if questionnaire.answer_mode != AnswerMode.IDENTITY:
        raise ValueError("Answers that lead to nobody go by send_secret or send_open.")
    viewer = as_viewer(actor)
    refusal = rules.why_not_answer(viewer, questionnaire)
    if refusal:
        raise PermissionDenied(refusal)
    try:
        check_open(questionnaire)
        return _sent(viewer, questionnaire, revision, answers, identity_mode, token, channel)
    except Closed:
        # Pressed again after the closing: what was taken stays taken, and is told again.
        first = first_sent(questionnaire, token)
        if first is None:
            raise
        return Receipt(first, is_new=False)


def first_sent(questionnaire: Questionnaire, token: UUID | None) -> AnswerSet | None:
    """What was sent here under this token."""
    if token is None:
        return None
    return AnswerSet.objects.filter(submission_token=token, questionnaire=questionnaire).first()


def _sent(viewer, questionnaire, revision, answers, identity_mode, token, channel) -> Receipt:
    kept = checked_whole(revision, answers)
    fields = identity_fields(questionnaire.space, viewer.user, identity_mode=identity_mode)
    ensure_frame(questionnaire)
    fields["segments"] = axes.segments_of(questionnaire, viewer)
    for remaining in reversed(range(_TRIES)):
        sent = AnswerSet(
            **fields, questionnaire=questionnaire, revision=revision, submission_token=token, channel=channel
        )
        try:
            with transaction.atomic():
                hold_open(questionnaire)
                if AnswerSet.objects.of(viewer).filter(questionnaire=questionnaire).exists():
                    raise IntegrityError
                write(sent, kept)
                if identity_mode == IdentityMode.PROTECTED:
                    authorship.seal(sent.handle, viewer.user)
                freeze_space(questionnaire.space)
        except IntegrityError:
            first = first_sent(questionnaire, token)
            if first is not None:
                metrics.duplicates_refused.inc()
                return Receipt(first, is_new=False)
            if AnswerSet.objects.of(viewer).filter(questionnaire=questionnaire).exists():
                raise AlreadyAnswered(_("You already answered: you can change your answers.")) from None
            if not remaining:
                raise
            fields["reference"] = new_reference()
        else:
            return Receipt(sent)
    raise AssertionError("unreachable")


@transaction.atomic
def change_answers(*, actor, answer_set: AnswerSet, answers: Mapping) -> AnswerSet:
    """Put other answers in the place of one's own, on the revision they answer. Safe twice.

    Refuses with PermissionDenied another person's, with ``Closed`` a questionnaire that isn't open any more, with
    ValidationError answers that don't hold.
    """
    if not AnswerSet.objects.of(as_viewer(actor)).filter(pk=answer_set.pk).exists():
        raise PermissionDenied(_("These answers are not yours."))
    questionnaire = answer_set.questionnaire
    check_open(questionnaire)
    hold_open(questionnaire)
    kept = checked_whole(answer_set.revision, answers)
    Answer.objects.filter(answer_set=answer_set).delete()
    Answer.objects.bulk_create(rows(answer_set, kept))
    return answer_set


def rows(answer_set: AnswerSet, kept: Mapping) -> list[Answer]:
    """Unsaved rows of checked answers."""
    by_key = answer_set.revision.by_key
    return [
        Answer(
            answer_set=answer_set,
            question=by_key[key],
            declined=asking.is_declined(value),
            value=None if asking.is_declined(value) else value,
        )
        for key, value in kept.items()
    ]


def read_answers(answer_set: AnswerSet) -> dict:
    """What was sent, by key, in the shapes of ``asking``."""
    found = answer_set.answers.values_list("question__key", "value", "declined")
    return {key: dict(asking.DECLINED) if declined else value for key, value, declined in found}


def checked_whole(revision, answers: Mapping) -> dict:
    """The answers as they are kept; refuses with ValidationError those that don't hold, or none at all."""
    checked = asking.check(revision.specs, answers)
    if not checked.is_valid:
        raise ValidationError(_("Some answers are missing or need correcting."), code="incomplete")
    if not checked.answers:
        raise ValidationError(_("You have answered nothing yet: answer one question at least."), code="empty")
    return checked.answers


def write(sent: AnswerSet, kept: Mapping) -> None:
    """Write the set and its answers."""
    sent.save(force_insert=True)
    Answer.objects.bulk_create(rows(sent, kept))


def check_open(questionnaire: Questionnaire) -> None:
    """Refuse a questionnaire that isn't open."""
    if not rules.is_open(questionnaire):
        raise Closed(closed_sentence())


def closed_sentence() -> str:
    """Why nothing is taken."""
    return _("This questionnaire doesn't take answers at the moment.")


def hold_open(questionnaire: Questionnaire) -> None:
    """Hold the closing back until these answers are committed: each answer acknowledged is in the results.

    On PostgreSQL many people hold it at once, and whoever closes waits for them all; SQLite writes one at a time.
    """
    if connection.vendor == "postgresql":
        table = Questionnaire._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT closed_at FROM "{table}" WHERE id = %s FOR KEY SHARE', [questionnaire.pk])  # noqa: S608
            row = cursor.fetchone()
    else:
        row = Questionnaire.objects.filter(pk=questionnaire.pk).values_list("closed_at").first()
    if row is None or row[0] is not None:
        raise Closed(closed_sentence())
