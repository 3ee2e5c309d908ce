"""What the database itself refuses about coverage."""

from src.foundations import guards

from .models import CoverageMonth


def declare_guards() -> None:
    """A month that was told stays what it was."""
    guards.append_only(CoverageMonth)
