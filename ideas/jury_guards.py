"""What the database itself refuses about a jury: a scorecard by somebody in conflict of interest."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import Assessment, AssessorSeat, ConflictOfInterest


def declare() -> None:
    """Declare the triggers: no scorecard beside a conflict, whichever comes first; a conflict stays as it was said."""
    cards, seats = Assessment._meta.db_table, AssessorSeat._meta.db_table
    conflicts = ConflictOfInterest._meta.db_table
    in_conflict = (
        f'EXISTS (SELECT 1 FROM "{seats}" AS s JOIN "{conflicts}" AS c '  # noqa: S608
        'ON c."idea_id" = s."idea_id" AND c."user_id" = s."user_id" WHERE s."id" = NEW."seat_id")'
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{cards}_no_conflict_{event.lower()}",
            cards,
            event=event,
            condition=in_conflict,
            message=f"{cards}: a conflict of interest keeps this person from scoring",
        )
    scored = (
        f'EXISTS (SELECT 1 FROM "{cards}" AS a JOIN "{seats}" AS s ON s."id" = a."seat_id" '  # noqa: S608
        'WHERE s."idea_id" = NEW."idea_id" AND s."user_id" = NEW."user_id")'
    )
    refuse_reading(
        f"{conflicts}_before_scoring",
        conflicts,
        event="INSERT",
        condition=scored,
        message=f"{conflicts}: this person already scored",
    )
    guards.frozen_columns(ConflictOfInterest, ["idea", "user", "ground", "said_at"])
