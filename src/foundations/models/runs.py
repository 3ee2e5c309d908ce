"""What runs by itself: the periodic functions and the long jobs a page follows."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class TickRun(models.Model):
    """The last runs of one periodic function: what makes ``tick`` idempotent and its failures visible."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return self.name


class JobRun(models.Model):
    """Work of over ten seconds: the page reads this row, never a queue."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("job", "Waiting")
        RUNNING = "running", pgettext_lazy("job", "Running")
        DONE = "done", pgettext_lazy("job", "Done")
        FAILED = "failed", pgettext_lazy("job", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Counts and, in the end, where the result is; never anybody's text.
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = pgettext_lazy("job", "job")
        verbose_name_plural = pgettext_lazy("job", "jobs")
        indexes = [models.Index(fields=["name", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed", "cancelled"]),
                name="jobrun_state_known",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100; nothing known yet reads as 0."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0
