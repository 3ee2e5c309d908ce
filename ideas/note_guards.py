"""What the database itself refuses about internal notes: one by the idea's author, and a past that changes."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .models import Idea, IdeaNote, IdeaNoteVersion


def declare() -> None:
    """Declare the triggers: a signed idea's author writes no note on it; who wrote, on what and when never changes."""
    notes, ideas = IdeaNote._meta.db_table, Idea._meta.db_table
    by_its_author = (
        f'EXISTS (SELECT 1 FROM "{ideas}" AS i '  # noqa: S608
        'WHERE i."id" = NEW."idea_id" AND i."author_id" = NEW."writer_id")'
    )
    refuse_reading(
        f"{notes}_not_by_the_author",
        notes,
        event="INSERT",
        condition=by_its_author,
        message=f"{notes}: the author of the idea writes no internal note on it",
    )
    guards.frozen_columns(IdeaNote, ["reference", "idea", "written_at"])
    # An account may be erased; nobody else becomes the writer.
    guards.frozen_columns(IdeaNote, ["writer"], when='NEW."writer_id" IS NOT NULL')
    guards.frozen_columns(IdeaNoteVersion, ["note", "text", "replaced_at"])
