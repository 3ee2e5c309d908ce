"""Chainable reads of sessions and bookings; ``visible_to`` is the gate."""

from django.db.models import Count, Q, QuerySet

from src.directory.viewer import as_viewer
from src.foundations import clock

from .enums import ACTIVE, BOOKABLE, SEATED, SHOWN, BookingState


class SessionQuerySet(QuerySet):
    """Sessions of trainings."""

    def visible_to(self, user):
        """What agents know of: everything but what is in preparation."""
        return self.filter(state__in=SHOWN) if as_viewer(user).is_agent else self.none()

    def organised_by(self, user):
        """Those of the branches where somebody organises."""
        from . import rules  # rules import models, which import this module

        viewer = as_viewer(user)
        found = Q(pk__in=[])
        for role in rules.ORGANISERS:
            found |= viewer.role_condition(role, "unit__path")
        return self.filter(found) if viewer.is_agent else self.none()

    def led_by(self, user):
        """Those whose trainer somebody is."""
        return self.filter(trainer_id=as_viewer(user).user_id, state__in=SHOWN)

    def to_book(self):
        """Open, and not begun."""
        return self.filter(state__in=BOOKABLE, starts_at__gt=clock.now())

    def with_counts(self):
        """With ``seated`` and ``waiting``."""
        return self.annotate(
            seated=Count("bookings", filter=Q(bookings__state__in=SEATED)),
            waiting=Count("bookings", filter=Q(bookings__state=BookingState.WAITLISTED)),
        )


class BookingQuerySet(QuerySet):
    """Places at sessions."""

    def visible_to(self, user):
        """One's own."""
        return self.filter(agent_id=as_viewer(user).user_id) if as_viewer(user).is_agent else self.none()

    def seated(self):
        """Those who hold a seat."""
        return self.filter(state__in=SEATED)

    def active(self):
        """Those who hold a seat or wait for one."""
        return self.filter(state__in=ACTIVE)

    def waiting(self):
        """The waiting list, in order."""
        return self.filter(state=BookingState.WAITLISTED).order_by("rank")
