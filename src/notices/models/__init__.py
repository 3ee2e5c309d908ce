"""The tables of notices."""

from .channel import ChannelChoice, DigestIssue
from .inbox import InboxItem, ReadMarks
from .mail import MailMessage
from .mute import Mute

__all__ = ["ChannelChoice", "DigestIssue", "InboxItem", "MailMessage", "Mute", "ReadMarks"]
