"""Closed lists of what is followed."""

from django.db import models
from django.utils.translation import pgettext_lazy


class EnrolmentState(models.TextChoices):
    """Where somebody stands in one version of a track."""

    IN_PROGRESS = "in_progress", pgettext_lazy("enrolment", "Begun")
    COMPLETED = "completed", pgettext_lazy("enrolment", "Finished")
    MIGRATED = "migrated", pgettext_lazy("enrolment", "Goes on in a newer version")


class DoneHow(models.TextChoices):
    """By what a module was finished."""

    READ = "read", pgettext_lazy("module", "read to the end")
    PLAYED = "played", pgettext_lazy("module", "an end was reached")
    PASSED = "passed", pgettext_lazy("module", "the quiz was passed")
    ATTENDED = "attended", pgettext_lazy("module", "every half-day attended")
    TOGETHER = "together", pgettext_lazy("module", "seen again with somebody")
    CARRIED = "carried", pgettext_lazy("module", "already finished in the version before")


class AttemptState(models.TextChoices):
    """Where an attempt stands."""

    IN_PROGRESS = "in_progress", pgettext_lazy("attempt", "Begun")
    SUBMITTED = "submitted", pgettext_lazy("attempt", "Sent")


class QuizDoor(models.TextChoices):
    """What somebody can do with a quiz today."""

    READY = "ready", pgettext_lazy("quiz", "Begin")
    UNDER_WAY = "under_way", pgettext_lazy("quiz", "Go on")
    COOLING = "cooling", pgettext_lazy("quiz", "A pause before the next attempt")
    TOGETHER = "together", pgettext_lazy("quiz", "See it again with somebody")
    DONE = "done", pgettext_lazy("quiz", "Passed")
