"""Side effects that are due, written in the transaction that causes them, and who may run them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEvent(models.Model):
    """One effect that is due. Requests insert it; the relay alone runs it, marks it, and purges it.

    A secret row keeps its payload in ``sealed_payload``, encrypted and padded, and is deleted once done.
    """

    topic = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    sealed_payload = models.BinaryField(null=True)
    # The same thing is never done twice while its row is kept.
    key = models.CharField(max_length=200, unique=True, null=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    # Until then, somebody is running it; afterwards they are considered dead.
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("effect due")
        verbose_name_plural = _("effects due")
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
                name="outbox_due",
            ),
            models.Index(fields=["done_at"], condition=models.Q(done_at__isnull=False), name="outbox_done"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(dead_at__isnull=True),
                name="outbox_not_done_and_dead",
            )
        ]

    def __str__(self):
        return f"{self.topic} #{self.pk}"


class Lease(models.Model):
    """Who runs a loop: a process that stops renewing loses it after thirty seconds."""

    name = models.CharField(max_length=40, primary_key=True)
    owner = models.CharField(max_length=80)
    expires_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self):
        return self.name
