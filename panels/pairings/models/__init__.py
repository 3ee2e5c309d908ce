"""Models of the room."""

from .pairing import Pairing

__all__ = ["Pairing"]
