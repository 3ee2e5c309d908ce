"""Revoking: a completion stays, and no longer counts."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import registry
from ..models import Completion, CompletionRevocation


@transaction.atomic
def revoke(*, completion: Completion, reason: str, actor) -> CompletionRevocation:
    """Say that a completion no longer counts, and why; what followed from it is counted again.

    What went on from it, having followed only what changed, no longer counts either. Refuses a second time, and no
    reason. Journaled.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why this completion no longer counts.")})
    if CompletionRevocation.objects.filter(completion=completion).exists():
        raise ValidationError(_("This completion no longer counted."))
    row = CompletionRevocation.objects.create(
        completion=completion, reason=reason, revoked_by=journal.pseudonym(actor), recorded_at=clock.now()
    )
    journal.record("trainings.completion_revoked", actor=actor, object_ref=f"completion:{completion.pk}")
    for going_on in Completion.objects.that_count().filter(carries=completion).order_by("pk"):
        revoke(completion=going_on, reason=reason, actor=actor)
    registry.changed([completion.agent_id])
    return row
