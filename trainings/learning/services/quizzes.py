"""An attempt at a quiz: drawn from a seed, saved as it is answered, graded once by what it showed."""

import json
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from src.foundations import clock
from trainings.contents import drawing, grading
from trainings.models import Module, Question, QuestionRevision

from .. import rules
from ..enums import AttemptState, DoneHow, QuizDoor
from ..models import Enrolment, QuizAttempt
from .completing import evaluate_completion
from .holding import MovedOn, hold, mark_done, progress_in


@transaction.atomic
def begin_attempt(*, actor, enrolment: Enrolment, module: Module) -> QuizAttempt:
    """Draw the questions of a new attempt; the one under way when there is one.

    Refuses during the pause between two attempts, after the last one, and once the quiz is passed.
    """
    held = hold(actor, enrolment)
    if not module.is_quiz:
        raise MovedOn(_("This module has no quiz."), code="other_kind")
    row = progress_in(held, module)
    attempts = list(row.attempts.all())
    quiz = module.content["quiz"]
    door, _until = rules.quiz_door(row, quiz["rule"], attempts)
    if door == QuizDoor.UNDER_WAY:
        return next(one for one in attempts if one.is_under_way)
    if door != QuizDoor.READY:
        raise MovedOn(_WHY[door](), code=door.value)
    pool: dict[str, list[int]] = {}
    for question in Question.objects.to_draw(quiz["bank"]).order_by("pk"):
        pool.setdefault(question.category, []).append(question.current_id)
    seed = secrets.token_hex(8)
    try:
        drawn = drawing.draw(pool, quiz["rule"]["draw"], seed, quiz["rule"]["shuffle"])
    except ValueError as refusal:
        raise MovedOn(
            _("The questions of this quiz are being written again: come back later."), code="bank"
        ) from refusal
    return QuizAttempt.objects.create(
        progress=row,
        number=len(attempts) + 1,
        seed=seed,
        revision_ids=drawn,
        began_at=clock.now(),
        asked=len(drawn),
    )


_WHY = {
    QuizDoor.DONE: lambda: _("You have passed this quiz."),
    QuizDoor.COOLING: lambda: _("The pause before the next attempt isn’t over."),
    QuizDoor.TOGETHER: lambda: _("Your attempts are over: see this module again with somebody."),
}


def revisions_of(attempt: QuizAttempt) -> list[QuestionRevision]:
    """What an attempt showed, in its order."""
    found = QuestionRevision.objects.in_bulk(attempt.revision_ids)
    return [found[pk] for pk in attempt.revision_ids]


@transaction.atomic
def save_answers(*, actor, attempt: QuizAttempt, answers: dict, seen: dict | None = None) -> QuizAttempt:
    """Keep what is answered so far, by revision, answers begun included; anything else is left out.

    ``seen``: the marks (``mark``) of what the page had of each question. What it didn't change since stays as another
    page of the same person left it. Refuses an attempt already sent.
    """
    _held, _row, open_ = _hold(actor, attempt)
    if not open_.is_under_way:
        raise MovedOn(_("This attempt is already sent."), code="sent")
    shown = revisions_of(open_)
    sent = {one.pk: answers[one.pk] for one in shown if one.pk in answers and _is_kept(one, answers[one.pk])}
    before = {one.pk: open_.answers.get(str(one.pk)) for one in shown}
    told = {one.pk: before[one.pk] if _unchanged(open_, one, sent, seen) else sent.get(one.pk) for one in shown}
    open_.answers = {str(pk): answer for pk, answer in told.items() if answer is not None}
    open_.save(update_fields=["answers"])
    return open_


def mark(attempt: QuizAttempt, revision_pk: int, answer) -> str:
    """What a page keeps of an answer it shows: tells whether it changed, and nothing of its place as written."""
    if answer is None:
        return ""
    return salted_hmac(f"quiz:{attempt.pk}:{attempt.seed}:{revision_pk}", json.dumps(answer)).hexdigest()[:16]


def _unchanged(attempt: QuizAttempt, one: QuestionRevision, sent: dict, seen: dict | None) -> bool:
    return seen is not None and mark(attempt, one.pk, sent.get(one.pk)) == seen.get(one.pk, "")


@transaction.atomic
def submit_attempt(*, actor, attempt: QuizAttempt, answers: dict) -> QuizAttempt:
    """Keep the answers, grade them by the questions shown, and finish the module when the mark is reached.

    An attempt already sent is returned as it is. Refuses while a question has no answer: what is answered is kept.
    """
    held, row, open_ = _hold(actor, attempt)
    if not open_.is_under_way:
        return open_
    shown = revisions_of(open_)
    kept = _readable(shown, answers)
    if left := [number for number, one in enumerate(shown, start=1) if str(one.pk) not in kept]:
        raise Unanswered(left)
    rule = row.module.content["quiz"]["rule"]
    right = sum(grading.is_right(one.kind, one.content, kept[str(one.pk)]) for one in shown)
    open_.answers, open_.right = kept, right
    open_.passed = grading.passes(right, open_.asked, rule["pass_mark"])
    open_.state, open_.submitted_at = AttemptState.SUBMITTED, clock.now()
    open_.save(update_fields=["answers", "right", "passed", "state", "submitted_at"])
    if open_.passed:
        mark_done(row, DoneHow.PASSED)
        evaluate_completion(held)
    return open_


def _is_kept(one: QuestionRevision, answer) -> bool:
    return grading.is_answer(one.kind, one.content, answer) or grading.is_part(one.kind, one.content, answer)


def _readable(shown: list[QuestionRevision], answers: dict) -> dict:
    """What has the form of an answer, by revision."""
    return {
        str(one.pk): answers[one.pk]
        for one in shown
        if one.pk in answers and grading.is_answer(one.kind, one.content, answers[one.pk])
    }


class Unanswered(ValidationError):
    """Questions without an answer, by their number."""

    def __init__(self, numbers: list[int]):
        self.numbers = numbers
        super().__init__(_("Answer every question before sending."), code="unanswered")


def _hold(actor, attempt: QuizAttempt):
    """The training held first, then the attempt as it is now."""
    # An attempt that was begun may be sent whenever it is.
    held = hold(actor, Enrolment(pk=attempt.progress.enrolment_id), once_over=True)
    fresh = (
        QuizAttempt.objects.select_for_update(of=("self",))
        .select_related("progress__module")
        .get(pk=attempt.pk, progress__enrolment=held)
    )
    return held, fresh.progress, fresh
