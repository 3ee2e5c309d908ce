"""Destroying sheets: dated, signed by somebody, and asked again when the date has passed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, journal

from .. import rules
from ..enums import BatchState
from ..models import Batch


@transaction.atomic
def mark_destroyed(*, actor, batch: Batch) -> None:
    """Write who destroyed the sheets of a batch, and the day. Refuses a batch whose second look isn't over."""
    viewer = as_viewer(actor)
    if not rules.may_work_for(viewer, batch.unit):
        raise PermissionDenied(_("Your role doesn't cover this place."))
    touched = Batch.objects.filter(pk=batch.pk, state=BatchState.SENT).update(
        state=BatchState.DESTROYED, destroyed_on=clock.today(), destroyed_by=viewer.user
    )
    if touched != 1:
        raise ValidationError(_("Only sheets that were sent, and not destroyed yet, can be marked as destroyed."))
    journal.record("paper.sheets_destroyed", actor=viewer.user, object_ref=f"batch:{batch.reference}")
