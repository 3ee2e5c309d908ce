"""Verbs of notices: send a message, read it, choose how a category arrives. Letters and calls: ``without_mail``."""

from .addresses import reopen_address, stop_address
from .holding import cancel_mass, send_mass
from .preferences import set_any_hour, set_channel, set_muted, stop_mails, stop_summaries
from .reading import mark_all_read, mark_read
from .rewording import reword
from .sending import send

__all__ = [
    "cancel_mass",
    "mark_all_read",
    "mark_read",
    "reopen_address",
    "reword",
    "send",
    "send_mass",
    "set_any_hour",
    "set_channel",
    "set_muted",
    "stop_address",
    "stop_mails",
    "stop_summaries",
]
