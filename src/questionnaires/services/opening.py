"""Opening secret answers, once: all together after the closing, shuffled, or never when they are fewer than k."""

import json
import logging
from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, envelopes, journal
from src.foundations.references import new_reference

from .. import asking, holders
from ..models import Answer, AnswerRoll, AnswerSet, Questionnaire, ResultRelease, SealedAnswers, SealingKey
from .answering import rows
from .closing import results_of
from .open_link import anonymous_fields
from .secret import PURPOSE

log = logging.getLogger("terrain.questionnaires")

CHUNK = 500
_shuffler = SystemRandom()


def open_answers(*, questionnaire: Questionnaire, at: datetime | None = None) -> ResultRelease | None:
    """Write the sealed answers of a closed questionnaire as answers like the others, and tell the results.

    One transaction: the answers in a random order, the sealed rows gone, the half of the key that opens destroyed,
    the release. Under k nothing is opened: boxes and key are destroyed, and the results say that there were too few.
    The order is drawn here and kept nowhere: one computed from the boxes, like that of their hashes, would give each
    answer back to whoever kept a copy of them beside the roll. Safe twice. Refuses one that isn't closed, and, with
    ``CannotOpen``, a key that doesn't open most of the boxes: they stay. Those that a room above holds are opened by
    it, at its own moment: None until then.
    """
    holder = holders.holder_of(questionnaire)
    if holder is not None:
        holder.closed()
        return ResultRelease.objects.filter(questionnaire=questionnaire).first()
    boxes = _opened(questionnaire)
    with transaction.atomic():
        held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        told = ResultRelease.objects.filter(questionnaire=held).first()
        if told is not None:
            return told
        if held.closed_at is None or not held.is_secret:
            raise ValidationError(_("Secret answers are opened once the questionnaire is closed."))
        sealed = SealedAnswers.objects.filter(questionnaire=held).count()
        roll = AnswerRoll.objects.filter(questionnaire=held).count()
        if 2 * len(boxes) < sealed:
            raise envelopes.CannotOpen("Most boxes don't open with this key: nothing is destroyed.")
        is_equal = sealed == roll == len(boxes)
        # Of those nobody is known to have sent, none hides anybody.
        if min(len(boxes), roll) >= smallest():
            _write(held, boxes)
        return _end(held, results_of(held), at, is_equal)


@transaction.atomic
def take_boxes(*, questionnaire: Questionnaire, people: int | None = None, are_read: bool = True) -> list[dict]:
    """Give the room that holds a closed questionnaire what its boxes hold, shuffled; they are gone afterwards.

    No answer is written anywhere: the boxes and the half of the key that opens them are destroyed in the caller's
    transaction, and the results say that the figures are told elsewhere. Nothing of fewer than k, nor without
    ``are_read``. ``people``: how many were on the roll at the closing, once it is forgotten. Refuses one that isn't
    closed or whose results are told, and a key that doesn't open most of the boxes.
    """
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if held.closed_at is None or not held.is_secret or ResultRelease.objects.filter(questionnaire=held).exists():
        raise ValidationError(_("Secret answers are opened once the questionnaire is closed."))
    boxes = _opened(held) if are_read else []
    sealed = SealedAnswers.objects.filter(questionnaire=held).count()
    roll = AnswerRoll.objects.filter(questionnaire=held).count() if people is None else people
    if are_read and 2 * len(boxes) < sealed:
        raise envelopes.CannotOpen("Most boxes don't open with this key: nothing is destroyed.")
    content = {"k": smallest(), "answers": None, "questions": [], "is_held": True}
    _end(held, content, None, sealed == roll and (len(boxes) == roll or not are_read))
    return [json.loads(box) for box in boxes] if min(len(boxes), roll) >= smallest() else []


def smallest() -> int:
    """Under so many, nothing is opened."""
    return max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)


def _end(held: Questionnaire, content: dict, at: datetime | None, is_equal: bool) -> ResultRelease:
    """Destroy the boxes and the key, tell the results, say whether there were as many boxes as people."""
    SealedAnswers.objects.filter(questionnaire=held).delete()
    SealingKey.objects.filter(questionnaire=held).update(locked=None)
    told = ResultRelease.objects.create(questionnaire=held, released_at=at or clock.now(), content=content)
    journal.record(
        "questionnaires.opened",
        object_ref=f"questionnaire:{held.reference}",
        payload={"boxes_equal_roll": is_equal},
    )
    if not is_equal:
        log.error("questionnaires.roll_differs", extra={"reference": held.reference})
    return told


def _opened(questionnaire: Questionnaire) -> list[bytes]:
    """What the boxes hold, in memory and shuffled; what nobody closed with our key is left out.

    Read before the transaction: since the closing none comes in nor changes, and nobody waits meanwhile.
    """
    key = SealingKey.objects.filter(questionnaire=questionnaire, locked__isnull=False).first()
    if key is None or questionnaire.closed_at is None:
        return []
    opened, found = envelopes.opener(key.locked, PURPOSE), []
    sealed = SealedAnswers.objects.filter(questionnaire=questionnaire).values_list("ciphertext", flat=True)
    for ciphertext in sealed.iterator(chunk_size=CHUNK):
        try:
            found.append(opened(ciphertext))
        except envelopes.CannotOpen:
            log.error("questionnaires.box_unreadable", extra={"reference": questionnaire.reference})
    _shuffler.shuffle(found)
    return found


def _write(questionnaire: Questionnaire, boxes: list[bytes]) -> None:
    revisions = {
        one.number: one
        for one in questionnaire.revisions.filter(published_at__isnull=False).prefetch_related("questions")
    }
    for start in range(0, len(boxes), CHUNK):
        contents = [json.loads(box) for box in boxes[start : start + CHUNK]]
        sets = [
            AnswerSet(
                **anonymous_fields(questionnaire.closed_at) | {"reference": reference},
                questionnaire=questionnaire,
                revision=revisions[content["revision"]],
                **({"segments": content["segments"]} if content["segments"] else {}),
            )
            for content, reference in zip(contents, _free_references(len(contents)), strict=True)
        ]
        AnswerSet.objects.bulk_create(sets)
        given = []
        for one, content in zip(sets, contents, strict=True):
            given += rows(one, asking.check(one.revision.specs, content["answers"]).answers)
        Answer.objects.bulk_create(given, batch_size=CHUNK)


def _free_references(count: int) -> list[str]:
    """Random references that nothing has: among tens of thousands, two drawn blindly would be the same."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {new_reference() for _one in range(count - len(found))} - found
        found |= drawn - set(AnswerSet.objects.filter(reference__in=drawn).values_list("reference", flat=True))
    return _shuffler.sample(sorted(found), count)
