"""Answers promised and decisions."""

from .decision import AnnouncementBatch, Decision
from .response import OwedPause, ResponseOwed

__all__ = ["AnnouncementBatch", "Decision", "OwedPause", "ResponseOwed"]
