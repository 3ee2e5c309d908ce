"""What the database itself refuses of thanks: too long, or said otherwise than as the idea is."""

from src.foundations.guards import refuse_reading

from .models import Idea, IdeaComment

LENGTH = 300


def declare() -> None:
    """Declare the triggers: a word of thanks is short, official for nobody, and said under the idea's own identity."""
    comments, ideas = IdeaComment._meta.db_table, Idea._meta.db_table
    as_the_idea = (
        f'EXISTS (SELECT 1 FROM "{ideas}" AS i WHERE i."id" = NEW."idea_id" '  # noqa: S608
        'AND i."identity_mode" = NEW."identity_mode" AND i."decision_id" = NEW."thanked_id" '
        'AND (i."author_id" = NEW."author_id" OR NEW."author_id" IS NULL))'
    )
    for event, moment in (("INSERT", "TRUE"), ("UPDATE", 'OLD."thanked_id" IS DISTINCT FROM NEW."thanked_id"')):
        refuse_reading(
            f"{comments}_thanks_{event.lower()}",
            comments,
            event=event,
            condition=f'NEW."thanked_id" IS NOT NULL AND {moment} AND (length(NEW."body") > {LENGTH} '
            f"OR NEW.\"official_role\" <> '' OR NOT {as_the_idea})",
            message=f"{comments}: thanks come from the author, short, and said as the idea is",
        )
