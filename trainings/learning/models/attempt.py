"""An attempt at a quiz: the revisions of the questions it showed, in their order, and what was answered."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import AttemptState
from .enrolment import ModuleProgress


class QuizAttempt(models.Model):
    """Graded by the revisions it showed, once; the database refuses to change it afterwards."""

    progress = models.ForeignKey(ModuleProgress, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField(editable=False)
    seed = models.CharField(max_length=32, editable=False)
    revision_ids = models.JSONField(editable=False)
    # By revision; places as they are written, whatever the order in which they were shown.
    answers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=AttemptState, default=AttemptState.IN_PROGRESS)
    began_at = models.DateTimeField(editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked = models.PositiveSmallIntegerField(editable=False)
    right = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    passed = models.BooleanField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attempt at a quiz")
        verbose_name_plural = _("attempts at quizzes")
        ordering = ["progress", "number"]
        constraints = [
            models.UniqueConstraint(fields=["progress", "number"], name="attempt_once_a_number"),
            models.UniqueConstraint(
                fields=["progress"], condition=Q(state=AttemptState.IN_PROGRESS), name="attempt_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=AttemptState.values), name="attempt_state_known"),
            models.CheckConstraint(condition=Q(asked__gte=1), name="attempt_asks"),
            models.CheckConstraint(
                condition=Q(
                    state=AttemptState.SUBMITTED,
                    submitted_at__isnull=False,
                    right__isnull=False,
                    passed__isnull=False,
                    right__lte=F("asked"),
                )
                | Q(
                    state=AttemptState.IN_PROGRESS,
                    submitted_at__isnull=True,
                    right__isnull=True,
                    passed__isnull=True,
                ),
                name="attempt_sent_is_graded",
            ),
        ]

    def __str__(self):
        # Never the answers nor the grade: it may be written in a log.
        return f"quiz_attempt:{self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state == AttemptState.IN_PROGRESS
