"""What a manager was told of their team, once a week: a number."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ManagerDigest(models.Model):
    """One manager, one week: how many people of their team were to plan for. Nobody's name."""

    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="training_digests")
    week = models.DateField()
    people = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("digest for a manager")
        verbose_name_plural = _("digests for managers")
        ordering = ["-week", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["manager", "week"], name="manager_digest_once_a_week"),
            models.CheckConstraint(condition=Q(people__gte=1), name="manager_digest_says_something"),
        ]

    def __str__(self):
        return f"{self.week:%d/%m/%Y}"
