"""The tables of notices."""

from .channel import AnyHour, ChannelChoice, DigestIssue
from .errand import Errand, LetterBatch, Reach
from .inbox import InboxItem, ReadMarks
from .mail import MailMessage
from .mass import MassSending
from .mute import Mute
from .stopped import StoppedAddress

__all__ = [
    "AnyHour",
    "ChannelChoice",
    "DigestIssue",
    "Errand",
    "InboxItem",
    "LetterBatch",
    "MailMessage",
    "MassSending",
    "Mute",
    "Reach",
    "ReadMarks",
    "StoppedAddress",
]
