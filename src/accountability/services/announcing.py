"""Announcing: one row is flipped, which visibility joins; the subjects follow, at once or in slices."""

import time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.workflow.exceptions import TransitionNotAllowed

from .. import registry, rules
from ..models import AnnouncementBatch, Decision
from . import measure_births
from .conditions import note_conditions

TOPIC = "accountability.announce"
# Up to so many, the subjects follow in the same transaction.
AT_ONCE = 10
# A slice stops taking decisions after this long, so that SQLite's other writers wait less than 200 ms.
SLICE_SECONDS = 0.1


class NotApplied(Exception):
    """Some decisions of an announcement couldn't reach their subject; the outbox will try them again."""


def announce(batch: AnnouncementBatch, actor) -> AnnouncementBatch:
    """Make the decisions of a batch public together; one caller wins.

    Up to ten, their subjects follow in this transaction, so that a subject that refuses undoes all. Beyond, the
    outbox carries them in short slices. Refuses: somebody who doesn't decide on each of them (PermissionDenied),
    an empty batch (ValidationError), a draft nobody countersigned, a reply that awaits a signature, a
    subject that can't be answered now, answers that can't leave as they are gathered, a batch that went with what it
    answered, and one already announced, told with who and when (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    decisions = list(
        Decision.objects.filter(batch=batch)
        .select_related("unit", "batch", "decided_by", "signature__official")
        .order_by("pk")
    )
    _check(batch, decisions, viewer)
    now = clock.now()
    with transaction.atomic():
        rows = AnnouncementBatch.objects.filter(pk=batch.pk, announced_at__isnull=True)
        try:
            mine = rows.update(announced_at=now, announced_by=viewer.user)
        except IntegrityError:
            # A signature was asked for meanwhile, says the database.
            raise _changed_meanwhile() from None
        if not mine:
            raise already_announced(batch)
        # What was read before the transaction may have changed: another answer joined, or this one was rewritten.
        current = list(Decision.objects.filter(batch=batch).order_by("pk").values_list("pk", "prepared_at"))
        if current != [(decision.pk, decision.prepared_at) for decision in decisions]:
            raise _changed_meanwhile()
        batch.announced_at, batch.announced_by = now, viewer.user
        if len(decisions) > AT_ONCE:
            outbox.emit(TOPIC, {"batch": batch.pk}, key=f"announce:{batch.pk}")
        else:
            for decision in decisions:
                decision.batch = batch
                _apply(decision)
    return batch


def apply_batch(batch_id: int) -> int:
    """Bring an announced batch to its subjects, slice after slice; returns how many were. Resumes where it stopped.

    One subject that fails doesn't hold the others back: the outbox tries it again.
    """
    applied, failed = 0, []
    while True:
        waiting = (
            Decision.objects.announced()
            .filter(batch_id=batch_id, applied_at__isnull=True)
            .exclude(pk__in=failed)
            .select_related("unit", "batch", "decided_by")
            .order_by("pk")
        )
        decisions = list(waiting[:AT_ONCE])
        if not decisions:
            break
        applied += _apply_slice(decisions, failed)
    if failed:
        raise NotApplied(f"{len(failed)} decisions of announcement {batch_id} weren't applied")
    return applied


def already_announced(batch: AnnouncementBatch) -> TransitionNotAllowed:
    """The refusal the second of two deciders reads: who announced, and when."""
    winner = AnnouncementBatch.objects.select_related("announced_by").filter(pk=batch.pk).first()
    if winner is None:
        # Its only subject was withdrawn meanwhile, and what was prepared for it went with it.
        return TransitionNotAllowed(_("This answer no longer exists: what it answered was withdrawn."))
    when = formats.date_format(timezone.localtime(winner.announced_at), "DATETIME_FORMAT")
    if winner.announced_by is None:
        return TransitionNotAllowed(_("This answer was already announced on %(when)s.") % {"when": when})
    return TransitionNotAllowed(
        _("This answer was already announced by %(who)s on %(when)s.")
        % {"who": winner.announced_by.short_name, "when": when}
    )


def _changed_meanwhile() -> TransitionNotAllowed:
    return TransitionNotAllowed(_("An answer of this announcement has just changed: read it again."))


def _check(batch: AnnouncementBatch, decisions: list[Decision], viewer) -> None:
    if not decisions:
        if not AnnouncementBatch.objects.filter(pk=batch.pk).exists():
            raise already_announced(batch)
        raise ValidationError(_("Choose at least one answer to announce."))
    for decision in decisions:
        if not rules.can_decide(
            viewer,
            decision.unit,
            decision.subject_kind,
            decision.subject_reference,
            is_fast_lane=decision.is_fast_lane,
        ):
            raise PermissionDenied(_("You don't decide on every answer of this announcement."))
    if decisions[0].batch.announced_at is not None:
        raise already_announced(batch)
    for decision in decisions:
        if decision.awaits_countersignature:
            raise TransitionNotAllowed(_("An answer of this announcement still has to be countersigned."))
        signature = getattr(decision, "signature", None)
        if signature is not None and not signature.is_signed:
            raise TransitionNotAllowed(
                _("An answer of this announcement still waits for the signature of %(who)s.")
                % {"who": signature.official.get_full_name()}
            )
        refusal = registry.refusal_to_announce(decision)
        if refusal:
            raise _refused(batch, refusal)
    refusal = registry.refusal_to_announce_together(decisions)
    if refusal:
        raise _refused(batch, refusal)


def _refused(batch: AnnouncementBatch, refusal: str) -> TransitionNotAllowed:
    """Why the subject doesn't take this answer; when it has just received it, who announced it."""
    if AnnouncementBatch.objects.filter(pk=batch.pk, announced_at__isnull=False).exists():
        return already_announced(batch)
    return TransitionNotAllowed(refusal)


def _apply(decision: Decision) -> bool:
    """Bring one decision to its subject, once whatever happens; refuses one rewritten since it was read."""
    waiting = Decision.objects.filter(pk=decision.pk, applied_at__isnull=True)
    if not waiting.filter(prepared_at=decision.prepared_at).update(applied_at=clock.now()):
        if waiting.exists():
            raise _changed_meanwhile()
        return False
    registry.applier(decision.subject_kind)(decision)
    measure_births.born_of(decision)
    note_conditions(decision)
    return True


def _apply_slice(decisions: list[Decision], failed: list[int]) -> int:
    applied, started = 0, time.monotonic()
    with transaction.atomic():
        for decision in decisions:
            try:
                with transaction.atomic():
                    applied += _apply(decision)
            except Exception:  # an app's effect may fail in any way: its row waits, the others go on
                outbox.log.exception("accountability.not_applied", extra={"row": decision.pk})
                failed.append(decision.pk)
            if time.monotonic() - started > SLICE_SECONDS:
                break
    return applied
