"""Saying that one comes: optional, changed at will, read by nobody by name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import rules
from ..models import Attendance, Meeting


@transaction.atomic
def set_coming(*, meeting: Meeting, viewer, wanted: bool) -> bool:
    """Bring the person's word to the wanted state; True when it changed. Ten equal posts leave one row.

    Refuses who isn't a member, a meeting that began or isn't announced, and one where no seat is left.
    """
    held = Meeting.objects.select_for_update().select_related("series__space").get(pk=meeting.pk)
    if not rules.may_say_coming(viewer, held):
        raise ValidationError(_("It is too late to say it, or this meeting isn’t yours."))
    if not wanted:
        return bool(Attendance.objects.filter(meeting=held, user_id=viewer.user_id).delete()[0])
    if Attendance.objects.filter(meeting=held, user_id=viewer.user_id).exists():
        return False
    if held.capacity is not None and held.attendances.count() >= held.capacity:
        raise ValidationError(_("No seat is left. The minutes will tell you what was said."))
    Attendance.objects.create(meeting=held, user_id=viewer.user_id)
    return True
