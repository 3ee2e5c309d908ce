"""What the database itself refuses about files: a document under an idea that isn't signed."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import Idea, IdeaFile


def declare() -> None:
    """Declare the triggers: documents often hold their writer's name, so that no sealed idea has one."""
    files, ideas = IdeaFile._meta.db_table, Idea._meta.db_table
    sealed = (
        f'EXISTS (SELECT 1 FROM "{ideas}" AS i '  # noqa: S608
        'WHERE i."id" = NEW."idea_id" AND i."identity_mode" <> \'named\')'
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{files}_document_signed_{event.lower()}",
            files,
            event=event,
            condition=f"NEW.\"kind\" = 'document' AND {sealed}",
            message=f"{files}: an idea that is not signed has no document",
        )
    guards.frozen_columns(IdeaFile, ["idea"])
