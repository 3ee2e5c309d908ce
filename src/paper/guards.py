"""What the database itself refuses about codes."""

from src.foundations import guards

from .models import FollowCode


def declare_guards() -> None:
    """A code leads to one contribution for ever: it may be attached once, and never moved to another."""
    guards.frozen_columns(FollowCode, ["code_hash"])
    guards.frozen_columns(FollowCode, ["handle", "subject_kind"], when='OLD."handle" IS NOT NULL')
