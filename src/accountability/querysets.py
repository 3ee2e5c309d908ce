"""Chainable reads of what is owed and decided."""

from django.db import models


class ResponseOwedQuerySet(models.QuerySet):
    """Answers owed."""

    def open(self):
        return self.filter(answered_on__isnull=True, cancelled_on__isnull=True)

    def late(self, on):
        """Open, not paused, and past their promised day on ``on``."""
        return self.open().filter(paused_on__isnull=True, promised_on__lt=on)


class DecisionQuerySet(models.QuerySet):
    """Decisions."""

    def announced(self):
        return self.filter(batch__announced_at__isnull=False)
