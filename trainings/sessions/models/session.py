"""A session: for which module, when, where, with whom, how many seats."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from trainings.models import Track

from ..enums import BOOKABLE, CHANGEABLE, RUNNING, SessionState
from ..querysets import SessionQuerySet

TITLE_MAX, PLACE_MAX, REASON_MAX, MOST_SEATS = 140, 300, 500, 500


class Session(models.Model):
    """One session of a module, whatever the version its attendees follow. Its state moves by ``services`` alone."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    track = models.ForeignKey(Track, models.PROTECT, related_name="sessions")
    # The module's key, the same from a version to the next; a quiz's, for those whose attempts are over.
    module_key = models.UUIDField(editable=False)
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    unit = models.ForeignKey("directory.Unit", models.PROTECT, related_name="+")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    place = models.CharField(_("place"), max_length=PLACE_MAX)
    capacity = models.PositiveSmallIntegerField(_("seats"))
    # Those of its first and last half-days.
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.DRAFT, editable=False)
    cancelled_because = models.CharField(max_length=REASON_MAX, blank=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = SessionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("session of a training")
        verbose_name_plural = _("sessions of trainings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="training_session_state_known"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_SEATS), name="training_session_has_seats"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="training_session_ends_after"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(place=""), name="training_session_says_where"),
            models.CheckConstraint(
                condition=Q(state=SessionState.CANCELLED) & ~Q(cancelled_because="")
                | ~Q(state=SessionState.CANCELLED) & Q(cancelled_because=""),
                name="training_session_cancelled_says_why",
            ),
        ]
        indexes = [models.Index(fields=["track", "module_key", "starts_at"], name="training_sessions_of_module")]

    def __str__(self):
        return self.title

    @property
    def day(self):
        """The day it begins, in the city."""
        return timezone.localdate(self.starts_at)

    @property
    def is_draft(self) -> bool:
        return self.state == SessionState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == SessionState.OPEN

    @property
    def is_confirmed(self) -> bool:
        return self.state == SessionState.CONFIRMED

    @property
    def is_held(self) -> bool:
        return self.state == SessionState.HELD

    @property
    def is_closed(self) -> bool:
        return self.state == SessionState.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def is_bookable(self) -> bool:
        return self.state in BOOKABLE

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_changeable(self) -> bool:
        return self.state in CHANGEABLE


class SessionSlot(models.Model):
    """A half-day of a session: what presence is counted by."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_required = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("half-day of a session")
        verbose_name_plural = _("half-days of sessions")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="training_slot_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="training_slot_numbered"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="training_slot_ends_after"),
        ]

    def __str__(self):
        return f"slot:{self.pk}"
