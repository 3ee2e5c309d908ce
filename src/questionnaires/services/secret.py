"""Secret answers: the person goes on the roll and their answers into a sealed box, in one transaction; once, for good.

Nothing in the box's row, nor in the outbox, the journal or the logs, leads from one to the other; what the two rows
tell of order (``xmin``, ``rowid``) leads to a box that opens at the closing alone, shuffled (``opening``).
"""

import json
from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import envelopes, metrics, sealing
from src.participation.services import drafts
from src.participation.services.contributions import freeze_space

from .. import axes, holders, rules, sizes
from ..models import AnswerRoll, Questionnaire, SealedAnswers, SealingKey
from .answering import AlreadyAnswered, Closed, checked_whole, closed_sentence, hold_open
from .framing import ensure_frame

PURPOSE = sealing.register_purpose("questionnaire-answers")


def make_key(questionnaire: Questionnaire, revision) -> SealingKey:
    """Make what seals the answers to a revision about to be published, once; its boxes hold the largest answers."""
    pair = envelopes.make_pair(PURPOSE)
    return SealingKey.objects.create(
        questionnaire=questionnaire, public=pair.public, locked=pair.locked, size=sizes.bucket(revision.specs)
    )


def has_answered(user, questionnaire: Questionnaire) -> bool:
    """Whether the person is on the roll."""
    viewer = as_viewer(user)
    return (
        viewer.is_authenticated
        and AnswerRoll.objects.filter(questionnaire=questionnaire, person_id=viewer.user_id).exists()
    )


def send_secret(
    *,
    actor,
    questionnaire: Questionnaire,
    revision,
    answers: Mapping,
    draft: UUID | None = None,
) -> bool:
    """Count a person's answers without knowing which are theirs; False when they already were.

    Writes the roll and the sealed box, erases the ``draft`` they were typed in, and freezes the space. Nothing can
    change or find them again. The same sending twice is one: its draft is gone. From another draft, it refuses with
    ``AlreadyAnswered``. What the results are broken down by goes into the box with the answers. Refuses as
    ``send_answers`` does.
    """
    viewer = as_viewer(actor)
    refusal = rules.why_not_answer(viewer, questionnaire)
    if refusal:
        raise PermissionDenied(refusal)
    if not rules.is_open(questionnaire):
        if has_answered(viewer, questionnaire):
            return False
        raise Closed(closed_sentence())
    kept = checked_whole(revision, answers)
    ensure_frame(questionnaire)
    holder = holders.holder_of(questionnaire)
    mark = holder.mark(viewer)[: holders.MOST_MARK] if holder else ""
    box = box_of(questionnaire, revision, kept, axes.segments_of(questionnaire, viewer), mark)
    try:
        with transaction.atomic():
            hold_open(questionnaire)
            AnswerRoll.objects.create(questionnaire=questionnaire, person_id=viewer.user_id)
            SealedAnswers.objects.create(questionnaire=questionnaire, ciphertext=box)
            drafts.delete_draft(draft)
            freeze_space(questionnaire.space)
    except IntegrityError:
        if not has_answered(viewer, questionnaire):
            raise
        metrics.duplicates_refused.inc()
        if drafts.load_draft(draft) is not None:
            raise AlreadyAnswered(_("You had already answered: these answers are not counted.")) from None
        return False
    return True


def box_of(
    questionnaire: Questionnaire, revision, kept: Mapping, segments: Mapping | None = None, mark: str = ""
) -> bytes:
    """Checked answers in a box of the questionnaire's one size; refuses with ValidationError what it can't hold.

    ``mark`` is that of the room that holds them (``holders``), and is nowhere but in the box.
    """
    content = {"revision": revision.number, "answers": dict(kept), "segments": dict(segments or {})}
    if mark:
        content["mark"] = mark
    key = SealingKey.objects.values("public", "size").get(questionnaire=questionnaire)
    written = json.dumps(content, ensure_ascii=False).encode()
    try:
        return envelopes.close(key["public"], written, key["size"])
    except envelopes.TooLarge:
        raise ValidationError(_("Your answers are too long: shorten a text."), code="too_large") from None
