"""A bank of questions written again: each question that changed has a new revision, none is ever removed."""

from django.core.exceptions import ValidationError
from django.db import transaction

from src.foundations import clock
from src.foundations.journal import record

from ..checking import faults_of_bank
from ..content import questions_of
from ..contents.canonical import fingerprint
from ..models import Question, QuestionBank, QuestionRevision


@transaction.atomic
def revise_bank(*, bank: QuestionBank, actor=None) -> int:
    """Have what editors wrote drawn from now on; returns how many questions changed.

    Attempts under way keep the revisions they showed. Refuses, all at once, what isn't whole.
    """
    if wrong := faults_of_bank(bank):
        raise ValidationError(wrong)
    QuestionBank.objects.select_for_update(of=("self",)).get(pk=bank.pk)
    known = {str(one.stable_key): one for one in Question.objects.filter(bank=bank).select_related("current")}
    changed = 0
    written = questions_of(bank)
    for told in written:
        question = known.get(told["key"])
        if question is None:
            question = Question.objects.create(bank=bank, stable_key=told["key"], category=told["category"])
        changed += _revise(question, told)
    gone = [pk for key, pk in ((key, one.pk) for key, one in known.items()) if key not in {t["key"] for t in written}]
    changed += Question.objects.filter(pk__in=gone, retired=False).update(retired=True)
    if changed:
        record("trainings.bank_revised", actor=actor, object_ref=f"bank:{bank.slug}", payload={"changed": changed})
    return changed


def _revise(question: Question, told: dict) -> bool:
    sha256 = fingerprint({"kind": told["kind"], "content": told["content"]})
    now = question.current
    moved = question.category != told["category"] or question.retired
    if now is None or now.content_sha256 != sha256:
        question.current = QuestionRevision.objects.create(
            question=question,
            number=now.number + 1 if now else 1,
            kind=told["kind"],
            content=told["content"],
            content_sha256=sha256,
            made_at=clock.now(),
        )
        moved = True
    if moved:
        question.category, question.retired = told["category"], False
        question.save(update_fields=["category", "retired", "current"])
    return moved
