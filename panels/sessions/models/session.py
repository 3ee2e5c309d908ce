"""A session: when and where the panel meets, what is on its agenda."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import ItemKind, SessionState
from ..querysets import SessionQuerySet

TITLE_MAX, PLACE_MAX = 140, 300


class Session(models.Model):
    """A day of work of a panel, of one or two half-days. Its state moves by ``services`` alone."""

    panel = models.ForeignKey("panels.Panel", models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=PLACE_MAX, blank=True)
    remote_url = models.URLField(_("link to follow from afar"), max_length=300, blank=True)
    half_days = models.PositiveSmallIntegerField(_("half-days"), default=2)
    state = models.CharField(max_length=12, choices=SessionState, default=SessionState.PREPARED, editable=False)
    cancelled_because = models.TextField(blank=True, editable=False)
    # What calendars know it by, and how many times it changed since.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = SessionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("session of a panel")
        verbose_name_plural = _("sessions of panels")
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="panel_session_number_once"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="panel_session_state_known"),
            models.CheckConstraint(condition=Q(half_days__in=[1, 2]), name="panel_session_half_days"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="panel_session_ends_after"),
            models.CheckConstraint(condition=~Q(title=""), name="panel_session_has_title"),
            models.CheckConstraint(
                condition=Q(state=SessionState.CANCELLED) & ~Q(cancelled_because="")
                | ~Q(state=SessionState.CANCELLED) & Q(cancelled_because=""),
                name="panel_session_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SessionState.ANNOUNCED, SessionState.HELD]) | Q(announced_at__isnull=False),
                name="panel_session_told_when",
            ),
        ]

    def __str__(self):
        return _("Session %(n)d: %(title)s") % {"n": self.number, "title": self.title}

    @property
    def day(self):
        """Its day in the city."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_prepared(self) -> bool:
        return self.state == SessionState.PREPARED

    @property
    def is_announced(self) -> bool:
        return self.state == SessionState.ANNOUNCED

    @property
    def is_held(self) -> bool:
        return self.state == SessionState.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def half_numbers(self) -> range:
        """1, or 1 and 2."""
        return range(1, self.half_days + 1)


class AgendaItem(models.Model):
    """One moment of a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    at = models.TimeField(_("hour"))
    kind = models.CharField(_("what it is"), max_length=10, choices=ItemKind, default=ItemKind.TOGETHER)
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    words = models.TextField(_("in a few words"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("moment of a session")
        verbose_name_plural = _("moments of sessions")
        ordering = ["at", "position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="panel_agenda_one_a_place"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="panel_agenda_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="panel_agenda_has_title"),
        ]

    def __str__(self):
        return self.title
