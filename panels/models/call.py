"""Calls to make: a queue in which nobody is called by two people at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import CallOutcome, CallReason, CallState
from ..querysets import CallQuerySet
from .candidate import Candidate


class Call(models.Model):
    """One person to call, for one reason, until it is done."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="calls")
    reason = models.CharField(max_length=8, choices=CallReason)
    state = models.CharField(max_length=8, choices=CallState, default=CallState.WAITING)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_until = models.DateTimeField(null=True, blank=True)
    call_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=CallOutcome, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["call_at", "pk"]
        indexes = [models.Index(fields=["state", "call_at"], name="call_next")]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=CallReason.values), name="call_reason_known"),
            models.CheckConstraint(
                condition=Q(state=CallState.WAITING, taken_by__isnull=True, taken_until__isnull=True)
                | Q(state=CallState.TAKEN, taken_until__isnull=False)
                | Q(state=CallState.DONE, taken_until__isnull=True, done_at__isnull=False)
                & Q(outcome__in=[CallOutcome.YES, CallOutcome.NO, CallOutcome.NO_ANSWER, CallOutcome.WRONG_NUMBER]),
                name="call_state_whole",
            ),
            models.UniqueConstraint(
                fields=["candidate"], condition=~Q(state=CallState.DONE), name="call_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.candidate_id}, {self.reason}"
