"""Verbs of notices: send a message, read it, silence a category."""

from .preferences import set_muted
from .reading import mark_all_read, mark_read
from .sending import send

__all__ = ["mark_all_read", "mark_read", "send", "set_muted"]
