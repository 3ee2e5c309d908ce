"""One meeting: when, where, where it stands; who said that they come; its minutes and their corrections."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.foundations import clock
from src.foundations.references import new_reference

from ..enums import COMING_STATES, MeetingState
from ..querysets import MeetingQuerySet


class Meeting(models.Model):
    """One meeting of a series. Only services change it.

    ``uid`` and ``sequence`` are those of calendars: the first never changes, the second grows with each change told.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    series = models.ForeignKey("meetings.MeetingSeries", models.PROTECT, related_name="meetings")
    space = models.ForeignKey("participation.Space", models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=MeetingState, default=MeetingState.PREPARED)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    remote_url = models.URLField(_("link to take part from afar"), max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)
    called_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=300, blank=True)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    # A count, never a list; told from eleven people up.
    present = models.PositiveSmallIntegerField(_("how many people were there"), null=True, blank=True)
    # What is being written, before it is published.
    draft_summary = models.TextField(blank=True, editable=False)
    draft_decisions = models.TextField(blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["series", "-starts_at"], name="meeting_of_series")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after"),
            models.CheckConstraint(
                condition=models.Q(state=MeetingState.CANCELLED, cancelled_at__isnull=False)
                & ~models.Q(cancel_reason="")
                | ~models.Q(state=MeetingState.CANCELLED) & models.Q(cancelled_at__isnull=True, cancel_reason=""),
                name="meeting_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=MeetingState.PREPARED, called_at__isnull=True)
                | models.Q(state=MeetingState.CANCELLED)
                | models.Q(
                    state__in=[MeetingState.CALLED, MeetingState.HELD, MeetingState.PUBLISHED],
                    called_at__isnull=False,
                ),
                name="meeting_called_before",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[MeetingState.HELD, MeetingState.PUBLISHED], held_at__isnull=False)
                | ~models.Q(state__in=[MeetingState.HELD, MeetingState.PUBLISHED]) & models.Q(held_at__isnull=True),
                name="meeting_held_is_dated",
            ),
            # The next meeting is one: topics and actions know where they go.
            models.UniqueConstraint(
                fields=["series"], condition=models.Q(state__in=COMING_STATES), name="meeting_one_coming"
            ),
        ]

    def __str__(self):
        return f"{self.series}: {self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return f"/reunions/{self.series.reference}/{self.reference}/"

    @property
    def is_prepared(self) -> bool:
        return self.state == MeetingState.PREPARED

    @property
    def is_called(self) -> bool:
        return self.state == MeetingState.CALLED

    @property
    def is_held(self) -> bool:
        return self.state == MeetingState.HELD

    @property
    def is_published(self) -> bool:
        return self.state == MeetingState.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come."""
        return self.starts_at <= clock.now()

    @property
    def takes_topics(self) -> bool:
        """Whether its agenda can still be ordered."""
        return self.state in (MeetingState.PREPARED, MeetingState.CALLED)


class Attendance(models.Model):
    """Somebody said that they come. Optional; read by nobody by name; told as a total, from eleven people up."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("coming to a meeting")
        verbose_name_plural = _("coming to meetings")
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="meeting_attendance_once")]


class MinutesRevision(models.Model):
    """Minutes as they were published; a correction is one more row that says why: append-only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    summary = models.TextField(_("what was said"))
    decisions = models.TextField(_("what was decided"), blank=True)
    correction = models.CharField(_("what is corrected"), max_length=300, blank=True)
    published_at = models.DateTimeField()
    signed_as = models.CharField(max_length=160)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=1, correction="") | models.Q(number__gt=1) & ~models.Q(correction=""),
                name="minutes_correction_says_why",
            ),
            models.CheckConstraint(condition=~models.Q(summary=""), name="minutes_say_something"),
        ]

    @property
    def decided(self) -> list[str]:
        """One decision a line."""
        return [line for line in self.decisions.split("\n") if line]


class CalendarKey(models.Model):
    """A secret address by which a calendar application reads one person's meetings; its hash alone is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of a calendar")
        verbose_name_plural = _("keys of calendars")
