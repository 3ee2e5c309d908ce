"""Tables of coverage: the targets set, and what each month was."""

from .month import CoverageMonth
from .target import CoverageTarget

__all__ = ["CoverageMonth", "CoverageTarget"]
