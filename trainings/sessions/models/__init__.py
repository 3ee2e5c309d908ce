"""Sessions, their half-days, bookings, convocations, presence, locked sheets and what amends them."""

from .attendance import AttendanceMark, AttendanceSheet, SheetAmendment
from .booking import Booking, Convocation
from .session import Session, SessionSlot

__all__ = [
    "AttendanceMark",
    "AttendanceSheet",
    "Booking",
    "Convocation",
    "Session",
    "SessionSlot",
    "SheetAmendment",
]
