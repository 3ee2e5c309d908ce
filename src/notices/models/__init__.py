"""The tables of notices."""

from .channel import AnyHour, ChannelChoice, DigestIssue
from .inbox import InboxItem, ReadMarks
from .mail import MailMessage
from .mute import Mute
from .stopped import StoppedAddress

__all__ = [
    "AnyHour",
    "ChannelChoice",
    "DigestIssue",
    "InboxItem",
    "MailMessage",
    "Mute",
    "ReadMarks",
    "StoppedAddress",
]
