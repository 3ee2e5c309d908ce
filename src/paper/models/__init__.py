"""Codes, printed sheets, batches and the sheets being typed."""

from .batch import Batch, TypedSheet
from .code import FollowCode, PrintRun

__all__ = ["Batch", "FollowCode", "PrintRun", "TypedSheet"]
