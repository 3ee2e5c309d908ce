"""Verbs of notices: send a message, read it, choose how a category arrives."""

from .addresses import reopen_address, stop_address
from .errands import draw_letters, note_call, post_letters, set_reach
from .preferences import set_any_hour, set_channel, set_muted, stop_mails, stop_summaries
from .reading import mark_all_read, mark_read
from .rewording import reword
from .sending import send

__all__ = [
    "draw_letters",
    "mark_all_read",
    "mark_read",
    "note_call",
    "post_letters",
    "reopen_address",
    "reword",
    "send",
    "set_any_hour",
    "set_channel",
    "set_muted",
    "set_reach",
    "stop_address",
    "stop_mails",
    "stop_summaries",
]
