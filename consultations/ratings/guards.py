"""What the database itself refuses of ratings."""

from src.foundations import guards

from .models import ProblemReport, Rating, RatingPeriod, VisitLink


def declare_guards() -> None:
    """What a visitor said stays as said; what was told stays as told; a link used once is used."""
    guards.frozen_columns(Rating, ["point", "grade", "day", "channel"])
    # What counted and the line are said once, after the face; then they stay.
    table = Rating._meta.db_table
    guards.refuse(
        f"{table}_said_once",
        table,
        event="UPDATE",
        when="(OLD.reasons <> 0 AND OLD.reasons IS DISTINCT FROM NEW.reasons) "
        "OR (OLD.words <> '' AND NEW.words <> '' AND OLD.words IS DISTINCT FROM NEW.words)",
        message=f"{table}: what was said can no longer change",
    )
    guards.append_only(RatingPeriod)
    guards.frozen_columns(ProblemReport, ["text", "point", "week"])
    guards.frozen_columns(ProblemReport, ["answer", "answered_on"], when="OLD.answered_on IS NOT NULL")
    guards.frozen_columns(VisitLink, ["is_used"], when="OLD.is_used")
