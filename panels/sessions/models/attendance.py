"""Who was there, half-day by half-day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import HalfDay, Via
from ..querysets import OfMembersQuerySet
from .session import Session


class Attendance(models.Model):
    """A member, a half-day, there or not. Corrected, it says why; the line of pay follows (``stipends.py``)."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    membership = models.ForeignKey("panels.Membership", models.PROTECT, related_name="attendances")
    half_day = models.PositiveSmallIntegerField(choices=HalfDay)
    is_present = models.BooleanField()
    via = models.CharField(max_length=8, choices=Via)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    corrected_because = models.CharField(max_length=300, blank=True)

    objects = OfMembersQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("presence at a session")
        verbose_name_plural = _("presences at sessions")
        ordering = ["session", "half_day", "membership"]
        constraints = [
            models.UniqueConstraint(fields=["session", "membership", "half_day"], name="panel_presence_once"),
            models.CheckConstraint(condition=Q(half_day__in=HalfDay.values), name="panel_presence_half_day"),
            models.CheckConstraint(condition=Q(via__in=Via.values), name="panel_presence_via_known"),
            models.CheckConstraint(condition=~Q(via=Via.CODE) | Q(is_present=True), name="panel_presence_by_code"),
        ]
