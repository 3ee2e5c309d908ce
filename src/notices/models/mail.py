"""Mails on their way: one row per key, so that none is lost and none leaves three times."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import MailState


class MailMessage(models.Model):
    """One mail. It holds no address: an account's is read when it leaves, a handle's is resolved in memory.

    At most two copies of a key ever leave by themselves; after that the row is ``uncertain`` and a person decides.
    """

    key = models.CharField(max_length=240, unique=True)
    # Empty for a mail whose text came sealed in the outbox (sign-in codes).
    code = models.CharField(max_length=80, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    handle = models.UUIDField(null=True, blank=True)
    context = models.JSONField(default=dict)
    message_id = models.CharField(max_length=120)
    state = models.CharField(max_length=16, choices=MailState, default=MailState.QUEUED)
    # Copies that may have left.
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The Monday of the week its address sent our mails back; never for a handle (ADR 0235).
    returned_week = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(condition=models.Q(attempts__lte=2), name="mail_two_copies_at_most"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) | models.Q(handle__isnull=True), name="mail_one_recipient"
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(state__in=["queued", "claimed"]),
                name="mail_to_send",
            ),
        ]
