"""Closed lists of sessions, bookings and presence, and the moves of states: the database refuses the others."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SessionState(models.TextChoices):
    """Where a session stands. ``confirmed``: it takes place, convocations left; ``closed``: its sheet is locked."""

    DRAFT = "draft", pgettext_lazy("training session", "In preparation")
    OPEN = "open", pgettext_lazy("training session", "Open to bookings")
    CONFIRMED = "confirmed", pgettext_lazy("training session", "Confirmed")
    HELD = "held", pgettext_lazy("training session", "Held, sheet to lock")
    CLOSED = "closed", pgettext_lazy("training session", "Closed, sheet locked")
    CANCELLED = "cancelled", pgettext_lazy("training session", "Cancelled")


SESSION_MOVES = {
    SessionState.DRAFT: (SessionState.OPEN, SessionState.CANCELLED),
    SessionState.OPEN: (SessionState.CONFIRMED, SessionState.CANCELLED),
    SessionState.CONFIRMED: (SessionState.HELD, SessionState.CANCELLED),
    SessionState.HELD: (SessionState.CLOSED,),
    SessionState.CLOSED: (),
    SessionState.CANCELLED: (),
}
# Seats may be taken.
BOOKABLE = (SessionState.OPEN, SessionState.CONFIRMED)
# Presence may be written.
RUNNING = (SessionState.CONFIRMED, SessionState.HELD)
# What agents know of.
SHOWN = (SessionState.OPEN, SessionState.CONFIRMED, SessionState.HELD, SessionState.CLOSED, SessionState.CANCELLED)
# Day, place and seats may still change.
CHANGEABLE = (SessionState.DRAFT, SessionState.OPEN, SessionState.CONFIRMED)


class BookingState(models.TextChoices):
    """Where somebody's place stands. ``invited`` and ``confirmed`` hold a seat."""

    INVITED = "invited", pgettext_lazy("booking", "Invited")
    CONFIRMED = "confirmed", pgettext_lazy("booking", "Seat booked")
    WAITLISTED = "waitlisted", pgettext_lazy("booking", "On the waiting list")
    DECLINED = "declined", pgettext_lazy("booking", "Invitation declined")
    CANCELLED = "cancelled", pgettext_lazy("booking", "Booking cancelled")


_AGAIN = (BookingState.INVITED, BookingState.CONFIRMED, BookingState.WAITLISTED)
BOOKING_MOVES = {
    BookingState.INVITED: (BookingState.CONFIRMED, BookingState.DECLINED, BookingState.CANCELLED),
    BookingState.CONFIRMED: (BookingState.CANCELLED,),
    BookingState.WAITLISTED: (BookingState.CONFIRMED, BookingState.CANCELLED),
    BookingState.DECLINED: _AGAIN,
    BookingState.CANCELLED: _AGAIN,
}
SEATED = (BookingState.INVITED, BookingState.CONFIRMED)
ACTIVE = (*SEATED, BookingState.WAITLISTED)


class Presence(models.TextChoices):
    """What is written of somebody for one half-day. Excused is not present."""

    PRESENT = "present", pgettext_lazy("presence", "Present")
    LATE = "late", pgettext_lazy("presence", "Late")
    EXCUSED = "excused", pgettext_lazy("presence", "Excused")
    ABSENT = "absent", pgettext_lazy("presence", "Absent")


# A half-day attended, late included.
COUNTED = (Presence.PRESENT, Presence.LATE)


class MarkMethod(models.TextChoices):
    """How presence was written."""

    TRAINER = "trainer", pgettext_lazy("presence", "By the trainer")
    ROOM_QR = "room_qr", pgettext_lazy("presence", "Code of the room")
    KIOSK = "kiosk", pgettext_lazy("presence", "Code of the room, on a shared tablet")
    PAPER = "paper", pgettext_lazy("presence", "Signed sheet")


class Channel(models.TextChoices):
    """By what a convocation reaches somebody."""

    MAIL = "mail", pgettext_lazy("convocation", "E-mail")
    INBOX = "inbox", pgettext_lazy("convocation", "Messages on Terrain")
    PAPER = "paper", pgettext_lazy("convocation", "Printed")


class Method(models.TextChoices):
    """What a convocation says to a calendar (RFC 5546)."""

    REQUEST = "REQUEST", pgettext_lazy("convocation", "Come")
    CANCEL = "CANCEL", pgettext_lazy("convocation", "Don’t come")
