"""What the database itself refuses about sheets."""

from src.foundations import guards

from .models import Sheet


def declare_guards() -> None:
    """What was drawn stays as it hangs."""
    guards.frozen_columns(Sheet, ["reference", "unit", "week", "scope"])
    guards.frozen_columns(Sheet, ["content"])
