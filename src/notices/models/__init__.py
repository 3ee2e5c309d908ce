"""The tables of notices."""

from .inbox import InboxItem, ReadMarks
from .mail import MailMessage
from .mute import Mute

__all__ = ["InboxItem", "MailMessage", "Mute", "ReadMarks"]
