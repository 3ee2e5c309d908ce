"""Verbs of notices: send a message, read it, choose how a category arrives."""

from .preferences import set_any_hour, set_channel, set_muted, stop_mails, stop_summaries
from .reading import mark_all_read, mark_read
from .rewording import reword
from .sending import send

__all__ = [
    "mark_all_read",
    "mark_read",
    "reword",
    "send",
    "set_any_hour",
    "set_channel",
    "set_muted",
    "stop_mails",
    "stop_summaries",
]
