"""Addresses that send our mails back, or whose reader complained."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import StopReason


class StoppedAddress(models.Model):
    """The address of one account that no mail leaves for. It says neither which mail came back nor the day.

    A mail to a handle leaves by the same address: its moment, beside this row's, would tie the two (ADR 0191).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    # Of the address that was stopped: another one given since is open.
    fingerprint = models.CharField(max_length=40)
    reason = models.CharField(max_length=16, choices=StopReason)
    is_stopped = models.BooleanField(default=True)
    # The Monday of the week it was heard.
    week = models.DateField()
    # When the person asked to try again: what the provider says of before doesn't count any more.
    reopened_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("stopped address")
        verbose_name_plural = _("stopped addresses")
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__in=StopReason.values), name="stopped_reason_known"),
            models.CheckConstraint(
                condition=models.Q(is_stopped=True) | models.Q(reopened_at__isnull=False), name="stopped_or_reopened"
            ),
        ]
