"""Verbs of tracks and banks."""

from .banks import revise_bank
from .publishing import publish_version

__all__ = ["publish_version", "revise_bank"]
