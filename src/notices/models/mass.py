"""Messages for very many people, held until somebody has looked at them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import SendingState


class MassSending(models.Model):
    """One message for more people than the city lets leave by itself: nothing is told before somebody says so.

    Its recipients are kept while it waits, and forgotten once it is decided. The list ties no account to a handle.
    """

    code = models.CharField(max_length=80)
    key = models.CharField(max_length=160)
    context = models.JSONField(default=dict)
    people = models.PositiveIntegerField()
    recipients = models.JSONField(default=list)
    handles = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=SendingState, default=SendingState.HELD)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mass sending")
        verbose_name_plural = _("mass sendings")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "key"], name="mass_sending_once"),
            models.CheckConstraint(condition=models.Q(state__in=SendingState.values), name="mass_sending_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="held", decided_at__isnull=True)
                | ~models.Q(state="held") & models.Q(decided_at__isnull=False),
                name="mass_sending_held_or_decided",
            ),
        ]
