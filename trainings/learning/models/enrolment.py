"""One person in one version of a track, and where they stand in each module."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainings.ledger.models import Completion
from trainings.models import Module, Track, TrackVersion

from ..enums import DoneHow, EnrolmentState
from ..querysets import EnrolmentQuerySet


class Enrolment(models.Model):
    """The version is pinned: the database refuses to change it. Going on in another one is another row."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="training_enrolments")
    track = models.ForeignKey(Track, models.PROTECT, related_name="+")
    version = models.ForeignKey(TrackVersion, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=EnrolmentState, default=EnrolmentState.IN_PROGRESS)
    began_at = models.DateTimeField(editable=False)
    completed_on = models.DateField(null=True, blank=True, editable=False)
    migrated_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="goes_on_in", editable=False
    )
    # What was completed before and still holds, when only what changed in this version is followed.
    carries = models.ForeignKey(Completion, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = EnrolmentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("training followed")
        verbose_name_plural = _("trainings followed")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "track"],
                condition=Q(state=EnrolmentState.IN_PROGRESS),
                name="enrolment_one_open_a_track",
            ),
            models.CheckConstraint(condition=Q(state__in=EnrolmentState.values), name="enrolment_state_known"),
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.COMPLETED, completed_on__isnull=False)
                | ~Q(state=EnrolmentState.COMPLETED) & Q(completed_on__isnull=True),
                name="enrolment_completed_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(migrated_from__isnull=True) | ~Q(migrated_from=F("pk")), name="enrolment_not_of_itself"
            ),
        ]

    def __str__(self):
        return f"enrolment:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == EnrolmentState.IN_PROGRESS

    @property
    def is_completed(self) -> bool:
        return self.state == EnrolmentState.COMPLETED


class ModuleProgress(models.Model):
    """Where somebody stands in a module. Nothing here is a reflection: those stay on the device."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress")
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    # Answers to the checks of a lesson, by place of the block; or the path through a scenario.
    checks = models.JSONField(default=dict, blank=True)
    path = models.JSONField(default=list, blank=True)
    first_seen_at = models.DateTimeField(editable=False)
    last_seen_at = models.DateTimeField(editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_how = models.CharField(max_length=10, choices=DoneHow, blank=True, editable=False)
    # {"kind": …, "ref": …, "sha256": …}: the document that says so, where there is one; the ledger quotes it.
    proof = models.JSONField(default=dict, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("module followed")
        verbose_name_plural = _("modules followed")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "module"], name="progress_once_a_module"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_how="") | Q(done_at__isnull=False, done_how__in=DoneHow.values),
                name="progress_done_says_how",
            ),
        ]

    def __str__(self):
        return f"progress:{self.pk}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
