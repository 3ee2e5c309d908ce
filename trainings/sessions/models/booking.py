"""A person's place at a session, and what was sent to them about it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import ACTIVE, SEATED, BookingState, Channel, Method
from ..querysets import BookingQuerySet
from .session import Session


class Booking(models.Model):
    """One row a person and session, taken up again by who comes back. A seat has a number: never one too many.

    ``uid`` is the event in their calendar; ``sequence`` grows with each convocation, change and withdrawal.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="training_bookings")
    state = models.CharField(max_length=10, choices=BookingState)
    seat = models.PositiveSmallIntegerField(null=True, editable=False)
    # Place in the waiting list: the smallest is told first.
    rank = models.PositiveIntegerField(null=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(null=True, editable=False)
    booked_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = BookingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("booking of a session")
        verbose_name_plural = _("bookings of sessions")
        ordering = ["session", "booked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "agent"], name="training_booking_once"),
            models.UniqueConstraint(fields=["session", "seat"], name="training_seat_once"),
            models.UniqueConstraint(fields=["session", "rank"], name="training_rank_once"),
            models.CheckConstraint(condition=Q(state__in=BookingState.values), name="training_booking_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=SEATED, seat__gte=1, rank__isnull=True)
                | Q(state=BookingState.WAITLISTED, seat__isnull=True, rank__isnull=False)
                | Q(state__in=[BookingState.DECLINED, BookingState.CANCELLED], seat__isnull=True, rank__isnull=True),
                name="training_booking_seat_or_rank",
            ),
        ]
        indexes = [models.Index(fields=["agent", "state"], name="training_bookings_of_agent")]

    def __str__(self):
        return f"booking:{self.pk}"

    @property
    def is_seated(self) -> bool:
        return self.state in SEATED

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_invited(self) -> bool:
        return self.state == BookingState.INVITED

    @property
    def is_waiting(self) -> bool:
        return self.state == BookingState.WAITLISTED


class Convocation(models.Model):
    """What one channel carried to somebody: come, the day changed, or don't come; the same event each time."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="convocations")
    channel = models.CharField(max_length=6, choices=Channel)
    method = models.CharField(max_length=8, choices=Method)
    ical_uid = models.CharField(max_length=200, editable=False)
    sequence = models.PositiveIntegerField(editable=False)
    made_at = models.DateTimeField(editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("convocation")
        verbose_name_plural = _("convocations")
        ordering = ["booking", "sequence", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "sequence", "channel"], name="training_convocation_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="training_convocation_channel_known"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="training_convocation_method_known"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(sent_at__isnull=False),
                name="training_convocation_seen_once_sent",
            ),
        ]

    def __str__(self):
        return f"convocation:{self.pk}"
