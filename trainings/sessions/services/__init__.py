"""Verbs of sessions: planned, booked, held, locked, amended."""

from .booking import book, give_up, invite
from .planning import cancel, change, confirm, create, open_bookings
from .presence import clear, mark, sign_in
from .sheets import add_scan, amend, lock

__all__ = [
    "add_scan",
    "amend",
    "book",
    "cancel",
    "change",
    "clear",
    "confirm",
    "create",
    "mark_rest_absent",
    "give_up",
    "invite",
    "lock",
    "mark",
    "open_bookings",
    "sign_in",
]
