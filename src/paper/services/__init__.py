"""Verbs of the paper desk: print, open a batch, type, look a second time, destroy; and what a code lets one do."""

from .batches import close_typing, open_batch, retype_matches, send_sheet, set_aside, type_sheet
from .destroying import mark_destroyed
from .printing import print_sheets

__all__ = [
    "close_typing",
    "mark_destroyed",
    "open_batch",
    "print_sheets",
    "retype_matches",
    "send_sheet",
    "set_aside",
    "type_sheet",
]
