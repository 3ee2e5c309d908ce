"""Answers promised and decisions."""

from .decision import AnnouncementBatch, Decision
from .response import OwedPause, OwedReminder, ResponseOwed

__all__ = ["AnnouncementBatch", "Decision", "OwedPause", "OwedReminder", "ResponseOwed"]
