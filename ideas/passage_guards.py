"""What the database itself refuses about passages: an idea in another space without one, a passage rewritten."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import Idea, SpacePassage


def declare() -> None:
    """Declare the triggers, on both databases."""
    ideas, passages = Idea._meta.db_table, SpacePassage._meta.db_table
    said = (
        f'EXISTS (SELECT 1 FROM "{passages}" AS p '  # noqa: S608
        'WHERE p."idea_id" = NEW."id" AND p."kind" = \'moved\' '
        'AND p."from_space_id" = OLD."space_id" AND p."to_space_id" = NEW."space_id")'
    )
    refuse_reading(
        f"{ideas}_space_said",
        ideas,
        event="UPDATE",
        condition=f'OLD."space_id" <> NEW."space_id" AND NOT {said}',
        message=f"{ideas}: its space changes by a passage alone",
    )
    guards.frozen_columns(SpacePassage, ["idea", "kind", "source", "from_space", "to_space", "text", "made_on"])
