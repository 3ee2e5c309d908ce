"""Verbs of notices: send a message, read it, choose how a category arrives."""

from .addresses import reopen_address, stop_address
from .preferences import set_any_hour, set_channel, set_muted, stop_mails, stop_summaries
from .reading import mark_all_read, mark_read
from .rewording import reword
from .sending import send

__all__ = [
    "mark_all_read",
    "mark_read",
    "reopen_address",
    "reword",
    "send",
    "set_any_hour",
    "set_channel",
    "set_muted",
    "stop_address",
    "stop_mails",
    "stop_summaries",
]
